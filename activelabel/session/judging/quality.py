"""Which answers look odd: labels that the others contradict, and answers that took far from the usual time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.assessment import SlowOrFast, Suspect
from activelabel.learning.odd_paces import odd_paces
from activelabel.learning.suspects import find_suspects
from activelabel.records.kinds import CardKind
from activelabel.session.evidence import contradicted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.project.ledger import Ledger
    from activelabel.records.events import Event
    from activelabel.session.judging.cross_judging import Judged
    from activelabel.session.lessons import Answers, Lesson
    from activelabel.session.workshop import Workshop

__all__ = ["Doubts", "doubts", "slow_or_fast"]

QUICK = {CardKind.REPRESENTATIVE, CardKind.UNCERTAIN, CardKind.AUDIT, CardKind.BLIND_REPEAT}
"""Cards that show one item and ask for its class; others take longer by their nature."""

Doubts = tuple[tuple[Suspect, ...], int, float]
"""The suspects, how many labels are estimated to be wrong, and the share that models foretold."""


def doubts(
    workshop: Workshop, ledger: Ledger, answers: Answers, lesson: Lesson, judged: Judged, audit: NDArray[np.intp]
) -> Doubts:
    """Return which labels the others contradict, how many are wrong, and how many were foretold.

    Labels of the audit sample count, but none is named.
    """
    # a learner that judges itself knows better than five folds do
    rows, proba = lesson.foretold or (answers.rows, judged.proba[answers.rows])
    labels = answers.labels[np.searchsorted(answers.rows, rows)]
    found = find_suspects(proba, labels)
    named = tuple(
        Suspect(ledger.answers[unit].item, int(labels[place]), believed)
        for unit, place, believed in contradicted(workshop, ledger, rows, found, audit)
    )
    return named, found.wrong, float((proba.argmax(axis=1) == labels).mean())


def slow_or_fast(workshop: Workshop, ledger: Ledger) -> tuple[SlowOrFast, ...]:
    """Return the answers that took far from their annotator's usual time for items as long, the farthest first.

    Only answers that hold count. Cards that show one item and ask for its class are compared with each other; others
    take longer by their nature.
    """
    by_annotator: dict[str, list[tuple[Event, int]]] = {}
    for event in ledger.said:
        row = workshop.dataset.row_of(event.data["unit"])
        if row is not None and event.data["card"] in QUICK and not ledger.withdrawn(event.uuid):
            by_annotator.setdefault(event.annotator, []).append((event, row))
    found = [odd for answered in by_annotator.values() for odd in _odd(workshop, answered)]
    return tuple(sorted(found, key=_how_far))


def _odd(workshop: Workshop, answered: list[tuple[Event, int]]) -> list[SlowOrFast]:
    seconds = np.array([event.data["seconds"] for event, _ in answered], dtype=np.float64)
    lengths = _lengths(workshop, np.array([row for _, row in answered], dtype=np.intp))
    return [
        SlowOrFast(answered[odd.place][0].item, answered[odd.place][0].annotator, odd.seconds, odd.usual)
        for odd in odd_paces(seconds, lengths)
    ]


def _lengths(workshop: Workshop, rows: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return how many characters of text each row shows; 0 where it shows none."""
    columns = workshop.dataset.table(rows).texts.values()
    return np.sum([[len(cell) for cell in column] for column in columns], axis=0) if columns else np.zeros(len(rows))


def _how_far(odd: SlowOrFast) -> float:
    return -abs(float(np.log(max(odd.seconds, 0.01) / odd.usual)))
