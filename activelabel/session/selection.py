"""Which past answers to look at again: those that are doubtful, or those that filters name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from activelabel.errors import WrongUse
from activelabel.project.folding import folded_text
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.again import Again, suspects
from activelabel.session.classes.names import class_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan
    from activelabel.records.contents import ItemRecord
    from activelabel.records.events import Event, LabelClass

__all__ = ["Filters", "select", "since_time"]

SPAN = re.compile(r"(\d+)([dh])")
HOURS = {"d": 24, "h": 1}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which answers are wanted: those to which all that is set here applies.

    class_name, by, since and search are "" where they do not matter. since is a time as UTC, ISO 8601 (`since_time`);
    search is looked for in what was shown, case and accents aside.
    """

    suspects: bool = False
    disputed: bool = False
    flagged: bool = False
    noted: bool = False
    not_sure: bool = False
    bad: bool = False
    skipped: bool = False
    class_name: str = ""
    by: str = ""
    since: str = ""
    search: str = ""

    def words(self) -> str:
        """Return the filters in words; "" where there are none.

        Examples
        --------
        >>> Filters(not_sure=True, by="ann", search="free").words()
        'not sure, by ann, showing free'
        """
        named = {"class_name": "of class", "by": "by", "since": "since", "search": "showing"}
        plain = ("suspects", "disputed", "flagged", "noted", "not_sure", "bad", "skipped")
        set_here = [name.replace("_", " ") for name in plain if getattr(self, name)]
        return ", ".join(
            [*set_here, *(f"{word} {getattr(self, name)}" for name, word in named.items() if getattr(self, name))]
        )


def select(
    ledger: Ledger, plan: Plan | None, filters: Filters, item_of: Callable[[str], ItemRecord | None]
) -> list[Again]:
    """Return the answers to look at again, in the order to do so.

    Without filters they are the labels that the model disbelieves, the worst first, and after them the answers of
    several people that differ. Else they are what the filters leave, the newest first, or the worst first among
    suspects. An item that was flagged and never answered is among the flagged ones.

    Parameters
    ----------
    ledger
        What was said.
    plan
        The plan in force, which knows the suspects.
    filters
        What is wanted.
    item_of
        What an item with this id showed; None if that is lost.

    Raises
    ------
    WrongUse
        If there is no class of the name that is wanted.
    """
    known = class_named(filters.class_name, ledger) if filters.class_name else None
    doubtful = {again.answer.data["unit"]: again for again in suspects(ledger, plan)} if plan else {}
    if filters == Filters():
        disputed = list(ledger.disputed())
        units = [*(unit for unit in doubtful if unit not in ledger.disputed()), *disputed]
        return [_again(unit, _latest(unit, ledger), doubtful, ledger) for unit in units]
    found = {unit: _again(unit, answer, doubtful, ledger) for unit, answer in _answers(ledger)}
    kept = {unit: again for unit, again in found.items() if _fits(unit, again, filters, known, ledger)}
    if filters.suspects:
        listed = [kept[unit] for unit in doubtful if unit in kept]
    else:
        listed = sorted(kept.values(), key=lambda again: again.answer.order, reverse=True)
    wanted = folded_text(filters.search)
    return [again for again in listed if not wanted or _shows(item_of(again.answer.item), wanted)]


def since_time(text: str, now: str) -> str:
    """Return the time that `2d`, `3h` or a date stands for, as UTC, ISO 8601; a date begins at midnight here.

    Raises
    ------
    WrongUse
        If it is none of these.

    Examples
    --------
    >>> since_time("2d", "2026-01-03T06:00:00+00:00")
    '2026-01-01T06:00:00+00:00'
    """
    if span := SPAN.fullmatch(text.strip()):
        hours = int(span[1]) * HOURS[span[2]]
        try:
            return (datetime.fromisoformat(now) - timedelta(hours=hours)).isoformat()
        except OverflowError:
            return datetime.min.replace(tzinfo=UTC).isoformat()
    try:
        return datetime.fromisoformat(text.strip()).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        raise WrongUse(f"--since is {text!r}", "write 2d, 3h or a date such as 2026-11-01") from None


def _answers(ledger: Ledger) -> Iterator[tuple[str, Event]]:
    """Yield every unit that was answered with its answer, and every flagged one that was not with its flag."""
    yield from ledger.answers.items()
    yield from ledger.doubted.items()
    answered = ledger.answers.keys() | ledger.doubted.keys()
    yield from ((unit, event) for unit, event in ledger.flagged.items() if unit not in answered)


def _latest(unit: str, ledger: Ledger) -> Event:
    return ledger.answers.get(unit) or ledger.doubted[unit]


def _again(unit: str, answer: Event, doubtful: dict[str, Again], ledger: Ledger) -> Again:
    if differ := ledger.disputed().get(unit):
        return Again(differ[0], CardKind.ADJUDICATION, None, tuple(differ[1:]))
    return doubtful.get(unit) or Again(answer, CardKind.SECOND_LOOK)


def _fits(unit: str, again: Again, filters: Filters, known: LabelClass | None, ledger: Ledger) -> bool:
    """Say whether all filters but the search and the suspects, which order them, apply; known is the class."""
    answers = [again.answer, *again.beside]
    kinds = {answer.kind for answer in answers}
    return all(
        (
            not filters.disputed or unit in ledger.disputed(),
            not filters.flagged or unit in ledger.flagged,
            not filters.noted or any(answer.item in ledger.notes for answer in answers),
            not filters.not_sure or EventKind.NOT_SURE in kinds,
            not filters.bad or EventKind.BAD_ITEM in kinds,
            not filters.skipped or EventKind.SKIP in kinds,
            known is None or any(ledger.class_of(answer) == known.id for answer in answers),
            not filters.by or any(answer.annotator == filters.by for answer in answers),
            not filters.since or any(_is_since(answer, filters.since) for answer in answers),
        )
    )


def _is_since(answer: Event, since: str) -> bool:
    return datetime.fromisoformat(answer.time) >= datetime.fromisoformat(since)


def _shows(item: ItemRecord | None, wanted: str) -> bool:
    if item is None:
        return False
    shown = (item.id, item.user_id, item.content.path, *(value for _, value in item.content.fields))
    return any(wanted in folded_text(text) for text in shown)
