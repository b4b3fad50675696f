"""Rows that speak for the others in a graph too big to be solved on, and what they do not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_array, diags_array
from scipy.sparse.csgraph import connected_components

from activelabel.learning.propagation.solve import close_together, degrees, scaled, spread, whole_system
from activelabel.learning.sampling import evenly_spaced

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.propagation.solve import Operator

__all__ = ["Landmarks", "groups_of", "landmarks_of"]

FULL_ROWS = 100_000
"""Rows up to which a graph is solved on whole."""

SHARE = 0.2
"""Share of the rows of a bigger graph that are landmarks, drawn at random: middles of clusters are hardly better. What
it costs is measured by `benchmarks/landmarks.py`."""

DAMPING = 2 / 3
"""How far each row's weights go towards its neighbours': what smooths fastest where eigenvalues end at 2."""

STRONGEST = 4
"""Edges of a row by which borders of groups are smoothed: with all of them the system of landmarks has many more
entries."""

PRODUCT_ROWS = 200
BLOCK = 65_536

HOPS = 2
"""How far around a row its own part of the variance is looked for."""

TOLERANCE = 1e-3


class Landmarks:
    """Rows that a graph is solved on in place of all, and by which of them each row is spoken for.

    Every row joins the landmark that the heaviest path leads to, step by step. The rows of a group would say the same;
    one step of smoothing over the graph makes borders of groups gradual (smoothed aggregation). So weights P are made
    of the whole graph, and the system of the landmarks, P' (D - a W) P, is the whole one seen through them: what
    it solves is the nearest to the true solution that they can say.

    Parameters
    ----------
    graph
        W, shape (n, n), symmetric weights; its rows in random order.

    Attributes
    ----------
    weights
        P, shape (n, p) float32, rows sum to 1.

    References
    ----------
    Vanek, Mandel, Brezina (1996), Algebraic Multigrid by Smoothed Aggregation for Second and Fourth Order Elliptic
    Problems; Quinonero-Candela, Rasmussen (2005), A Unifying View of Sparse Approximate Gaussian Process Regression.

    Examples
    --------
    >>> chain = csr_array(np.diag(np.ones(9, dtype=np.float32), 1) + np.diag(np.ones(9, dtype=np.float32), -1))
    >>> landmarks = Landmarks(chain)
    >>> landmarks.weights.shape, landmarks.weights.sum(axis=1).round(3).min()
    ((10, 2), np.float32(1.0))
    """

    def __init__(self, graph: csr_array) -> None:
        order = close_together(graph)
        self._place = np.argsort(order)
        self._graph = csr_array(graph[order][:, order])
        self._degrees = degrees(self._graph)
        self._spoken_for = _smoothed(self._graph, _renumbered(groups_of(graph)[order]))
        self.weights = csr_array(self._spoken_for[self._place])

    def system(self, reach: float) -> tuple[csr_array | Operator, NDArray[np.float32]]:
        """Return S, shape (p, p), and h, shape (p,): H P' (D - a W) P H is I - S, H having h as its diagonal.

        Where rows have few neighbours in common, as in noise of many columns, the product would hold far more than
        its factors: it is not multiplied out then.
        """
        P = self._spoken_for
        if self._product_entries() <= self._graph.nnz + 2 * P.nnz:
            return scaled(csr_array(P.T @ (whole_system(self._graph, reach) @ P)))
        half = (1.0 / np.sqrt(self._diagonal(reach))).astype(np.float32)
        return _Unmultiplied(P, csr_array(P.T), self._graph, self._degrees.astype(np.float32), reach, half), half

    def unknown(self, reach: float, rows: NDArray[np.intp], columns: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return what landmarks do not know of the variance at rows: how much (D - a W)^-1 is greater there.

        What is left of a row's unit, once landmarks have solved for it, is near to the row and soon spent: it is
        solved for among the rows two steps around.

        Parameters
        ----------
        reach
            a.
        rows
            Shape (q,).
        columns
            Shape (p, q): for each row the solution at the landmarks.

        Returns
        -------
        NDArray[np.float64]
            Shape (q,), 0 or more; a bound from below.

        References
        ----------
        Snelson, Ghahramani (2006), Sparse Gaussian Processes using Pseudo-inputs.
        """
        return np.array([self._unknown(reach, *each) for each in zip(self._place[rows], columns.T, strict=True)])

    def _unknown(self, reach: float, row: np.intp, column: NDArray[np.float32]) -> float:
        around = np.array([row])
        for _ in range(HOPS):
            around = np.union1d(around, self._graph[around].indices)
        touching, total = self._graph[around], self._degrees[around]
        near = np.union1d(around, touching.indices)
        known = np.zeros(len(self._degrees))
        known[near] = self._spoken_for[near] @ column
        left = reach * (touching @ known) - total * known[around]
        left[np.searchsorted(around, row)] += 1.0
        half = 1.0 / np.sqrt(total)
        inner = csr_array(diags_array(half) @ touching[:, around] @ diags_array(half))
        found = half * spread(inner, (half * left)[:, None], reach, TOLERANCE)[:, 0]
        return float(left @ found)

    def _product_entries(self) -> float:
        """Return about how many entries P' W P has, by some of its rows."""
        P = self._spoken_for
        some = csr_array(P[:, evenly_spaced(P.shape[1], PRODUCT_ROWS)].T)
        return float((some @ self._graph @ P).nnz * P.shape[1] / some.shape[0])

    def _diagonal(self, reach: float) -> NDArray[np.float64]:
        """Return the diagonal of P' (D - a W) P, shape (p,)."""
        found = np.zeros(self._spoken_for.shape[1])
        for start in range(0, len(self._degrees), BLOCK):
            block = slice(start, start + BLOCK)
            some = self._spoken_for[block]
            image = diags_array(self._degrees[block]) @ some - reach * (self._graph[block] @ self._spoken_for)
            found += np.asarray(some.multiply(image).sum(axis=0)).ravel()
        return found


