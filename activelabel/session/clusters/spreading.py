"""Labels given to whole clusters, on their way through a lesson: what they teach, and what is said of their rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.protocols import Propagation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.near_duplicates import Originals
    from activelabel.learning.protocols import Pool
    from activelabel.session.lessons import Answers, Lesson, Spread

__all__ = ["TEACHING", "askable", "carried_over", "spread_at", "taught_pool"]

TEACHING = 20
"""Members of a cluster that teach; they are so alike that more of them tell little, and cost time at every answer."""


def askable(answers: Answers) -> NDArray[np.bool_]:
    """Return shape (n,): rows worth asking about, neither answered nor labelled with their cluster."""
    found = ~answers.closed
    found[answers.spread.rows] = False
    return found


def taught_pool(pool: Pool, spread: Spread) -> Pool:
    """Return the pool that a model learns from: with `TEACHING` members of each cluster that was given a label.

    They are the first in the order of rows, which is that of their hashes: a random sample.
    """
    if not len(spread.rows):
        return pool
    order = np.argsort(spread.sources, kind="stable")
    ordered = spread.sources[order]
    place = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    some = order[place < TEACHING]
    rows = np.concatenate([pool.labelled, spread.rows[some]])
    labels = np.concatenate([pool.labels, spread.labels[some]])
    by_row = np.argsort(rows)
    return replace(pool, labelled=rows[by_row], labels=labels[by_row])


def spread_at(originals: Originals, spread: Spread, answered: NDArray[np.intp]) -> Spread:
    """Return the labels as labels of originals, but for those of `answered` originals, which people labelled."""
    places = originals.place[spread.rows]
    first = np.zeros(len(places), dtype=bool)
    first[np.unique(places, return_index=True)[1]] = True
    kept = spread.take(first & ~np.isin(places, answered))
    rows = originals.place[kept.rows]
    order = np.argsort(rows)
    return replace(
        kept,
        rows=rows[order],
        labels=kept.labels[order],
        sources=kept.sources[order],
        speakers=np.where(spread.speakers >= 0, originals.place[spread.speakers], -1),
        probes=tuple(originals.place[probe] for probe in spread.probes),
    )


def carried_over(lesson: Lesson, answers: Answers) -> Lesson:
    """Return the lesson in which every row labelled with its cluster has that label, as surely as its cluster is pure.

    The row that a person answered speaks for it, and for what was learnt from it; never the row itself.
    """
    spread, found = answers.spread, lesson.propagation
    if found is None or not len(spread.rows):
        return lesson
    k = answers.n_classes
    bounds = spread.bounds[spread.sources]
    proba, reached = found.proba.copy(), found.reached.copy()
    proba[spread.rows] = ((1 - bounds) / max(1, k - 1))[:, None]
    proba[spread.rows, spread.labels] = bounds if k > 1 else 1.0
    reached[spread.rows] = True
    speaker = np.arange(len(reached))
    speaker[spread.rows] = spread.speakers[spread.sources]
    sources = np.where(found.sources >= 0, speaker[found.sources], -1)
    sources[spread.rows] = speaker[spread.rows]
    return replace(lesson, propagation=Propagation(proba, reached, sources))
