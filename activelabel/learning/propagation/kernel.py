"""How strongly the neighbour graph joins two rows: the covariance under all regression on the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg.lapack import spotrf, spotri

from activelabel.learning.diagnostics import evenly_spaced
from activelabel.learning.kept import kept
from activelabel.learning.landmarks import landmarks_of
from activelabel.learning.neighbours import neighbour_graph
from activelabel.learning.propagation.solve import degrees, normalised, spread
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from activelabel.learning.landmarks import Landmarks

__all__ = ["DENSE_ROWS", "REACHES", "GraphKernel", "kernels_for", "kernels_of"]

REACHES = (0.9, 0.99)
"""How far labels may reach: within a few steps, or across a whole class."""

DENSE_ROWS = 4_000
"""Rows up to which the whole kernel is inverted: 64 MB and under a second, once."""

TOLERANCE = 2e-4
"""Residual at which a column of the kernel is right to a thousandth."""

COLUMNS = 64
"""Columns solved for at a time: at a million rows the four work arrays then stay near a gigabyte."""

PROBES = 64
"""Rows from which the mean diagonal is estimated; it only sets the unit in which noise is measured."""


class GraphKernel:
    """A = (D - a W)^-1 of a neighbour graph W with degrees D, scaled to mean diagonal 1.

    Up to 4,000 rows all of A is at hand. Above, only what is asked for is solved for, and what A is among the rows
    once asked about is remembered, so that ten new labels cost ten new columns.

    Where the graph is one of landmarks, the kernel of all n rows is E A E', E being by which landmarks each is spoken
    for: systems are solved on the landmarks alone.

    Parameters
    ----------
    graph
        Shape (n, n), or (p, p) between landmarks; symmetric weights.
    reach
        a, in (0, 1).
    spoken_for
        E, shape (n, p), rows sum to 1; None where every row is in the graph.

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

    def __init__(self, graph: csr_array, reach: float, spoken_for: csr_array | None = None) -> None:
        self._reach = reach
        self._spoken_for = spoken_for
        self._S = normalised(graph.astype(np.float32))
        self._half = (1.0 / np.sqrt(degrees(graph))).astype(np.float32)
        self._known = np.empty(0, dtype=np.intp)
        self._among = np.empty((0, 0))
        self.dense: NDArray[np.float32] | None = None
        with one_thread():
            if len(self._half) <= DENSE_ROWS and spoken_for is None:
                self.dense = self._inverted()
            else:
                probes = evenly_spaced(len(self._half), PROBES)
                self._scale = 1.0
                self._scale = float(np.diag(self._solved(_unit_columns(probes, len(self._half)))[probes]).mean())

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
            if self._spoken_for is None:
                sources = np.zeros((len(self._half), values.shape[1]), dtype=np.float32)
                sources[rows] = values
                return self._solved(sources).astype(np.float64)
            sources = np.asarray(self._spoken_for[rows].T @ values.astype(np.float32))
            return np.asarray(self._spoken_for @ self._solved(sources), dtype=np.float64)

    def _solved(self, sources: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return A X for sources X (p, q) at the rows of the graph."""
        solved = spread(self._S, sources * self._half[:, None], self._reach, TOLERANCE)
        solved *= self._half[:, None] / np.float32(self._scale)
        return np.asarray(solved)

    def _between(self, known: NDArray[np.intp], new: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return the kernel between rows known, shape (m,), and new ones, (q,); shape (m, q)."""
        if self._spoken_for is None:
            return self._solved(_unit_columns(new, len(self._half)))[known]
        return np.asarray(self._spoken_for[known] @ self._solved(self._spoken_for[new].T.toarray()))

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

    def _inverted(self) -> NDArray[np.float32]:
        # in place, and in the column order of LAPACK: the matrix is what costs memory here, so there is one of it
        system = np.asfortranarray(self._S.toarray())
        system *= -np.float32(self._reach)
        system.flat[:: len(system) + 1] += 1
        # the eigenvalues lie between 1 - a and 1 + a: neither step can fail
        factor = spotrf(system, lower=1, overwrite_a=1)[0]
        inverse = spotri(factor, lower=1, overwrite_c=1)[0]
        for place in range(1, len(inverse)):
            inverse[:place, place] = inverse[place, :place]
        inverse *= self._half[:, None]
        inverse *= self._half
        inverse /= np.float32(np.diag(inverse).mean(dtype=np.float64))
        return np.asarray(inverse.T)


def kernels_of(graph: csr_array) -> tuple[GraphKernel, ...]:
    """Return the kernel of each reach, shortest first; remembered as long as the graph lives."""
    return kept(graph, _made)


def kernels_for(features: NDArray[np.float32], graph: csr_array | None = None) -> tuple[GraphKernel, ...]:
    """Return the kernels of a graph or, without one, of a pool's own: above 100,000 rows that of its landmarks."""
    landmarks = landmarks_of(features) if graph is None else None
    if landmarks is not None:
        return kept(landmarks, _by_landmarks)
    return kernels_of(kept(features, neighbour_graph) if graph is None else graph)


def _made(graph: csr_array) -> tuple[GraphKernel, ...]:
    return tuple(GraphKernel(graph, reach) for reach in REACHES)


def _by_landmarks(landmarks: Landmarks) -> tuple[GraphKernel, ...]:
    graph = kept(landmarks.features, neighbour_graph)
    return tuple(GraphKernel(graph, reach, landmarks.weights) for reach in REACHES)


def _unit_columns(rows: NDArray[np.intp], n: int) -> NDArray[np.float32]:
    """Return the columns of the unit matrix (n, n) at the rows."""
    columns = np.zeros((n, len(rows)), dtype=np.float32)
    columns[rows, np.arange(len(rows))] = 1.0
    return columns
