"""Why a row is asked about and what the model thinks of it, from what was learnt."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from activelabel.records.cards import Suggestion, Why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from activelabel.project.ledger import Ledger
    from activelabel.session.lessons import Lesson
    from activelabel.session.workshop import Workshop

__all__ = ["contested", "nearest_mass", "speaks_for", "suggestions"]

BLOCK = 8_192  # rows at a time where every row meets every card
REMEMBERED = 200  # answers of which a plan says for how many items they speak: who undoes more is not told
LOOK_ALIKE = 0.2  # margins this close, between the same two classes, are the same doubt


def suggestions(
    rows: NDArray[np.intp], lesson: Lesson, class_ids: Sequence[str], known: float = 1.0
) -> list[Suggestion | None]:
    """Return the class each row is predicted to be of, with its probability; None before there is a model.

    `known` is the chance that a row is of a class that the model has seen, for it cannot say itself that it is of none.
    """
    if lesson.proba is None or lesson.decision is None:
        return [None] * len(rows)
    best = lesson.decision.labels(lesson.proba[rows])
    return [
        Suggestion(class_ids[label], round(known * float(lesson.proba[row, label]), 4))
        for row, label in zip(rows, best, strict=True)
    ]


def contested(
    rows: NDArray[np.intp], lesson: Lesson, class_ids: Sequence[str], weights: NDArray[np.float64]
) -> list[Why]:
    """Return for each row the two classes it lies between, and how many items share that doubt."""
    if lesson.proba is None or lesson.decision is None or lesson.proba.shape[1] < 2:
        return [Why(lesson.strategy)] * len(rows)
    proba = lesson.decision.weighed(lesson.proba)
    proba /= proba.sum(axis=1, keepdims=True)
    top = np.argsort(proba, axis=1)[:, -2:]
    margins = np.take_along_axis(proba, top, axis=1) @ np.array([-1.0, 1.0])
    pair = np.sort(top, axis=1) @ np.array([len(class_ids), 1])
    doubted = margins < LOOK_ALIKE
    alike = np.bincount(pair[doubted], weights=weights[doubted], minlength=len(class_ids) ** 2 + len(class_ids))
    return [
        Why(lesson.strategy, (class_ids[top[row, 1]], class_ids[top[row, 0]]), max(1, int(alike[pair[row]])))
        for row in rows
    ]


def nearest_mass(
    features: NDArray[np.float32], rows: NDArray[np.intp], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return for each of q rows how many items lie nearer to it than to the others; shape (q,)."""
    mass = np.zeros(len(rows))
    if not len(rows):
        return mass
    middle = features[rows].mean(axis=0)
    centres = features[rows] - middle
    half_squares = (centres**2).sum(axis=1) / 2
    for start in range(0, len(features), BLOCK):
        block = slice(start, start + BLOCK)
        # a row that equals another one's features leaves everything to the first of them
        nearest = (half_squares - (features[block] - middle) @ centres.T).argmin(axis=1)
        mass += np.bincount(nearest, weights=weights[block], minlength=len(rows))
    return mass


def speaks_for(ledger: Ledger, workshop: Workshop, lesson: Lesson) -> dict[str, int]:
    """Return unit -> how many items got their label from its answer, for the last answers that speak for any."""
    found = lesson.propagation
    if found is None:
        return {}
    dataset = workshop.dataset
    spoken = found.reached & (found.sources >= 0) & (found.sources != np.arange(len(found.sources)))
    items = np.bincount(found.sources[spoken], weights=dataset.weights[spoken], minlength=dataset.n_units)
    units = dict.fromkeys(event.data["unit"] for event in islice(reversed(ledger.said), REMEMBERED))
    rows = ((unit, dataset.row_of(unit)) for unit in units)
    return {unit: int(items[row]) for unit, row in rows if row is not None and items[row]}
