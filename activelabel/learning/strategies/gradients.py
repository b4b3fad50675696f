"""Ask rows that would pull at the model hard, and each in another direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.strategies.ranking import completed, take_highest
from activelabel.learning.strategies.uncertainty import doubts
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["badge"]


def badge(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask rows drawn as the centres of k-means++ are, among gradients of the loss if the likeliest class were right.

    The gradient of a row is (p - e) times (x, 1), e being its likeliest class. The longest comes first; each further
    row is drawn in proportion to its squared distance from those drawn before, which only products of p and of x are
    needed for.

    References
    ----------
    Ash, Zhang, Krishnamurthy, Langford, Agarwal (2020), Deep Batch Active Learning by Diverse, Uncertain Gradient Lower
    Bounds; Arthur, Vassilvitskii (2007), k-means++.
    """
    proba = doubts(pool)
    pulls = proba.copy()
    pulls[np.arange(len(pool)), proba.argmax(axis=1)] -= 1.0
    rows = np.column_stack([pool.features.astype(np.float64), np.ones(len(pool))])
    with one_thread():
        squares = (pulls**2).sum(axis=1) * (rows**2).sum(axis=1)
        chosen = take_highest(squares, pool.askable, min(q, 1), rng).tolist()
        distance = np.where(pool.askable, np.inf, 0.0)
        while 0 < len(chosen) < q:
            last = chosen[-1]
            away = squares + squares[last] - 2.0 * (pulls @ pulls[last]) * (rows @ rows[last])
            distance = np.minimum(distance, np.maximum(away, 0.0))
            distance[last] = 0.0
            total = distance.sum()
            if total <= 0:
                break  # all that is left pulls as a chosen one does
            chosen.append(int(rng.choice(len(pool), p=distance / total)))
    return completed(np.array(chosen, dtype=np.intp), pool.askable, q, rng)
