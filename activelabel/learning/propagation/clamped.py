"""Labels that flow over the neighbour graph while those given stay what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, diags_array
from scipy.sparse.csgraph import connected_components

from activelabel.learning.neighbours import graph_of
from activelabel.learning.propagation.lineage import finish, one_hot, require_labels
from activelabel.learning.propagation.solve import degrees, normalised, spread
from activelabel.learning.propagation.spreading import to_shares
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool, Propagation

__all__ = ["harmonic", "label_propagation"]

STEPS = 1_000
SETTLED = 1e-3
"""As in scikit-learn: flowing ends when all rows together change by less than a thousandth."""

TOLERANCE = 1e-6
"""Far from all labels classes differ by little; it decides there."""


def label_propagation(pool: Pool, rng: np.random.Generator) -> Propagation:
    """Let every row take the weighted mean of its neighbours, over and over, until nothing moves.

    Rows that no path joins to a label are not reached.

    Parameters
    ----------
    pool
        Needs one label or more.
    rng
        Not used: nothing here is random.

    References
    ----------
    Zhu, Ghahramani (2002), Learning from Labeled and Unlabeled Data with Label Propagation; scikit-learn,
    LabelPropagation (when it ends).
    """
    require_labels(pool)
    graph = graph_of(pool)
    step = diags_array(1.0 / degrees(graph)) @ graph
    given = one_hot(pool.labels, pool.n_classes)
    flow = np.zeros((len(pool), pool.n_classes))
    flow[pool.labelled] = given
    for _ in range(STEPS):
        moved = _rows_to_1(step @ flow)
        moved[pool.labelled] = given
        change = float(np.abs(moved - flow).sum())
        flow = moved
        if change < SETTLED:
            break
    return finish(pool, flow, np.zeros(len(pool), dtype=np.intp))


def harmonic(pool: Pool, rng: np.random.Generator) -> Propagation:
    """Give every row the mean of its neighbours exactly, then bring each class to its share among the labels.

    Rows that no path joins to a label are not reached.

    Parameters
    ----------
    pool
        Needs one label or more.
    rng
        Not used: nothing here is random.

    References
    ----------
    Zhu, Ghahramani, Lafferty (2003), Semi-Supervised Learning Using Gaussian Fields and Harmonic Functions.
    """
    require_labels(pool)
    graph = graph_of(pool).astype(np.float64)
    _, parts = connected_components(graph, directed=False)
    joined = np.isin(parts, parts[pool.labelled])
    joined[pool.labelled] = False
    free = np.flatnonzero(joined)
    given = one_hot(pool.labels, pool.n_classes)
    half = np.sqrt(degrees(graph))[free, None]
    with one_thread():
        among_free = csr_array(normalised(graph)[free][:, free])
        # every free part touches a label, so that alpha = 1 still has a solution
        found = spread(among_free, (graph[free][:, pool.labelled] @ given) / half, 1.0, TOLERANCE) / half
    proba = np.zeros((len(pool), pool.n_classes))
    proba[free] = to_shares(np.maximum(found, 0.0), given.mean(axis=0))
    return finish(pool, proba, parts.astype(np.intp))


def _rows_to_1(flow: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rows scaled to sum 1, those without flow as they are."""
    total = flow.sum(axis=1, keepdims=True)
    return np.asarray(flow / np.where(total > 0, total, 1.0))
