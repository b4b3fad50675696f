"""Rows so alike that one answer does for all of them."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree
from scipy.spatial.distance import pdist

from activelabel.learning.kept import kept, lasting, stored_beside
from activelabel.learning.progress import tell
from activelabel.learning.sampling import evenly_spaced
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Originals", "are_found_soon", "near_duplicates", "originals_of", "together", "tolerance"]

SOON = 100_000
"""Rows up to which they are looked for before the first question."""

SHARE = 0.02
"""Of the distance of like rows: a fiftieth."""

LIKE = 0.1
"""Share of all pairs of rows that are called like."""

SAMPLE = 500
"""Rows whose pairs say how far apart like rows are: 124,750 of them."""

AXES_ROWS = 2_000
AXES = 16
"""Directions in which rows are looked for: rows that are near are near in each, and few others are in all."""

LEAF = 32
"""Rows of a leaf of the tree: rows are compared in runs, and few leaves are entered."""

BLOCK = 8_192
QUERY = 65_536
"""Rows looked for at a time: whoever stops the program waits a second at most."""

ROUNDING = 1e-3
"""By how much further two rows may look on the axes, for the bits that are lost on the way there."""


class Originals(NamedTuple):
    """The rows of a pool that are no near duplicates of others.

    Attributes
    ----------
    rows
        Shape (g,), ascending.
    place
        Shape (n,): for each row of the pool the place among `rows` of the one that stands for it.
    features
        Shape (g, d), those of `rows`.
    """

    rows: NDArray[np.intp]
    place: NDArray[np.intp]
    features: NDArray[np.float32]


def near_duplicates(features: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return for each row the row that stands for it: an earlier one that it hardly differs from, or itself.

    Rows are taken in their order. One that lies within `tolerance` of a row that stands for itself goes to the first
    such row; any other stands for itself. So there are no chains, by which rows that differ would meet over others
    between them, and of two rows that stand for themselves neither lies within the tolerance of the other.

    Nothing is approximate, at any number of rows, but that equal rows are told by digests of 64 bits: neighbours on the
    widest axes are looked for in a tree, and looked at in all dimensions. That takes about a second for 100,000 rows,
    so that it can precede the first question, and ten times as long for a million.

    Parameters
    ----------
    features
        Shape (n, d), finite.

    Returns
    -------
    NDArray[np.intp]
        Shape (n,).

    References
    ----------
    Hartigan (1975), Clustering Algorithms, chapter 3 (the leader algorithm).

    Examples
    --------
    >>> rows = np.arange(20.0, dtype=np.float32)[:, None]
    >>> rows[7], rows[9] = 3.0001, 3.0
    >>> near_duplicates(rows)[[3, 7, 8, 9]].tolist()
    [3, 3, 8, 3]
    """
    if len(features) == 0:
        return np.empty(0, dtype=np.intp)
    first, place = _equal(features)
    return np.asarray(first[_leaders(features, first, tolerance(features))[place]])


def are_found_soon(n: int) -> bool:
    """Say whether near duplicates among n rows are found in a second or two, so that nobody waits for them."""
    return n <= SOON


def tolerance(features: NDArray[np.float32]) -> float:
    """Return how far a row may lie from another one and still count as the same.

    That is a fiftieth of the distance below which one pair of rows in ten lies. In numbers: where like rows differ by
    one standard deviation in every column, near duplicates differ by two hundredths of one, less than what most
    columns are measured to and a card shows. Not much further apart begin, in open data, questions that ask for
    another thing in the same words, and people a year apart in age, whom nobody would call the same.

    The lowest tenth of the pairs are rows of one kind where there are ten kinds or fewer; so kinds that lie far apart
    do not stretch the scale, and neither does a row far out. Where one pair in ten is equal the tolerance is 0, and
    equal rows alone are the same: to ask too often is the smaller harm.

    Parameters
    ----------
    features
        Shape (n, d).

    Examples
    --------
    >>> rows = np.random.default_rng(0).normal(size=(300, 50)).astype(np.float32)
    >>> round(tolerance(rows), 3), round(tolerance(10 * rows), 2)
    (0.174, 1.74)
    """
    sample = features[evenly_spaced(len(features), SAMPLE)]
    return SHARE * float(np.quantile(pdist(sample), LIKE)) if len(sample) > 1 else 0.0


def originals_of(features: NDArray[np.float32]) -> Originals | None:
    """Return the rows that are no near duplicates of others, remembered; None where that is all of them.

    Examples
    --------
    >>> originals_of(np.eye(3, dtype=np.float32)) is None
    True
    >>> rows = np.eye(3, dtype=np.float32)[[0, 1, 1, 2]]
    >>> originals_of(rows).rows.tolist(), originals_of(rows).place.tolist()
    ([0, 1, 3], [0, 1, 1, 2])
    """
    return kept(features, _originals)


