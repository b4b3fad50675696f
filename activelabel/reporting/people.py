"""Who answered, and how far people agree: with themselves when asked again, and with each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from activelabel.learning.accuracy import wilson
from activelabel.learning.agreement import ceiling
from activelabel.records.progress import Estimate

if TYPE_CHECKING:
    from activelabel.project.ledger import Ledger

__all__ = ["People", "less", "people"]


@dataclass(frozen=True, slots=True)
class People:
    """Who answered, and how they agree.

    Attributes
    ----------
    answers
        Annotator -> answers given that were not taken back, in the order of their first ones.
    themselves
        Share of labels that were given again the same when asked for again, unmarked; None before there was one.
    wrong
        Share of labels taken to be wrong, by that; None likewise.
    each_other
        Of two people's labels of one item, the share of pairs that are the same; None where no two labelled one.
    """

    answers: dict[str, int]
    themselves: Estimate | None
    wrong: Estimate | None
    each_other: Estimate | None


def people(ledger: Ledger) -> People:
    """Return who answered and how they agree."""
    answers = Counter(event.annotator for event in ledger.said if not ledger.withdrawn(event.uuid))
    same, different = ledger.consistency()
    asked_again = same + different
    pairs = [pair for unit in ledger.answers for pair in combinations(_labels(ledger, unit), 2)]
    alike = sum(one == other for one, other in pairs)
    return People(
        answers=dict(answers),
        themselves=wilson(same, asked_again) if asked_again else None,
        wrong=less(ceiling(same, different, max(2, len(ledger.classes)))) if asked_again else None,
        each_other=wilson(alike, len(pairs)) if pairs else None,
    )


def _labels(ledger: Ledger, unit: str) -> list[str]:
    """Return the last label of each person who labelled a unit."""
    said = {event.annotator: ledger.class_of(event) for event in ledger.answers_to(unit)}
    return [known for known in said.values() if known]


def less(right: Estimate) -> Estimate:
    """Return the share wrong, from the share right.

    Examples
    --------
    >>> less(Estimate(0.75, 0.5, 1.0, 8))
    Estimate(value=0.25, low=0.0, high=0.5, n=8)
    """
    return Estimate(1 - right.value, 1 - right.high, 1 - right.low, right.n)
