"""Rows that speak for a pool too big to be one graph, and how what is known of them is carried to the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.special import softmax

from activelabel.learning.diagnostics import evenly_spaced
from activelabel.learning.indexes import index_of
from activelabel.learning.kept import kept
from activelabel.learning.neighbours import NEIGHBOURS, nearest, neighbour_graph, scales

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FULL_ROWS", "Landmarks", "landmarks_of", "neighbour_weights", "parts_of"]

FULL_ROWS = 100_000
"""Rows up to which the whole pool is one graph; it takes half a minute there, once."""

SHARE = 0.2
"""Share of a bigger pool that are landmarks, where that is more than `FULL_ROWS`; `benchmarks/landmarks.py` says what
it costs. They are drawn at random: middles of clusters are hardly better."""

BLOCK = 65_536


@dataclass(frozen=True, eq=False)
class Landmarks:
    """Rows of a pool that its graph is made of.

    Attributes
    ----------
    rows
        Shape (p,), ascending.
    features
        Shape (p, d).
    weights
        Shape (n, p), rows sum to 1: by which landmarks each row is spoken for. A landmark speaks for itself.
    heaviest
        Shape (n,): which of them speaks most for each row.
    """

    rows: NDArray[np.intp]
    features: NDArray[np.float32]
    weights: csr_array
    heaviest: NDArray[np.intp]


def landmarks_of(features: NDArray[np.float32]) -> Landmarks | None:
    """Return the landmarks of a pool (n, d), remembered; None up to 100,000 rows, where none are needed.

    References
    ----------
    Delalleau, Bengio, Le Roux (2005), Efficient Non-Parametric Function Induction in Semi-Supervised Learning.

    Examples
    --------
    >>> landmarks_of(np.eye(3, dtype=np.float32)) is None
    True
    """
    return None if len(features) <= FULL_ROWS else kept(features, _landmarks)


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


def parts_of(features: NDArray[np.float32], graph: csr_array | None = None) -> NDArray[np.intp]:
    """Return the number of the connected part that each row is in, shape (n,): of a graph or else the pool's own.

    Above 100,000 rows that is the graph of landmarks, and a row is in the part of the one that speaks most for it.
    """
    landmarks = landmarks_of(features) if graph is None else None
    if landmarks is not None:
        return np.asarray(kept(kept(landmarks.features, neighbour_graph), _parts)[landmarks.heaviest])
    return kept(kept(features, neighbour_graph) if graph is None else graph, _parts)


def _landmarks(features: NDArray[np.float32]) -> Landmarks:
    n = len(features)
    rows = evenly_spaced(n, max(FULL_ROWS, int(SHARE * n)))
    some = features[rows]
    weights = neighbour_weights(some, features)
    own = np.zeros(n, dtype=bool)
    own[rows] = True
    values, found = weights.data.reshape(n, -1), weights.indices.reshape(n, -1)
    values[own], found[own] = 0.0, 0
    values[own, 0], found[own, 0] = 1.0, np.arange(len(rows))
    heaviest = np.take_along_axis(found, values.argmax(axis=1)[:, None], axis=1)[:, 0].astype(np.intp)
    weights.eliminate_zeros()
    return Landmarks(rows, some, weights, heaviest)


def _parts(graph: csr_array) -> NDArray[np.intp]:
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.intp)


def _scales_of(features: NDArray[np.float32]) -> NDArray[np.float64]:
    distances, _ = kept(features, nearest)
    return scales(distances) if distances.shape[1] else np.ones(len(features))