def together(originals: NDArray[np.intp], groups: NDArray[np.intp] | None) -> NDArray[np.intp]:
    """Return the groups, those that share a near duplicate made one; where there are none, the near duplicates alone.

    Parameters
    ----------
    originals
        Shape (n,), as from `near_duplicates`.
    groups
        Shape (n,), a number a row, or None.

    Returns
    -------
    NDArray[np.intp]
        Shape (n,): rows of equal number belong together.

    Examples
    --------
    >>> together(np.array([0, 1, 1, 3]), np.array([5, 5, 6, 7])).tolist()
    [0, 0, 0, 1]
    >>> together(np.array([0, 1, 1, 3]), None).tolist()
    [0, 1, 1, 3]
    """
    n = len(originals)
    rows = np.arange(n)
    if groups is None:
        return originals
    if (originals == rows).all():
        return groups
    _, first, group = np.unique(groups, return_index=True, return_inverse=True)
    ends = np.concatenate([originals, first[group]])
    links = csr_array((np.ones(2 * n, dtype=np.int8), (np.tile(rows, 2), ends)), shape=(n, n))
    return connected_components(links, directed=False)[1].astype(np.intp)


def _originals(features: NDArray[np.float32]) -> Originals | None:
    rows, place = np.unique(lasting(features, near_duplicates), return_inverse=True)
    if len(rows) == len(features):
        return None
    distinct = features[rows]
    stored_beside(features, distinct, "distinct")
    return Originals(rows, place, distinct)


def _equal(features: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the first of each set of equal rows, ascending, and for each row the place of its own among them."""
    # rows are told apart by digests, because sorting whole rows takes several times their memory; two that differ
    # share one in one of ten million pools of a million rows
    digests = np.empty(len(features), dtype=np.uint64)
    for start in range(0, len(features), BLOCK):
        block = np.ascontiguousarray(features[start : start + BLOCK] + np.float32(0.0))  # 0.0 ends -0.0
        joined = b"".join(blake2b(row, digest_size=8).digest() for row in block)
        digests[start : start + BLOCK] = np.frombuffer(joined, dtype=np.uint64)
    _, first, digest = np.unique(digests, return_index=True, return_inverse=True)
    rows, place = np.unique(first[digest], return_inverse=True)
    return rows, place


def _leaders(features: NDArray[np.float32], rows: NDArray[np.intp], reach: float) -> NDArray[np.intp]:
    """Return for each of r distinct rows the place of the first within reach that has no such one itself, or its own.

    Only what lies near is looked up: the distinct rows side by side would be a second matrix of features.
    """
    leaders = np.arange(len(rows))
    if reach == 0.0:
        return leaders
    seen = _on_widest_axes(features, rows)
    # the midpoint, not the median: columns of few values would put equal rows on both sides of it
    tree = KDTree(seen, leafsize=LEAF, balanced_tree=False)
    limit = reach * (1 + ROUNDING)
    nearest = np.empty(len(rows))
    for start in range(0, len(rows), QUERY):
        block = slice(start, start + QUERY)
        # each row is looked for by itself: on any number of threads the same is found
        found = np.asarray(tree.query(seen[block], k=2, distance_upper_bound=limit, workers=-1)[0])
        nearest[block] = found[:, 1]
        tell("rows compared with those most like them", min(start + QUERY, len(rows)), len(rows))
    alone = np.ones(len(rows), dtype=bool)
    for row in np.flatnonzero(np.isfinite(nearest)).tolist():
        if leaders[row] == row:
            near = np.array(tree.query_ball_point(seen[row], limit), dtype=np.intp)
            near = near[alone[near]]
            near = near[np.linalg.norm(features[rows[near]] - features[rows[row]], axis=1) <= reach]
            leaders[near] = row
            alone[near] = False
    return leaders


def _on_widest_axes(features: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the rows on the axes along which they differ most, on which no two are further apart than they are."""
    sample = features[rows[evenly_spaced(len(rows), AXES_ROWS)]].astype(np.float64)
    middle = sample.mean(axis=0)
    with one_thread():
        axes = np.linalg.eigh((sample - middle).T @ (sample - middle))[1][:, -AXES:]
        seen = np.empty((len(rows), axes.shape[1]))
        for start in range(0, len(rows), BLOCK):
            seen[start : start + BLOCK] = (features[rows[start : start + BLOCK]] - middle) @ axes
    return seen
