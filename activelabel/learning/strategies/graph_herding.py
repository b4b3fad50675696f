"""Ask rows that stand for the doubts around them on the neighbour graph."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.kept import kept
from activelabel.learning.limits import Quadratic
from activelabel.learning.neighbours import graph_of
from activelabel.learning.propagation.kernel import DENSE_ROWS, kernels_of
from activelabel.learning.strategies.ranking import completed
from activelabel.learning.strategies.uncertainty import doubts, margin_score
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from activelabel.learning.protocols import Pool

__all__ = ["graph_herding"]

LIMIT = Quadratic("graph-herding", DENSE_ROWS, "margin-diversity, which asks about as well", bytes_a_pair=8)


def graph_herding(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask, one after another, the row that brings most doubt near to a row that is labelled or asked.

    With R the correlation on the graph and u the margins' doubt, the rows S are to make sum_i u_i max_{j in S} R_ij
    large. No look-alikes are asked twice.

    Raises
    ------
    LearningError
        Above 4,000 rows, for which the whole kernel is not at hand.

    References
    ----------
    Bae, Noh, Choi, Sutherland (2025), Uncertainty Herding; Minoux (1978), Accelerated Greedy Algorithms.
    """
    LIMIT.check(len(pool))
    doubt = (margin_score(doubts(pool)) * pool.weights).astype(np.float32)
    correlation = kept(graph_of(pool), _correlation)
    nearest = correlation[pool.labelled].max(axis=0, initial=0.0)
    chosen: list[int] = []
    with one_thread():
        rows = rng.permutation(np.flatnonzero(pool.askable))
        gains = np.concatenate([_gains(correlation[some], nearest, doubt) for some in np.array_split(rows, 8)])
        # gains only shrink as rows are chosen: whoever is still ahead when looked at again is the best
        heap = [(-gain, place) for place, gain in enumerate(gains.tolist())]
        heapify(heap)
        while heap and len(chosen) < q:
            _, place = heappop(heap)
            row = rows[place]
            now = -float(_gains(correlation[row : row + 1], nearest, doubt)[0])
            if heap and now > heap[0][0]:
                heappush(heap, (now, place))
                continue
            chosen.append(int(row))
            nearest = np.maximum(nearest, correlation[row])
    return completed(np.array(chosen, dtype=np.intp), pool.askable, q, rng)


def _gains(
    correlation: NDArray[np.float32], nearest: NDArray[np.float32], doubt: NDArray[np.float32]
) -> NDArray[np.float32]:
    return np.asarray(np.maximum(correlation - nearest, 0.0) @ doubt)


def _correlation(graph: csr_array) -> NDArray[np.float32]:
    """Return the kernel of the longest reach as correlations, shape (n, n)."""
    kernel = kernels_of(graph)[-1].dense
    assert kernel is not None  # noqa: S101 (the caller refuses bigger pools)
    half = 1.0 / np.sqrt(np.diag(kernel))
    return np.asarray(kernel * half[:, None] * half)
