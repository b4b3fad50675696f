"""Finding the nearest of n rows: exactly while that is quick, else by a graph of them or by cells."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

import numpy as np
from scipy.sparse import csr_array
from sklearn.neighbors import NearestNeighbors

from activelabel.learning.clusterers.assignment import assign, nearest_centres
from activelabel.learning.kept import kept
from activelabel.learning.progress import tell
from activelabel.learning.threads import one_thread, side_by_side, usable_threads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from activelabel.learning.protocols import Clustering

__all__ = ["EXACT_ROWS", "Index", "by_cells", "by_graph", "exactly", "index_of", "middles", "road_of"]

EXACT_ROWS = 20_000
"""Rows up to which a row is compared with every other: a second or so for all of them."""

BLOCK = 4096
"""Rows looked for at a time; the search itself keeps only tiles of the distances."""

CELL_ROWS = 400
CELLS_SEARCHED = 32
"""A row is compared with the rows of the 32 cells of some 400 rows around it. On real data (93,000 rows of 10 numbers,
60,000 of 60) that finds 99 of 100 neighbours or more in a fifth of the time; in noise without any structure far fewer,
but there neighbours have nothing to say."""

REFINEMENTS = 2
"""Moves of the cell centres to the middle of their rows; further ones find no more neighbours."""

LINKS = 16
BUILD_WIDTH = 80
SEARCH_WIDTH = 32
"""Links of a row, and rows kept in mind while building and while searching. Built with 40, more than twice as many
neighbours are missed where groups lie far apart (`benchmarks/neighbours.py --build-width 40`)."""


class Index(Protocol):
    """Says which of the rows it was made from are nearest to others."""

    def __call__(self, rows: NDArray[np.float32], k: int) -> tuple[NDArray[np.floating], NDArray[np.integer]]:
        """Return distances and numbers of the k nearest to each of r rows, k <= n, nearest first; both (r, k)."""
        ...


def index_of(features: NDArray[np.float32]) -> Index:
    """Return the index of the rows; what has to be built for it is remembered as long as they live.

    Up to 20,000 rows it is exact. Above, it is a navigable graph where Faiss is installed (the extra `scale`), else
    an inverted file. Which of the two finds more depends on the data (docs/methods.md, Size).

    Parameters
    ----------
    features
        Shape (n, d), n >= 1.

    Examples
    --------
    >>> rows = np.array([[0.0], [1.0], [5.0]], dtype=np.float32)
    >>> distances, found = index_of(rows)(np.array([[0.9], [4.0]], dtype=np.float32), k=2)
    >>> found.tolist()
    [[1, 0], [2, 1]]
    """
    if len(features) <= EXACT_ROWS:
        return exactly(features)
    return by_graph(features) if road_of() == "graph" else by_cells(features)


def road_of() -> Literal["graph", "cells"]:
    """Return by what the nearest among many rows are found here."""
    return "graph" if find_spec("faiss") else "cells"


def exactly(features: NDArray[np.float32]) -> Index:
    """Return an index that compares with every row."""

    def nearest(rows: NDArray[np.float32], k: int) -> tuple[NDArray[np.floating], NDArray[np.integer]]:
        distances, found = np.empty((len(rows), k)), np.empty((len(rows), k), dtype=np.intp)
        with one_thread():
            index = NearestNeighbors(n_neighbors=k, algorithm="brute").fit(features)
            for start in range(0, len(rows), BLOCK):
                block = slice(start, start + BLOCK)
                distances[block], found[block] = index.kneighbors(rows[block])
        return distances, found

    return nearest


def by_graph(features: NDArray[np.float32]) -> Index:
    """Return a hierarchical navigable small world of the rows; needs Faiss.

    It is built on one thread, by which rows come to be linked in one order everywhere; rows are looked for on as many
    as there are, which changes nothing.

    References
    ----------
    Malkov, Yashunin (2020), Efficient and Robust Approximate Nearest Neighbor Search Using Hierarchical Navigable
    Small World Graphs.
    """
    world = kept(features, _world)

    def nearest(rows: NDArray[np.float32], k: int) -> tuple[NDArray[np.floating], NDArray[np.integer]]:
        distances, found = _narrow(rows, k)
        world.hnsw.efSearch = max(SEARCH_WIDTH, 2 * k)
        with _threads_of_faiss(usable_threads()):
            for start in range(0, len(rows), BLOCK):
                block = slice(start, start + BLOCK)
                squares, found[block] = world.search(np.ascontiguousarray(rows[block]), k)
                distances[block] = np.sqrt(squares)
                tell("rows whose neighbours are found", min(start + BLOCK, len(rows)), len(rows))
        # rows that no link leads to, as among many twins, are not found
        lost = np.flatnonzero((found < 0).any(axis=1))
        if len(lost):
            distances[lost], found[lost] = exactly(features)(rows[lost], k)
        return distances, found

    return nearest


def by_cells(features: NDArray[np.float32]) -> Index:
    """Return an inverted file: a row is compared with the rows of the cells nearest to it, cells side by side.

    References
    ----------
    Jegou, Douze, Schmid (2011), Product Quantization for Nearest Neighbor Search, section 4.
    """
    return partial(_in_cells, features, kept(features, _cells))


def middles(features: NDArray[np.float32], clusters: Clustering) -> NDArray[np.float32]:
    """Return the mean of the rows of each cluster, shape (k, d)."""
    n, k = len(features), len(clusters.medoids)
    membership = csr_array((np.ones(n, dtype=np.float32), clusters.labels, np.arange(n + 1)), shape=(n, k))
    return np.asarray((membership.T @ features) / clusters.sizes[:, None], dtype=np.float32)


# what is remembered with the rows must not hold them, or both would stay for good


class _Cells(NamedTuple):
    """Rows parted into c cells: their middles (c, d), the rows of each, and the cells around each, nearest first."""

    centres: NDArray[np.float32]
    members: list[NDArray[np.intp]]
    around: NDArray[np.integer]


def _cells(features: NDArray[np.float32]) -> _Cells:
    with one_thread():
        # rows come in the order of their hash: evenly spaced ones are a random sample
        cells = assign(features, features[::CELL_ROWS])
        for done in range(REFINEMENTS):
            tell("passes over the rows", done + 1, REFINEMENTS + 1)
            cells = assign(features, middles(features, cells))
        centres = middles(features, cells)
    around = exactly(centres)(centres, min(CELLS_SEARCHED, len(centres)))[1]
    return _Cells(centres, _members(cells.labels, len(centres)), around)


def _world(features: NDArray[np.float32]) -> Any:
    import faiss

    world = faiss.IndexHNSWFlat(features.shape[1], LINKS)
    world.hnsw.efConstruction = BUILD_WIDTH
    with _threads_of_faiss(1):
        for start in range(0, len(features), BLOCK):
            world.add(np.ascontiguousarray(features[start : start + BLOCK]))
            tell("rows linked with those near them", min(start + BLOCK, len(features)), len(features))
    return world


@contextmanager
def _threads_of_faiss(number: int) -> Iterator[None]:
    import faiss

    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(number)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def _in_cells(
    features: NDArray[np.float32], cells: _Cells, rows: NDArray[np.float32], k: int
) -> tuple[NDArray[np.floating], NDArray[np.integer]]:
    """Return the k nearest among the rows of the cells around the cell that each row is in."""
    distances, found = _narrow(rows, k)
    with one_thread():
        own, _ = nearest_centres(rows, cells.centres)
    asking = _members(own, len(cells.centres))

    def look_up(cell: int) -> int:
        among = _enough(cells.members, cells.around[cell], k)
        distances[asking[cell]], places = exactly(features[among])(rows[asking[cell]], k)
        found[asking[cell]] = among[places]
        return len(asking[cell])

    done = 0
    for rows_done in side_by_side(look_up, [cell for cell, those in enumerate(asking) if len(those)]):
        done += rows_done
        tell("rows whose neighbours are found", done, len(rows))
    return distances, found


def _enough(members: list[NDArray[np.intp]], cells: NDArray[np.intp], k: int) -> NDArray[np.intp]:
    """Return the rows of the cells, ascending; those of all where these hold fewer than k."""
    among = np.concatenate([members[cell] for cell in cells])
    return np.sort(among if len(among) >= k else np.concatenate(members))


def _members(labels: NDArray[np.intp], k: int) -> list[NDArray[np.intp]]:
    sizes = np.bincount(labels, minlength=k)
    return np.split(np.argsort(labels, kind="stable"), np.cumsum(sizes)[:-1])


def _narrow(rows: NDArray[np.float32], k: int) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    # fifty candidates of a million rows are 400 MB, and would be 800
    return np.empty((len(rows), k), dtype=np.float32), np.empty((len(rows), k), dtype=np.int32)
