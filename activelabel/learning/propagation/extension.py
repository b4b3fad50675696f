"""From the rows of a pool to rows that were not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import softmax
from sklearn.neighbors import NearestNeighbors

from activelabel.learning.kept import kept
from activelabel.learning.neighbours import NEIGHBOURS, nearest_neighbours, scales
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["extend"]

BLOCK = 4096


def extend(features: NDArray[np.float32], values: NDArray[np.float64], new: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return for new rows the mean of the values at their 7 nearest rows of the pool, weighted as in the graph.

    Parameters
    ----------
    features, values
        Shapes (n, d) and (n, k), n >= 1: the pool, and what is known of its rows.
    new
        Shape (r, d).

    Returns
    -------
    NDArray[np.float64]
        Shape (r, k). Weights exp(-d_ij^2 / (s_i s_j)) sum to 1, s being the distance to the 7th neighbour, however far
        from the whole pool the row is.

    References
    ----------
    Bengio, Delalleau, Le Roux (2006), Label Propagation and Quadratic Criterion, section 11.4 (induction).

    Examples
    --------
    >>> rows, known = np.array([[0.0], [1.0], [5.0]], dtype=np.float32), np.array([[1.0], [1.0], [0.0]])
    >>> extend(rows, known, np.array([[0.4], [900.0]], dtype=np.float32)).round(2).ravel().tolist()
    [0.83, 0.12]
    """
    k = min(NEIGHBOURS, len(features))
    scale = kept(features, _scales_of)
    out = np.empty((len(new), values.shape[1]))
    with one_thread():
        index = NearestNeighbors(n_neighbors=k, algorithm="brute").fit(features)
        for start in range(0, len(new), BLOCK):
            distances, rows = index.kneighbors(new[start : start + BLOCK])
            distances = distances.astype(np.float64)
            # a softmax, because exp of a row far from everything is 0 for all its neighbours
            weights = softmax(-(distances**2) / (scales(distances)[:, None] * scale[rows]), axis=1)
            out[start : start + BLOCK] = np.einsum("rj,rjk->rk", weights, values[rows])
    return out


def _scales_of(features: NDArray[np.float32]) -> NDArray[np.float64]:
    distances, _ = nearest_neighbours(features, NEIGHBOURS)
    return scales(distances) if distances.shape[1] else np.ones(len(features))
