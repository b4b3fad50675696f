"""Which rows lie next to which: the nearest neighbours, and the weighted graph they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from activelabel.learning.hubs import CANDIDATES, HUBS, hubness, without_hubs
from activelabel.learning.indexes import index_of
from activelabel.learning.kept import kept

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["NEIGHBOURS", "graph_of", "nearest", "nearest_neighbours", "neighbour_graph", "scales"]

NEIGHBOURS = 7
"""Neighbours a row: enough to connect a class, few enough to stay inside it."""


def graph_of(pool: Pool) -> csr_array:
    """Return the graph the pool came with, or that of its features, remembered as long as they live."""
    return kept(pool.features, neighbour_graph) if pool.graph is None else pool.graph


def neighbour_graph(features: NDArray[np.float32], k: int = NEIGHBOURS) -> csr_array:
    """Return the weights between neighbouring rows.

    Rows i and j are joined when one is among the k nearest of the other, with weight exp(-d^2 / (s_i s_j)); s_i is
    the distance of row i to its k-th neighbour, so that dense and sparse regions hold together alike. Where a few rows
    are near to everything (`hubs`), neighbours are chosen by distances that allow for it.

    Parameters
    ----------
    features
        Shape (n, d).
    k
        Neighbours a row, itself left out; 1 or more.

    Returns
    -------
    csr_array
        Shape (n, n) float32, symmetric, weights in (0, 1], empty diagonal.

    References
    ----------
    Zelnik-Manor, Perona (2004), Self-Tuning Spectral Clustering.

    Examples
    --------
    >>> neighbour_graph(np.array([[0.0], [1.0], [5.0]], dtype=np.float32), k=1).toarray().round(2)
    array([[0.  , 0.37, 0.  ],
           [0.37, 0.  , 0.02],
           [0.  , 0.02, 0.  ]], dtype=float32)
    """
    n = len(features)
    distances, neighbours = kept(features, nearest) if k == NEIGHBOURS else nearest_neighbours(features, k)
    if neighbours.shape[1] == 0:
        return csr_array(np.zeros((n, n), dtype=np.float32))  # one row, or none
    if hubness(neighbours) > HUBS:
        distances, neighbours = without_hubs(*nearest_neighbours(features, CANDIDATES), neighbours.shape[1])
    scale = scales(distances)
    weights = np.exp(-(distances**2) / (scale[:, None] * scale[neighbours]))
    starts = np.arange(n + 1) * neighbours.shape[1]
    one_way = csr_array((weights.ravel().astype(np.float32), neighbours.ravel(), starts), shape=(n, n))
    graph = csr_array(one_way.maximum(one_way.T), shape=(n, n))
    graph.eliminate_zeros()
    graph.sort_indices()
    return graph


def nearest_neighbours(features: NDArray[np.float32], k: int) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return distances and rows of the k nearest other rows, nearest first, equals in the order of their rows.

    Up to 20,000 rows they are exact; above, most of them are found (docs/methods.md says how many).

    Parameters
    ----------
    features
        Shape (n, d).
    k
        Neighbours wanted; there are at most n - 1.

    Returns
    -------
    tuple[NDArray[np.float64], NDArray[np.intp]]
        Both of shape (n, min(k, n - 1)).

    Examples
    --------
    >>> distances, rows = nearest_neighbours(np.array([[0.0], [1.0], [5.0]], dtype=np.float32), k=2)
    >>> rows.tolist()
    [[1, 2], [0, 2], [1, 0]]
    """
    n = len(features)
    k = min(k, n - 1)
    if k < 1:
        return np.empty((n, 0)), np.empty((n, 0), dtype=np.intp)
    return _without_self(*index_of(features)(features, k + 1))


def _without_self(
    distances: NDArray[np.float64], rows: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Drop each row from its own neighbours, or the last one where duplicates have crowded it out."""
    is_self = rows == np.arange(len(rows))[:, None]
    is_self[~is_self.any(axis=1), -1] = True
    shape = len(rows), rows.shape[1] - 1
    distances = distances[~is_self].reshape(shape)
    rows = rows[~is_self].reshape(shape)
    order = np.lexsort((rows, distances))
    return np.take_along_axis(distances, order, axis=1), np.take_along_axis(rows, order, axis=1)


def nearest(features: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return distances and rows of the 7 nearest other rows; both (n, min(7, n - 1))."""
    return nearest_neighbours(features, NEIGHBOURS)


def scales(distances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return shape (n,), the greatest of the distances (n, k) of each row, above zero where all are duplicates.

    Examples
    --------
    >>> scales(np.array([[0.0, 2.0], [0.0, 0.0]]))
    array([2.   , 0.002])
    """
    last: NDArray[np.float64] = distances.max(axis=1)
    positive = last[last > 0]
    if len(positive) == 0:
        return np.ones_like(last)
    return np.maximum(last, 1e-3 * np.median(positive))
