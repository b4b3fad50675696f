"""Ask rows that stand for the doubts around them on the neighbour graph."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.kept import kept
from activelabel.learning.strategies.ranking import completed, take_highest
from activelabel.learning.strategies.stage import stage_of
from activelabel.learning.strategies.uncertainty import doubts, margin_score
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["graph_herding"]


def graph_herding(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask, one after another, the row that brings most doubt near to a row that is labelled or asked.

    With R the correlation on the graph and u the margins' doubt, the rows S are to make sum_i u_i max_{j in S} R_ij
    large. No look-alikes are asked twice. Above 4,000 rows, 2,000 of them stand for all. When no row brings any doubt
    nearer, the others follow, the most doubted first.

    References
    ----------
    Bae, Noh, Choi, Sutherland (2025), Uncertainty Herding; Minoux (1978), Accelerated Greedy Algorithms.
    """
    stage = stage_of(pool)
    score = margin_score(doubts(pool)) * pool.weights
    doubt = score[stage.rows].astype(np.float32)
    correlation = kept(stage.kernel, _correlation)
    nearest = correlation[stage.places_of(pool)].max(axis=0, initial=0.0)
    chosen: list[int] = []
    with one_thread():
        places = rng.permutation(np.flatnonzero(pool.askable[stage.rows]))
        gains = np.concatenate([_gains(correlation[some], nearest, doubt) for some in np.array_split(places, 8)])
        # gains only shrink as rows are chosen: whoever is still ahead when looked at again is the best
        heap = [(-gain, number) for number, gain in enumerate(gains.tolist())]
        heapify(heap)
        while heap and heap[0][0] < 0 and len(chosen) < q:
            _, number = heappop(heap)
            place = places[number]
            now = -float(_gains(correlation[place : place + 1], nearest, doubt)[0])
            if heap and now > heap[0][0]:
                heappush(heap, (now, number))
                continue
            chosen.append(int(place))
            nearest = np.maximum(nearest, correlation[place])
    rest = take_highest(score, pool.askable, len(pool), rng) if len(chosen) < q else None
    return completed(stage.rows[np.array(chosen, dtype=np.intp)], pool.askable, q, rng, rest)


def _gains(
    correlation: NDArray[np.float32], nearest: NDArray[np.float32], doubt: NDArray[np.float32]
) -> NDArray[np.float32]:
    return np.asarray(np.maximum(correlation - nearest, 0.0) @ doubt)


def _correlation(kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    half = 1.0 / np.sqrt(np.diag(kernel))
    return np.asarray(kernel * half[:, None] * half)
