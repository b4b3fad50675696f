"""Ask rows by where they lie: far from all labels, typical of their group, or doubted amid many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.kept import kept
from activelabel.learning.neighbours import nearest_neighbours
from activelabel.learning.strategies.ranking import completed, take_highest
from activelabel.learning.strategies.representative import nested_representatives
from activelabel.learning.strategies.uncertainty import doubts, margin_score
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["density_weighted", "k_centre", "typiclust"]

TYPICAL_AMONG = 20
"""Neighbours whose mean distance says how typical a row is, as in the paper."""


def k_centre(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask, one after another, the row farthest from all that are labelled or asked; the first is the middle one.

    References
    ----------
    Gonzalez (1985), Clustering to Minimize the Maximum Intercluster Distance; Sener, Savarese (2018), Core-Sets.
    """
    rows = rng.permutation(np.flatnonzero(pool.askable))
    features = pool.features[rows]
    distance = np.full(len(rows), np.inf)
    for row in pool.labelled:
        distance = np.minimum(distance, _distances(features, pool.features[row]))
    if not len(pool.labelled) and len(rows):
        distance = -_distances(features, features.mean(axis=0))
    chosen: list[int] = []
    for place in range(min(q, len(rows))):
        best = int(distance.argmax())
        chosen.append(best)
        near = _distances(features, features[best])
        distance = near if place == 0 and not len(pool.labelled) else np.minimum(distance, near)
        distance[chosen] = -1.0
    return completed(rows[np.array(chosen, dtype=np.intp)], pool.askable, q, rng)


def typiclust(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask the most typical row of each group that has no label, biggest groups first.

    References
    ----------
    Hacohen, Dekel, Weinshall (2022), Active Learning on a Budget: Opposite Strategies Suit High and Low Budgets.
    """
    return nested_representatives(pool, q, rng, oddness=kept(pool.features, _oddness))


def density_weighted(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask the rows whose two likeliest classes are close and that point where many rows do.

    References
    ----------
    Settles, Craven (2008), An Analysis of Active Learning Strategies for Sequence Labeling Tasks (information density).
    """
    return take_highest(margin_score(doubts(pool)) * kept(pool.features, _density), pool.askable, q, rng)


def _distances(features: NDArray[np.float32], point: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.asarray(np.linalg.norm(features - point, axis=1), dtype=np.float64)


def _oddness(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean distance of each row to its 20 nearest, shape (n,): the smaller, the more typical."""
    distances, _ = nearest_neighbours(features, TYPICAL_AMONG)
    return distances.mean(axis=1).astype(np.float32) if distances.shape[1] else np.zeros(len(features), np.float32)


def _density(features: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the mean cosine similarity of each row to all rows, from the middle of the pool, moved to [0, 1]."""
    about = features - features.mean(axis=0)
    lengths = np.linalg.norm(about, axis=1, keepdims=True)
    pointing = np.divide(about, lengths, out=np.zeros_like(about), where=lengths > 0)
    with one_thread():
        return np.asarray((1.0 + pointing @ pointing.mean(axis=0)) / 2.0, dtype=np.float64)
