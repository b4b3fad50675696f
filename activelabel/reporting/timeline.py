"""When the answers came, and how fast: from the events alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING

from activelabel.records.kinds import EventKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.project.ledger import Ledger
    from activelabel.records.events import Event

__all__ = ["AnswerKinds", "Sitting", "Stretch", "Timeline", "timeline"]

PAUSE = timedelta(minutes=30)
"""Without an answer: whoever comes back after that begins a new sitting."""

MOST = 60
"""Stretches at most, so that each can still be seen."""

MINUTE, HOUR, DAY = 60, 3_600, 86_400
STEPS = (10, 30, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY, 28 * DAY, 364 * DAY)
"""Lengths of a stretch in seconds, of which the shortest that fits is taken."""


@dataclass(frozen=True, slots=True)
class AnswerKinds:
    """How many answers of each kind there were; those that were taken back later are among them."""

    labels: int
    skipped: int
    not_sure: int
    bad: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The answers of one stretch of time, which begins at `start` (UTC, ISO 8601)."""

    start: str
    given: AnswerKinds


@dataclass(frozen=True, slots=True)
class Sitting:
    """Answers of one person without half an hour's pause: from when to when (UTC), what, median seconds a card."""

    annotator: str
    start: str
    end: str
    given: AnswerKinds
    median: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The way here.

    Attributes
    ----------
    step
        Seconds of each stretch.
    stretches
        From the first answer to the last, empty ones too.
    sittings
        In order of their beginning.
    """

    step: int
    stretches: tuple[Stretch, ...]
    sittings: tuple[Sitting, ...]


def timeline(ledger: Ledger) -> Timeline | None:
    """Return when the answers came; None before the first."""
    timed = sorted(((datetime.fromisoformat(event.time), event) for event in ledger.said), key=_when)
    if not timed:
        return None
    first, last = timed[0][0], timed[-1][0]
    span = (last - first).total_seconds()
    step = next((step for step in STEPS if span < MOST * step), STEPS[-1])
    inside: list[list[Event]] = [[] for _ in range(int(span // step) + 1)]
    for time, event in timed:
        inside[int((time - first).total_seconds() // step)].append(event)
    return Timeline(
        step=step,
        stretches=tuple(
            Stretch(_text(first + timedelta(seconds=number * step)), _kinds(events))
            for number, events in enumerate(inside)
        ),
        sittings=tuple(_sittings(timed)),
    )


def _sittings(timed: Sequence[tuple[datetime, Event]]) -> list[Sitting]:
    by_annotator: dict[str, list[list[tuple[datetime, Event]]]] = {}
    for time, event in timed:
        theirs = by_annotator.setdefault(event.annotator, [])
        if not theirs or time - theirs[-1][-1][0] > PAUSE:
            theirs.append([])
        theirs[-1].append((time, event))
    found = [
        Sitting(
            annotator=annotator,
            start=_text(sitting[0][0]),
            end=_text(sitting[-1][0]),
            given=_kinds([event for _, event in sitting]),
            median=median(float(event.data.get("seconds", 0.0)) for _, event in sitting),
        )
        for annotator, theirs in by_annotator.items()
        for sitting in theirs
    ]
    return sorted(found, key=lambda sitting: sitting.start)


def _kinds(events: Sequence[Event]) -> AnswerKinds:
    def count(kind: EventKind) -> int:
        return sum(event.kind is kind for event in events)

    return AnswerKinds(*map(count, (EventKind.LABEL, EventKind.SKIP, EventKind.NOT_SURE, EventKind.BAD_ITEM)))


def _when(timed: tuple[datetime, Event]) -> tuple[datetime, tuple[int, str]]:
    return timed[0], timed[1].order


def _text(time: datetime) -> str:
    return time.isoformat(timespec="seconds")
