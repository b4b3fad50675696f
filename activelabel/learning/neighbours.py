"""Which rows lie next to which: the nearest neighbours, and the weighted graph they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from sklearn.neighbors import NearestNeighbors

from activelabel.learning.clusterers.assignment import assign
from activelabel.learning.hubs import CANDIDATES, HUBS, hubness, without_hubs
from activelabel.learning.kept import kept
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from activelabel.learning.protocols import Clustering, Pool

__all__ = ["NEIGHBOURS", "graph_of", "middles", "nearest_neighbours", "neighbour_graph", "scales"]

NEIGHBOURS = 7
"""Neighbours a row: enough to connect a class, few enough to stay inside it."""

BLOCK = 4096
"""Rows asked at a time; the search itself keeps only tiles of the distances."""

EXACT_ROWS = 20_000
"""Rows up to which every row is compared with every other: a second or so."""

CELL_ROWS = 400
CELLS_SEARCHED = 32
"""Above that, each row is compared with the rows of the 32 cells of some 400 rows around it. On real data (93,000 rows
of 10 numbers, 60,000 of 60) that finds 99 of 100 neighbours or more in a fifth of the time; in noise without any
structure far fewer, but there neighbours have nothing to say."""

REFINEMENTS = 2
"""Moves of the cell centres to the middle of their rows; further ones find no more neighbours."""


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
    distances, neighbours = nearest_neighbours(features, k)
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

    Up to 20,000 rows they are exact; above, they are looked for in the cells around each row (an inverted file).

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

    References
    ----------
    Jegou, Douze, Schmid (2011), Product Quantization for Nearest Neighbor Search, section 4 (the inverted file).

    Examples
    --------
    >>> distances, rows = nearest_neighbours(np.array([[0.0], [1.0], [5.0]], dtype=np.float32), k=2)
    >>> rows.tolist()
    [[1, 2], [0, 2], [1, 0]]
    """
    n = len(features)
    k = min(k, n - 1)
    distances, rows = np.empty((n, max(k, 0))), np.empty((n, max(k, 0)), dtype=np.intp)
    if k < 1:
        return distances, rows
    with one_thread():
        for asking, among in _everything(n) if n <= EXACT_ROWS else _by_cells(features):
            index = NearestNeighbors(n_neighbors=k + 1, algorithm="brute").fit(features[among])
            far, found = index.kneighbors(features[asking])
            distances[asking], rows[asking] = _without_self(far.astype(np.float64), among[found], asking)
    return distances, rows


def _everything(n: int) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Yield blocks of rows, each with all rows to look among."""
    among = np.arange(n)
    for start in range(0, n, BLOCK):
        yield among[start : start + BLOCK], among


def _by_cells(features: NDArray[np.float32]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Yield the rows of each cell, with the rows of the cells nearest to it, itself included."""
    # rows come in the order of their hash: evenly spaced ones are a random sample
    clusters = assign(features, features[::CELL_ROWS])
    for _ in range(REFINEMENTS):
        clusters = assign(features, middles(features, clusters))
    members = np.split(np.argsort(clusters.labels, kind="stable"), np.cumsum(clusters.sizes)[:-1])
    centres = middles(features, clusters)
    searched = min(CELLS_SEARCHED, len(members))
    around = NearestNeighbors(n_neighbors=searched, algorithm="brute").fit(centres).kneighbors(centres)[1]
    for cell, near in enumerate(around):
        yield (
            members[cell],
            np.sort(np.concatenate([members[cell], *(members[other] for other in near if other != cell)])),
        )


def middles(features: NDArray[np.float32], clusters: Clustering) -> NDArray[np.float32]:
    """Return the mean of the rows of each cluster, shape (k, d)."""
    n, k = len(features), len(clusters.medoids)
    membership = csr_array((np.ones(n, dtype=np.float32), clusters.labels, np.arange(n + 1)), shape=(n, k))
    return np.asarray((membership.T @ features) / clusters.sizes[:, None], dtype=np.float32)


def _without_self(
    distances: NDArray[np.float64], rows: NDArray[np.intp], own: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Drop the asking row from its own neighbours, or the last one where duplicates have crowded it out."""
    is_self = rows == own[:, None]
    is_self[~is_self.any(axis=1), -1] = True
    shape = len(rows), rows.shape[1] - 1
    distances = distances[~is_self].reshape(shape)
    rows = rows[~is_self].reshape(shape)
    order = np.lexsort((rows, distances))
    return np.take_along_axis(distances, order, axis=1), np.take_along_axis(rows, order, axis=1)


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
