"""How strongly the neighbour graph joins two rows: the covariance under all regression on the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg.lapack import spotrf, spotri
from scipy.sparse import csr_array

from activelabel.learning.kept import kept
from activelabel.learning.neighbours import neighbour_graph
from activelabel.learning.progress import tell
from activelabel.learning.propagation.landmarks import landmarks_of
from activelabel.learning.propagation.solve import close_together, scaled, spread, whole_system
from activelabel.learning.sampling import evenly_spaced
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.propagation.landmarks import Landmarks
    from activelabel.learning.propagation.solve import Operator

__all__ = ["DENSE_ROWS", "REACHES", "GraphKernel", "kernels_for", "kernels_of"]

REACHES = (0.9, 0.99)
"""How far labels may reach: within a few steps, or across a whole class."""

DENSE_ROWS = 4_000
"""Rows up to which the whole kernel is inverted: 64 MB and under a second, once."""

TOLERANCE = 2e-4
"""Residual at which a column of the kernel is right to a thousandth."""

COLUMNS = 32
"""Columns solved for at a time: of more, what is multiplied no longer fits a processor's cache."""

PROBES = 64
"""Rows from which the mean diagonal is estimated; it only sets the unit in which noise is measured."""


class GraphKernel:
    """A = (D - a W)^-1 of a neighbour graph W with degrees D, scaled to mean diagonal 1.

    Up to 4,000 rows all of A is at hand. Above, only what is asked for is solved for, and what A is among the rows
    once asked about is remembered, so that ten new labels cost ten new columns.

    Where landmarks speak for a graph, A is P (P' (D - a W) P)^-1 P', P being by which of them each row is spoken for:
    systems are solved on the landmarks alone. What they do not know of a row's variance is added to it.

    Parameters
    ----------
    graph
        Shape (n, n); symmetric weights.
    reach
        a, in (0, 1).
    landmarks
        Of the graph; None where it is solved on whole.

    Attributes
    ----------
    dense
        Shape (n, n) float32, or None above 4,000 rows.

    References
    ----------
    Zhu, Lafferty, Ghahramani (2003), Semi-Supervised Learning: From Gaussian Fields to Gaussian Processes;
    Quinonero-Candela, Rasmussen (2005), A Unifying View of Sparse Approximate Gaussian Process Regression (landmarks).

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> chain = csr_array(np.array([[0.0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=np.float32))
    >>> GraphKernel(chain, 0.9).dense.round(2)
    array([[1.06, 0.8 , 0.72],
           [0.8 , 0.89, 0.8 ],
           [0.72, 0.8 , 1.06]], dtype=float32)
    """

    def __init__(self, graph: csr_array, reach: float, landmarks: Landmarks | None = None) -> None:
        n = graph.shape[0]
        self._reach = reach
        self._landmarks = landmarks
        self._known = np.empty(0, dtype=np.intp)
        self._among = np.empty((0, 0))
        self._scale = 1.0
        self._S: csr_array | Operator
        self.dense: NDArray[np.float32] | None = None
        with one_thread():
            if landmarks is not None:
                self._weights = landmarks.weights
                self._S, self._half = landmarks.system(reach)
            elif n <= DENSE_ROWS:
                self.dense = _inverted(*scaled(whole_system(graph, reach)))
                return
            else:
                order = close_together(graph)
                self._weights = csr_array((np.ones(n, dtype=np.float32), (order, np.arange(n))), shape=(n, n))
                self._S, self._half = scaled(whole_system(csr_array(graph[order][:, order]), reach))
            probes = evenly_spaced(n, PROBES)
            self._scale = float(np.diag(self._between(probes, probes)).mean())

    def among(self, rows: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return A between the rows, shape (m, m), symmetric."""
        if self.dense is not None:
            return self.dense[np.ix_(rows, rows)].astype(np.float64)
        new = np.setdiff1d(rows, self._known)
        if len(new):
            self._remember(new)
        order = np.argsort(self._known, kind="stable")
        places = order[np.searchsorted(self._known, rows, sorter=order)]
        return self._among[np.ix_(places, places)]

    def carry(self, rows: NDArray[np.intp], values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return A_L V, shape (n, k): what the values (m, k) at the rows give to every row."""
        with one_thread():
            if self.dense is not None:
                return np.asarray(self.dense[:, rows] @ values.astype(np.float32), dtype=np.float64)
            sources = self._weights[rows].T @ values.astype(np.float32)
            return np.asarray(self._weights @ self._solved(sources), dtype=np.float64)

    def _solved(self, sources: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what solves the system for sources (p, q), in the unit of the kernel."""
        solved = np.empty_like(sources, order="C")
        for start in range(0, sources.shape[1], COLUMNS):
            some = slice(start, start + COLUMNS)
            solved[:, some] = spread(self._S, sources[:, some] * self._half[:, None], 1.0, TOLERANCE)
            tell("columns carried over the graph", min(start + COLUMNS, sources.shape[1]), sources.shape[1])
        solved *= self._half[:, None] / np.float32(self._scale)
        return solved

    def _between(self, known: NDArray[np.intp], new: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the kernel between rows known, shape (m,), and new ones, (q,); shape (m, q)."""
        columns = self._solved(self._weights[new].T.toarray())
        between = np.asarray(self._weights[known] @ columns, dtype=np.float64)
        if self._landmarks is not None:
            unknown = self._landmarks.unknown(self._reach, new, columns * np.float32(self._scale))
            between += unknown / self._scale * (known[:, None] == new)
        return between

    def _remember(self, new: NDArray[np.intp]) -> None:
        """Solve for the columns of new rows and keep what they are at all rows known by then."""
        old = len(self._known)
        known = np.concatenate([self._known, new])
        among = np.zeros((len(known), len(known)))
        among[:old, :old] = self._among
        with one_thread():
            for start in range(0, len(new), COLUMNS):
                some = new[start : start + COLUMNS]
                among[:, old + start : old + start + len(some)] = self._between(known, some)
        fresh = among[old:, old:]
        among[old:, old:] = (fresh + fresh.T) / 2
        among[old:, :old] = among[:old, old:].T
        self._known, self._among = known, among


def _inverted(S: csr_array, half: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return H (I - S)^-1 H, H having half as its diagonal, in the unit in which its mean diagonal is 1."""
    # in place, and in the column order of LAPACK: the matrix is what costs memory here, so there is one of it
    system = np.asfortranarray(S.toarray())
    np.negative(system, out=system)
    system.flat[:: len(system) + 1] += 1
    # the eigenvalues lie between 1 - a and 1 + a: neither step can fail
    factor = spotrf(system, lower=1, overwrite_a=1)[0]
    inverse = spotri(factor, lower=1, overwrite_c=1)[0]
    for place in range(1, len(inverse)):
        inverse[:place, place] = inverse[place, :place]
    inverse *= half[:, None]
    inverse *= half
    inverse /= np.float32(np.diag(inverse).mean(dtype=np.float64))
    return np.asarray(inverse.T)


def kernels_of(graph: csr_array) -> tuple[GraphKernel, ...]:
    """Return the kernel of each reach, shortest first; remembered as long as the graph lives."""
    return kept(graph, _made)


def kernels_for(features: NDArray[np.float32]) -> tuple[GraphKernel, ...]:
    """Return the kernels of the neighbour graph of a pool (n, d)."""
    return kernels_of(kept(features, neighbour_graph))


def _made(graph: csr_array) -> tuple[GraphKernel, ...]:
    landmarks = landmarks_of(graph)
    return tuple(GraphKernel(graph, reach, landmarks) for reach in REACHES)
