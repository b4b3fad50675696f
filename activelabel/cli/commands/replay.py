"""`replay`: a project gone through again from its events, and whether its questions follow from its answers."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from activelabel.cli.console import open_streams
from activelabel.cli.progress_bar import counting
from activelabel.project.layout import find_project
from activelabel.project.ledger import Ledger
from activelabel.project.recorded import plan_of
from activelabel.project.settings import settings_of
from activelabel.project.store import Store
from activelabel.project.wording import counted
from activelabel.session.replay import Replayed, replay
from activelabel.session.workshop import open_workshop

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["run"]

NAMED = 5  # cards that did not follow, named one by one


def run(project: Path | None, *, as_json: bool) -> int:
    """Print what came of it; return 0 if the plan in force was reached again, 1 if not.

    Raises
    ------
    WrongUse, ProjectError, BadData
        If there is no such project, or its data cannot be read.
    """
    streams = open_streams()
    layout = find_project(project)
    with Store(layout.labels, readonly=True) as store:
        events = store.events()
    settings = settings_of(layout, Ledger(events).settings)
    with counting(streams.talk, "plans made again") as on_plan:
        found = replay(open_workshop(layout, settings), events, plan_of(layout), on_plan)
    if as_json:
        streams.emit(json.dumps(asdict(found), indent=2))
    else:
        for line in _lines(found):
            streams.emit(line)
    return 1 if found.same_plan is False else 0


def _lines(found: Replayed) -> list[str]:
    lines = [
        f"{counted(found.plans, 'plan')} made again, {found.followed:,} of {counted(found.cards, 'card')} followed"
    ]
    if found.others:
        lines.append(f"{counted(found.others, 'answer')} to cards that need no plan")
    if found.differing:
        more = f" and {len(found.differing) - NAMED:,} more" if len(found.differing) > NAMED else ""
        lines.append(
            f"asked otherwise, as after an undo or a resumed session: {', '.join(found.differing[:NAMED])}{more}"
        )
    if found.same_plan is None:
        return [*lines, "there is no plan in force to compare with"]
    return [*lines, "the plan in force was reached again" if found.same_plan else "the plan in force is another one"]