class _Unmultiplied(NamedTuple):
    """I - H P' (D - a W) P H."""

    spoken_for: csr_array
    across: csr_array
    graph: csr_array
    degrees: NDArray[np.float32]
    reach: float
    half: NDArray[np.float32]

    def __matmul__(self, columns: NDArray[np.floating]) -> NDArray[np.floating]:
        spoken = self.spoken_for @ (columns * self.half[:, None])
        image = self.graph @ spoken
        image *= np.float32(-self.reach)
        spoken *= self.degrees[:, None]
        image += spoken
        return np.asarray(columns - self.half[:, None] * (self.across @ image))


def landmarks_of(graph: csr_array) -> Landmarks | None:
    """Return what a graph is solved on; None up to 100,000 rows, where it is solved on whole.

    Examples
    --------
    >>> landmarks_of(csr_array(np.eye(3))) is None
    True
    """
    return Landmarks(graph) if graph.shape[0] > FULL_ROWS else None


def groups_of(graph: csr_array) -> NDArray[np.intp]:
    """Return by number the landmark that each row has joined, shape (n,).

    Landmarks are a fifth of the rows. A row joins with the neighbour that is joined to it by the heaviest of its
    edges to rows that have; rows that no path leads from to a landmark are a group for themselves.

    Parameters
    ----------
    graph
        Shape (n, n), symmetric weights; its rows in random order.

    Examples
    --------
    >>> groups_of(csr_array(np.zeros((3, 3), dtype=np.float32))).tolist()
    [0, 1, 2]
    """
    n = graph.shape[0]
    landmarks = evenly_spaced(n, round(SHARE * n))
    groups = np.full(n, -1, dtype=np.intp)
    groups[landmarks] = np.arange(len(landmarks))
    waiting = np.flatnonzero(groups < 0)
    while len(waiting):
        joined = _joined(csr_array(graph[waiting]), groups)
        if (joined < 0).all():
            break
        groups[waiting] = joined
        waiting = waiting[joined < 0]
    parts = connected_components(graph[waiting][:, waiting], directed=False)[1]
    groups[waiting] = len(landmarks) + parts
    return groups


def _renumbered(groups: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the groups (n,) with the numbers in which they come."""
    numbers, first = np.unique(groups, return_index=True)
    places = np.empty(len(numbers), dtype=np.intp)
    places[np.argsort(first)] = np.arange(len(numbers))
    return places[groups]


def _smoothed(graph: csr_array, groups: NDArray[np.intp]) -> csr_array:
    """Return which share of each row each group speaks for, shape (n, p): its own, and those of its neighbours."""
    n, p = len(groups), int(groups.max()) + 1
    member = csr_array((np.ones(n, dtype=np.float32), groups, np.arange(n + 1)), shape=(n, p))
    strong = _heaviest(graph, STRONGEST)
    heard = diags_array((DAMPING / degrees(strong)).astype(np.float32)) @ (strong @ member)
    weights = csr_array(np.float32(1 - DAMPING) * member + heard)
    # a row without neighbours hears nothing
    return csr_array(diags_array(1 / np.asarray(weights.sum(axis=1))) @ weights)


def _joined(edges: csr_array, groups: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the group at the other end of each row's heaviest edge (r, n) to a row that has one; -1 without such."""
    edges.data[groups[edges.indices] < 0] = 0.0
    edges.eliminate_zeros()
    joined = np.full(edges.shape[0], -1, dtype=np.intp)
    joined[np.diff(edges.indptr) > 0] = groups[_heaviest(edges, 1).indices]
    return joined


def _heaviest(edges: csr_array, number: int) -> csr_array:
    """Return of the edges (r, n) so many of each row, the heaviest."""
    row = np.repeat(np.arange(edges.shape[0]), np.diff(edges.indptr))
    order = np.lexsort((edges.indices, -edges.data, row))
    kept = np.sort(order[np.arange(len(order)) - edges.indptr[row] < number])
    return csr_array((edges.data[kept], (row[kept], edges.indices[kept])), shape=edges.shape)
