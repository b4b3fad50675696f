"""Label spreading on a sparse neighbour graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import connected_components

from activelabel.learning.neighbours import graph_of
from activelabel.learning.propagation.lineage import finish, one_hot, require_labels
from activelabel.learning.propagation.solve import normalised, spread
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool, Propagation

__all__ = ["label_spreading", "to_shares"]

TOLERANCE = 1e-6
"""Far from all labels only small numbers are left; they decide there, so they are solved for finely."""


def label_spreading(pool: Pool, rng: np.random.Generator, *, alpha: float = 0.99) -> Propagation:
    """Let labels flow to neighbours until they settle, then bring each class to its share among the labels.

    Parameters
    ----------
    pool
        Needs one label or more.
    rng
        Not used: nothing here is random.
    alpha
        In (0, 1): the share of what a row believes that it takes from its neighbours.

    References
    ----------
    Zhou, Bousquet, Lal, Weston, Schoelkopf (2004), Learning with Local and Global Consistency.
    Zhu, Ghahramani, Lafferty (2003), Semi-Supervised Learning Using Gaussian Fields (class mass normalisation).
    """
    require_labels(pool)
    graph = graph_of(pool)
    _, parts = connected_components(graph, directed=False)
    Y = np.zeros((len(pool), pool.n_classes))
    Y[pool.labelled] = one_hot(pool.labels, pool.n_classes)
    with one_thread():
        flow = np.maximum(spread(normalised(graph).astype(np.float64), Y, alpha, TOLERANCE), 0.0)
    shares = Y.sum(axis=0) / len(pool.labelled)
    proba = to_shares(flow, shares)
    proba[~np.isin(parts, parts[pool.labelled])] = 0.0
    return finish(pool, proba, parts.astype(np.intp))


def to_shares(flow: NDArray[np.floating], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return shape (n, k): each class scaled to its share of the whole flow, then each row to 1.

    Rows without flow get the shares.

    Examples
    --------
    >>> to_shares(np.array([[0.9, 0.1], [0.8, 0.2]]), np.array([0.5, 0.5])).round(2)
    array([[0.61, 0.39],
           [0.41, 0.59]])
    """
    mass = flow.sum(axis=0)
    scaled = flow * np.divide(shares, mass, out=np.zeros_like(shares), where=mass > 0)
    total = scaled.sum(axis=1, keepdims=True)
    return np.where(total > 0, scaled / np.where(total > 0, total, 1.0), shares)
