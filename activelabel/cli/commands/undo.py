"""`undo`: the last answers of an annotator taken back, from outside a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.cli.commands.label import who_answers
from activelabel.cli.console import open_streams
from activelabel.cli.render.safe import safe
from activelabel.project.config import read_config
from activelabel.project.layout import find_project
from activelabel.project.ledger import Ledger
from activelabel.project.locks import hold
from activelabel.project.store import Store
from activelabel.session.clock import utc_now
from activelabel.session.undo import take_back, words_of

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["undo"]


def undo(count: int, project: Path | None, *, annotator: str) -> None:
    """Take the last `count` answers back and print one line for each, the last one first.

    Raises
    ------
    WrongUse
        If there is no such project, or no answer of this annotator in force.
    ProjectLocked
        If a session of this annotator is open: there, Backspace does it.
    """
    streams = open_streams()
    layout = find_project(project)
    who = who_answers(annotator, read_config(layout.config).annotator)
    with hold(layout.annotator_lock(who), f"a session of {who}", utc_now()), Store(layout.labels) as store:
        ledger = Ledger(store.events())
        taken = take_back(store, who, count, utc_now())
    for events in taken:
        item = "classes" if events[0].kind.is_about_class else events[0].item
        streams.emit(safe(f"undone {item} = {words_of(events, ledger)}"))
    if len(taken) < count:
        streams.say(f"{who} had no more than {len(taken)} to take back")
