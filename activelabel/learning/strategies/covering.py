"""Ask rows that together lie near to as many others as can be."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.clusterers.kmeans import k_means
from activelabel.learning.kept import kept
from activelabel.learning.limits import Quadratic
from activelabel.learning.strategies.ranking import completed
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["max_herding", "prob_cover"]

BY_BALLS = Quadratic("probcover", 5_000, "typiclust", bytes_a_pair=12)
BY_HERD = Quadratic("maxherding", 5_000, "typiclust", bytes_a_pair=12)

IMPURE = 0.05
"""Share of balls that may hold rows of two groups, as in the paper."""

AHEAD = 10
"""Questions to come, which the labels share the pool with: how wide each has to reach."""


def prob_cover(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask, one after another, the row in whose ball most rows lie that no labelled or asked row has in its own.

    The balls are as wide as they can be while 95 of 100 hold rows of one group only, of as many groups as classes.

    Raises
    ------
    LearningError
        Above 5,000 rows.

    References
    ----------
    Yehuda, Dekel, Hacohen, Weinshall (2022), Active Learning Through a Covering Lens.
    """
    BY_BALLS.check(len(pool))
    squares = kept(pool.features, _squared_distances)
    groups = k_means(pool.features, max(pool.n_classes, 2), rng).labels
    foreign = np.where(groups[:, None] == groups, np.inf, squares).min(axis=1)
    # below the nearest foreign row a ball is pure; with one group only there is nothing to keep apart
    radius = float(np.quantile(foreign, IMPURE)) if np.isfinite(foreign).all() else 0.0
    return _covering(pool, (squares <= radius).astype(np.float32), q, rng)


def max_herding(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask, one after another, the row that most raises how near all rows are to one that is labelled or asked.

    Near is a Gaussian of the distance, as wide as the neighbourhood of n / (m + 10) rows: what each label, and each of
    the next ten, is to stand for.

    Raises
    ------
    LearningError
        Above 5,000 rows.

    References
    ----------
    Bae, Noh, Sutherland (2024), Generalized Coverage for More Robust Low-Budget Active Learning; for the width that
    shrinks with labels, Bae, Oliveira, Sutherland (2025), Uncertainty Herding.
    """
    BY_HERD.check(len(pool))
    squares = kept(pool.features, _squared_distances)
    share = min(len(pool) // (len(pool.labelled) + AHEAD), len(pool) - 1)
    width = float(np.partition(squares, share, axis=1)[:, share].mean())
    kernel = np.exp(-squares / width) if width > 0 else (squares <= 0).astype(np.float32)
    return _covering(pool, kernel, q, rng)


def _covering(pool: Pool, kernel: NDArray[np.float32], q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return q rows, each the one that most raises the sum over all rows of the kernel to the nearest chosen one."""
    weights = pool.weights.astype(np.float32)
    covered = kernel[pool.labelled].max(axis=0, initial=0.0)
    chosen: list[int] = []
    with one_thread():
        # gains only shrink as rows are chosen: whoever is still ahead when looked at again is the best
        rows = rng.permutation(np.flatnonzero(pool.askable)).tolist()
        heap = [(-_gain(kernel[row], covered, weights), place) for place, row in enumerate(rows)]
        heapify(heap)
        while heap and len(chosen) < q:
            _, place = heappop(heap)
            gain = _gain(kernel[rows[place]], covered, weights)
            if heap and gain < -heap[0][0]:
                heappush(heap, (-gain, place))
                continue
            chosen.append(rows[place])
            covered = np.maximum(covered, kernel[rows[place]])
    return completed(np.array(chosen, dtype=np.intp), pool.askable, q, rng)


def _gain(near: NDArray[np.float32], covered: NDArray[np.float32], weights: NDArray[np.float32]) -> float:
    return float(np.maximum(near - covered, 0.0) @ weights)


def _squared_distances(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return shape (n, n), 0 on the diagonal."""
    # products of numbers far from zero lose the digits in which the rows differ
    rows = features - features.mean(axis=0)
    squares = (rows**2).sum(axis=1)
    with one_thread():
        apart = squares[:, None] + squares - 2.0 * (rows @ rows.T)
    np.fill_diagonal(apart, 0.0)
    return np.asarray(np.maximum(apart, 0.0), dtype=np.float32)
