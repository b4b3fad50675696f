"""Which rows lie next to which: the nearest neighbours, and the weighted graph they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from activelabel.learning.hubs import CANDIDATES, HUBS, hubness, without_hubs
from activelabel.learning.indexes import EXACT_ROWS, index_of
from activelabel.learning.kept import kept, lasting
from activelabel.learning.sampling import evenly_spaced

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["NEIGHBOURS", "graph_of", "nearest", "nearest_neighbours", "neighbour_graph", "parts_of", "scales"]

NEIGHBOURS = 7
"""Neighbours a row: enough to connect a class, few enough to stay inside it."""

BLOCK = 65_536

LISTED = np.dtype([("distance", np.float32), ("row", np.int32)])


def graph_of(pool: Pool) -> csr_array:
    """Return the graph the pool came with, or that of its features, remembered as long as they live."""
    return kept(pool.features, neighbour_graph) if pool.graph is None else pool.graph


def parts_of(pool: Pool) -> NDArray[np.intp]:
    """Return the number of the connected part of the pool's graph that each row is in, shape (n,)."""
    return kept(graph_of(pool), _parts)


def neighbour_graph(features: NDArray[np.float32], k: int = NEIGHBOURS) -> csr_array:
    """Return the weights between neighbouring rows.

    Rows i and j are joined when one is among the k nearest of the other, with weight exp(-d^2 / (s_i s_j)); s_i is
    the distance of row i to its k-th neighbour, so that dense and sparse regions hold together alike. Where a few rows
    are near to everything (`hubs`), neighbours are chosen by distances that allow for it; 20,000 rows tell.

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
    distances, neighbours = (kept(features, _usual) if k == NEIGHBOURS else _around(features, k)).joined
    if neighbours.shape[1] == 0:
        return csr_array(np.zeros((n, n), dtype=np.float32))  # one row, or none
    scale = scales(distances)
    weights = np.exp(-(distances**2) / (scale[:, None] * scale[neighbours]))
    starts = np.arange(n + 1, dtype=np.int32) * neighbours.shape[1]
    ends = neighbours.ravel().astype(np.int32)
    one_way = csr_array((weights.ravel().astype(np.float32), ends, starts), shape=(n, n))
    graph = csr_array(one_way.maximum(one_way.T), shape=(n, n))
    graph.eliminate_zeros()
    graph.sort_indices()
    return graph


def nearest_neighbours(features: NDArray[np.float32], k: int) -> tuple[NDArray[np.floating], NDArray[np.integer]]:
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
    tuple[NDArray[np.floating], NDArray[np.integer]]
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
    distances: NDArray[np.floating], rows: NDArray[np.integer]
) -> tuple[NDArray[np.floating], NDArray[np.integer]]:
    """Drop each row from its own neighbours, or the last one where duplicates have crowded it out; done in place."""
    others = rows.shape[1] - 1
    for start in range(0, len(rows), BLOCK):
        block = slice(start, start + BLOCK)
        is_self = rows[block] == np.arange(len(rows))[block, None]
        is_self[~is_self.any(axis=1), -1] = True
        near, who = (given[block][~is_self].reshape(-1, others) for given in (distances, rows))
        order = np.lexsort((who, near))
        distances[block, :others] = np.take_along_axis(near, order, axis=1)
        rows[block, :others] = np.take_along_axis(who, order, axis=1)
    return distances[:, :others], rows[:, :others]


def nearest(features: NDArray[np.float32]) -> tuple[NDArray[np.floating], NDArray[np.integer]]:
    """Return distances and rows of the 7 nearest other rows, remembered; both (n, min(7, n - 1))."""
    return kept(features, _usual).nearest


def scales(distances: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return shape (n,), the greatest of the distances (n, k) of each row, above zero where all are duplicates.

    Examples
    --------
    >>> scales(np.array([[0.0, 2.0], [0.0, 0.0]]))
    array([2.   , 0.002])
    """
    last: NDArray[np.floating] = distances.max(axis=1)
    positive = last[last > 0]
    if len(positive) == 0:
        return np.ones_like(last)
    return np.asarray(np.maximum(last, 1e-3 * np.median(positive)))


class _Around(NamedTuple):
    """Distances and rows, each (n, k): of the nearest of each row, and of those that it is joined to."""

    nearest: tuple[NDArray[np.floating], NDArray[np.integer]]
    joined: tuple[NDArray[np.floating], NDArray[np.integer]]


def _usual(features: NDArray[np.float32]) -> _Around:
    if len(features) <= EXACT_ROWS:
        return _around(features, NEIGHBOURS)
    lists = lasting(features, neighbour_lists)
    nearest_, joined = ((lists["distance"][:, place], lists["row"][:, place]) for place in (0, -1))
    return _Around(nearest_, joined)


def neighbour_lists(features: NDArray[np.float32]) -> NDArray[np.void]:
    """Return the 7 nearest of each row and, where there are hubs, the 7 it is joined to, as one array.

    Returns
    -------
    NDArray[np.void]
        Shape (n, 1 or 2, 7), of fields `distance` and `row`.
    """
    found = _around(features, NEIGHBOURS)
    kinds = [found.nearest] if found.joined is found.nearest else list(found)
    lists = np.empty((len(features), len(kinds), found.nearest[0].shape[1]), dtype=LISTED)
    for place, (distances, rows) in enumerate(kinds):
        lists["distance"][:, place], lists["row"][:, place] = distances, rows
    return lists


def _around(features: NDArray[np.float32], k: int) -> _Around:
    some = features[evenly_spaced(len(features), EXACT_ROWS)]
    of_some = nearest_neighbours(some, k)
    hubs = hubness(of_some[1]) > HUBS
    if len(some) == len(features) and not hubs:
        return _Around(of_some, of_some)
    # all in one search, which takes much longer than to look farther
    distances, rows = nearest_neighbours(features, CANDIDATES if hubs else k)
    found = distances[:, :k].copy(), rows[:, :k].copy()
    return _Around(found, without_hubs(distances, rows, found[0].shape[1]) if hubs else found)


def _parts(graph: csr_array) -> NDArray[np.intp]:
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.intp)
