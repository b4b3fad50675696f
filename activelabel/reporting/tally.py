"""What was answered and how long it took, from the events alone: no data, no model, no numeric library."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from activelabel.records.kinds import EventKind

if TYPE_CHECKING:
    from activelabel.project.ledger import Ledger

__all__ = ["AnswerCounts", "TimeSpent", "answer_counts", "time_spent"]


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How many answers there are, in units.

    Attributes
    ----------
    labels
        Labels in force that people gave here.
    by_class
        Class name -> how many of those, in order of creation.
    imported
        Labels in force that came with the data.
    skipped, not_sure, bad
        Answers in force that are no label.
    notes
        Notes written.
    undone
        Answers that were taken back.
    annotators
        Who answered, by name.
    repeats, repeats_same
        Labels asked for again, unmarked, that got a label again, and how many of them got the same one.
    """

    labels: int
    by_class: dict[str, int]
    imported: int
    skipped: int
    not_sure: int
    bad: int
    notes: int
    undone: int
    annotators: tuple[str, ...]
    repeats: int = 0
    repeats_same: int = 0

    @property
    def in_force(self) -> int:
        """All answers of people that count now."""
        return self.labels + self.skipped + self.not_sure + self.bad


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """Time on the cards that were answered, from the card on screen to the key, answers taken back included.

    Attributes
    ----------
    seconds
        In all; a pause with a card on screen is in it.
    median
        Seconds a card; None before the first.
    cards_an_hour
        Cards answered in an hour of `seconds`; None before the first.
    """

    seconds: float
    median: float | None
    cards_an_hour: float | None


def answer_counts(ledger: Ledger) -> AnswerCounts:
    """Return the counts of what is in force."""
    kinds = Counter(event.kind for event in ledger.answers.values())
    same, different = ledger.consistency()
    return AnswerCounts(
        labels=kinds[EventKind.LABEL],
        by_class={known.name: ledger.counts[known.id] for known in ledger.classes.values()},
        imported=len(ledger.prior()),
        skipped=kinds[EventKind.SKIP],
        not_sure=kinds[EventKind.NOT_SURE],
        bad=kinds[EventKind.BAD_ITEM],
        notes=sum(map(len, ledger.notes.values())),
        undone=sum(ledger.withdrawn(event.uuid) for event in ledger.said),
        annotators=tuple(sorted({event.annotator for event in ledger.said})),
        repeats=same + different,
        repeats_same=same,
    )


def time_spent(ledger: Ledger) -> TimeSpent:
    """Return how long the answers took."""
    each = [float(event.data.get("seconds", 0.0)) for event in ledger.said]
    total = sum(each)
    return TimeSpent(
        seconds=round(total, 2),
        median=median(each) if each else None,
        cards_an_hour=3600 * len(each) / total if total else None,
    )
