"""`review`: past answers walked through with the faces and keys of `label`, or listed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from activelabel.cli.commands.label import Session, Waking, hold_session, replying, who_answers
from activelabel.cli.console import open_streams
from activelabel.cli.render.safe import safe
from activelabel.project.config import read_config
from activelabel.project.layout import find_project
from activelabel.project.ledger import Ledger
from activelabel.project.recorded import plan_of
from activelabel.project.store import Store
from activelabel.records.kinds import CardKind
from activelabel.session.cards import given_answer
from activelabel.session.clock import utc_now
from activelabel.session.loop import run as run_session
from activelabel.session.review import Review
from activelabel.session.selection import Filters, select, since_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from activelabel.cli.commands.label import How
    from activelabel.project.layout import Layout
    from activelabel.session.again import Again
    from activelabel.session.annotator import Annotator

__all__ = ["run"]


class Walk(Session):
    """A session that walks through past answers instead of asking for new ones."""

    def __init__(self, layout: Layout, annotator: str, filters: Filters) -> None:
        super().__init__(layout, annotator)
        self._filters = filters

    def take(self, annotator: Annotator, limit: int | None) -> int:
        """Show one answer after the other; return how many cards were answered."""
        asker = self.asker
        found = select(asker.ledger, asker.plan, self._filters, asker.item)
        asker.message = ""  # how far the project is matters where new cards are asked
        questions = Waking(Review(asker, found), self._background)
        return run_session(questions, annotator, self._aims.watch, limit)


def run(project: Path | None, filters: Filters, *, annotator: str, how: How, form: str) -> None:
    """Walk through past answers; with `form` "lines" or "json" print them instead.

    Raises
    ------
    WrongUse
        If there is no such project, class or time, or no terminal for keys and cards.
    """
    streams = open_streams()
    layout = find_project(project)
    config = read_config(layout.config)
    if filters.since:
        filters = replace(filters, since=since_time(filters.since, utc_now()))
    with Store(layout.labels, readonly=True) as store:
        ledger = Ledger(store.events())
        found = select(ledger, plan_of(layout), filters, store.item)
    if form:
        for fact in _facts(found, ledger):
            streams.emit(json.dumps(fact, ensure_ascii=False) if form == "json" else _line(fact))
        return
    if not found:
        streams.say(f"nothing to review: {filters.words() or 'no suspects, and no answers that differ'}")
        return
    session = Walk(layout, who_answers(annotator, config.annotator), filters)
    with replying(how, layout, config, streams) as make:
        hold_session(session, make, streams, None)


def _facts(found: list[Again], ledger: Ledger) -> Iterator[dict[str, Any]]:
    """Yield what is known of each answer, one of each person where they differ."""
    for again in found:
        believed = again.planned.suggestion if again.planned else None
        for answer in (again.answer, *again.beside):
            given = given_answer(answer, ledger) if answer.kind.is_answer else None
            yield {
                "item": answer.item,
                "class": given.said if given and given.class_id else None,
                "said": given.said if given else "(not answered)",
                "annotator": answer.annotator,
                "time": answer.time,
                "notes": list(given.notes) if given else [],
                "flagged": answer.data["unit"] in ledger.flagged,
                "disputed": again.kind is CardKind.ADJUDICATION,
                "model_says": ledger.class_name(believed.class_id) if believed else None,
            }


def _line(fact: dict[str, Any]) -> str:
    cells = (fact["item"], fact["said"], fact["annotator"], fact["time"], "; ".join(fact["notes"]))
    return "\t".join(map(safe, cells)).rstrip("\t")
