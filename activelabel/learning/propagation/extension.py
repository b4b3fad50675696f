"""From the rows of a pool to rows that were not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.special import softmax

from activelabel.learning.indexes import index_of
from activelabel.learning.kept import kept
from activelabel.learning.neighbours import NEIGHBOURS, nearest, scales

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["extend", "neighbour_weights"]

BLOCK = 65_536


def extend(features: NDArray[np.float32], values: NDArray[np.float64], new: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return for new rows the weighted mean of the values at their 7 nearest rows of the pool.

    Parameters
    ----------
    features, values
        Shapes (n, d) and (n, k), n >= 1: the pool, and what is known of its rows.
    new
        Shape (r, d).

    Returns
    -------
    NDArray[np.float64]
        Shape (r, k).

    Examples
    --------
    >>> rows, known = np.array([[0.0], [1.0], [5.0]], dtype=np.float32), np.array([[1.0], [1.0], [0.0]])
    >>> extend(rows, known, np.array([[0.4], [900.0]], dtype=np.float32)).round(2).ravel().tolist()
    [0.83, 0.12]
    """
    return np.asarray(neighbour_weights(features, new) @ values)


def neighbour_weights(features: NDArray[np.float32], new: NDArray[np.float32]) -> csr_array:
    """Return by which rows of a pool other rows are spoken for: the 7 nearest, weighted as in the graph.

    Parameters
    ----------
    features, new
        Shapes (n, d) and (r, d), n >= 1.

    Returns
    -------
    csr_array
        Shape (r, n) float32. Weights exp(-d_ij^2 / (s_i s_j)) sum to 1, s being the distance to the 7th neighbour,
        however far from the whole pool the row is.

    References
    ----------
    Bengio, Delalleau, Le Roux (2006), Label Propagation and Quadratic Criterion, section 11.4 (induction).

    Examples
    --------
    >>> rows = np.array([[0.0], [1.0], [5.0]], dtype=np.float32)
    >>> neighbour_weights(rows, np.array([[0.4], [900.0]], dtype=np.float32)).toarray().round(2)
    array([[0.42, 0.41, 0.17],
           [0.12, 0.  , 0.88]], dtype=float32)
    """
    k = min(NEIGHBOURS, len(features))
    scale, look_up = kept(features, _scales_of), index_of(features)
    weights, found = np.empty((len(new), k), dtype=np.float32), np.empty((len(new), k), dtype=np.int32)
    for start in range(0, len(new), BLOCK):
        block = slice(start, start + BLOCK)
        distances, rows = look_up(new[block], k)
        # a softmax, because exp of a row far from everything is 0 for all its neighbours
        weights[block] = softmax(-(distances**2) / (scales(distances)[:, None] * scale[rows]), axis=1)
        found[block] = rows
    starts = np.arange(len(new) + 1, dtype=np.int64) * k
    return csr_array((weights.ravel(), found.ravel(), starts), shape=(len(new), len(features)))


def _scales_of(features: NDArray[np.float32]) -> NDArray[np.floating]:
    distances, _ = nearest(features)
    return scales(distances) if distances.shape[1] else np.ones(len(features))
