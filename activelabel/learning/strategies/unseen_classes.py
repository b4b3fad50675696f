"""Look for the classes that are listed but have no label yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from activelabel.learning.kept import kept
from activelabel.learning.neighbours import nearest_neighbours, parts_of
from activelabel.learning.sampling import evenly_spaced
from activelabel.learning.strategies.ranking import completed, interleaved
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["have_a_clue", "unseen", "unseen_classes"]

GROUP = 3
MUTUAL = 2
"""A row is of a group when two of its three nearest rows count it among their own three: so are most rows of a class
of five, and so is no odd row by itself."""

SAMPLE = 20_000
"""Rows that are looked among; a class that none of so many is of is not found by looking."""


def unseen_classes(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask the rows that are most likely of a class without a label.

    Where the names of the missing classes say something (`pool.hints`), these are rows more like a name than like
    anything labelled, class by class. Elsewhere they are rows of groups, one after another the one farthest from all
    that is labelled or asked, parts of the neighbour graph without a label first: of groups, because the farthest rows
    of all are odd ones that stand for nothing. If some of the missing classes have no hint, both take turns.

    References
    ----------
    Gonzalez (1985), Clustering to Minimize the Maximum Intercluster Distance (the farthest); Gowda, Krishna (1978),
    Agglomerative Clustering Using the Concept of Mutual Nearest Neighbourhood (groups).
    """
    missing = unseen(pool)
    named = _like_a_name(pool, missing, q)
    far = _far_from_labels(pool, q, rng)
    if len(named) and pool.hints is not None and np.isnan(pool.hints[missing, 0]).any():
        rows = interleaved(far, named[: (q + 1) // 2], every=2)
    else:
        rows = np.concatenate([named, far[~np.isin(far, named)]])
    return completed(rows[:q], pool.askable, q, rng)


def have_a_clue(pool: Pool) -> bool:
    """Return whether anything points at a class without a label: its name, or a part of the graph without a label.

    A group of eight rows that lies apart is such a part. A model that has never seen it may well be sure of it, so that
    no doubt leads there; elsewhere doubts find new classes as soon as looking for them does.
    """
    if pool.hints is not None and np.isfinite(pool.hints[unseen(pool), 0]).any():
        return True
    parts = parts_of(pool)
    return len(np.unique(parts)) > len(np.unique(parts[pool.labelled]))


def unseen(pool: Pool) -> NDArray[np.intp]:
    """Return the classes without a label, ascending."""
    return np.setdiff1d(np.arange(pool.n_classes), pool.labels)


def _like_a_name(pool: Pool, missing: NDArray[np.intp], q: int) -> NDArray[np.intp]:
    """Return rows more like the name of a missing class than like any label: round by round the best of each class."""
    hints = np.empty((0, 1), dtype=np.float32) if pool.hints is None else pool.hints[missing]
    hints = hints[~np.isnan(hints).any(axis=1)]
    rows = _askable(pool)
    if not len(hints) or not len(rows):
        return np.empty(0, dtype=np.intp)
    with one_thread():
        pointing = _unit(pool.features[rows, : hints.shape[1]])
        known = (pointing @ _unit(pool.features[pool.labelled, : hints.shape[1]]).T).max(axis=1, initial=-1.0)
        likeness = pointing @ _unit(hints).T - known[:, None]
    chosen: list[int] = []
    while len(chosen) < min(q, len(rows)):
        for hint in np.argsort(-likeness.max(axis=0), kind="stable"):
            best = int(likeness[:, hint].argmax())
            if np.isfinite(likeness[best, hint]):
                chosen.append(best)
                likeness[best] = -np.inf
    return rows[chosen[:q]]


def _far_from_labels(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return rows of groups, each the farthest from all that is labelled and from those before it.

    Rows of a part of the graph that nothing joins to them are farther than any others.
    """
    rows = rng.permutation(np.intersect1d(_askable(pool), kept(pool.features, _in_groups)))
    features = pool.features[rows]
    distance = np.full(len(rows), np.inf)
    for label in pool.labelled:
        distance = np.minimum(distance, np.linalg.norm(features - pool.features[label], axis=1))
    if len(pool.labelled):
        parts = parts_of(pool)
        distance += distance.max(initial=0.0) * ~np.isin(parts[rows], parts[pool.labelled])
    chosen: list[int] = []
    for _ in range(min(q, len(rows))):
        chosen.append(int(distance.argmax()))
        distance = np.minimum(distance, np.linalg.norm(features - features[chosen[-1]], axis=1))
        distance[chosen] = -1.0
    return rows[chosen]


def _askable(pool: Pool) -> NDArray[np.intp]:
    rows = evenly_spaced(len(pool), SAMPLE)
    return rows[pool.askable[rows]]


def _in_groups(features: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return the rows that are of a group, among those that are looked at."""
    rows = evenly_spaced(len(features), SAMPLE)
    _, near = nearest_neighbours(features[rows], GROUP)
    starts = np.arange(len(rows) + 1) * near.shape[1]
    one_way = csr_array((np.ones(near.size, dtype=np.int8), near.ravel(), starts), shape=(len(rows), len(rows)))
    mutual = np.asarray(one_way.multiply(one_way.T).sum(axis=1))
    return np.asarray(rows[mutual >= min(MUTUAL, near.shape[1])])


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0))
