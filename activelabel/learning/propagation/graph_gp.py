"""Regression on the neighbour graph: label spreading read as a Gaussian process."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from activelabel.learning.neighbours import graph_of, parts_of
from activelabel.learning.propagation.kernel import kernels_of
from activelabel.learning.propagation.lineage import finish, one_hot, require_labels
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.propagation.kernel import GraphKernel
    from activelabel.learning.protocols import Pool, Propagation

__all__ = ["NOISE", "GraphFit", "fit_graph", "graph_gp"]

NOISE = 0.02
"""Share of a kernel of mean diagonal 1 that a label may be off: contradicting twins stay solvable."""

FLOOR = 0.01
"""Added to every class before normalising: far from all labels, all classes are alike."""


class GraphFit(NamedTuple):
    """What labels say on a graph.

    Attributes
    ----------
    proba
        Shape (n, k), rows sum to 1: of every row.
    left_out
        Shape (m, k), rows sum to 1: what the other labels say of each labelled row.
    """

    proba: NDArray[np.float64]
    left_out: NDArray[np.float64]


def fit_graph(
    kernels: tuple[GraphKernel, ...],
    labelled: NDArray[np.intp],
    labels: NDArray[np.intp],
    n_classes: int,
    wrong: float = 0.0,
) -> GraphFit:
    """Return kernel regression on the graph, with the reach under which each label is best foretold by the others.

    With A the kernel, the classes are F = A_L (A_LL + 0.02 I)^-1 Y. Leaving a label out needs no further fit: with
    M = (A_LL + 0.02 I)^-1, the others say Y - M Y / diag(M) of it.

    Parameters
    ----------
    kernels
        Of one graph, the shortest reach first.
    labelled, labels
        Shape (m,), m >= 1: rows, in any order, and the class of each, 0 to n_classes - 1.
    n_classes
        k.
    wrong
        Share of labels taken to be wrong, e: it adds e (1 - e), the variance of such a label, to the 0.02.

    References
    ----------
    Zhu, Lafferty, Ghahramani (2003), Semi-Supervised Learning: From Gaussian Fields to Gaussian Processes.
    Rasmussen, Williams (2006), Gaussian Processes for Machine Learning, section 5.4.2 (leaving one out).

    Examples
    --------
    >>> from activelabel.learning.propagation.kernel import kernels_for
    >>> rows = np.array([[0.0], [1.0], [2.0], [8.0], [9.0]], dtype=np.float32)
    >>> fit_graph(kernels_for(rows), np.array([0, 4]), np.array([0, 1]), 2).proba.argmax(axis=1).tolist()
    [0, 0, 0, 1, 1]
    """
    Y = one_hot(labels, n_classes)
    # max keeps the first of equals: the shorter reach
    judged = [_judge(kernel, labelled, Y, NOISE + wrong * (1 - wrong)) for kernel in kernels]
    best = max(judged, key=lambda one: one.evidence)
    return GraphFit(_probabilities(best.kernel.carry(labelled, best.dual)), best.left_out)


def graph_gp(pool: Pool, rng: np.random.Generator) -> Propagation:
    """Carry labels by kernel regression, the kernel being how well the graph joins two rows.

    Rows that no path joins to a label are not reached.

    Parameters
    ----------
    pool
        Needs one label or more.
    rng
        Not used: nothing here is random.

    References
    ----------
    Zhu, Lafferty, Ghahramani (2003), Semi-Supervised Learning: From Gaussian Fields to Gaussian Processes.
    Zhou, Bousquet, Lal, Weston, Schoelkopf (2004), Learning with Local and Global Consistency.
    """
    require_labels(pool)
    parts = parts_of(pool)
    kernels = kernels_of(graph_of(pool))
    proba = fit_graph(kernels, pool.labelled, pool.labels, pool.n_classes, pool.noise).proba
    proba[~np.isin(parts, parts[pool.labelled])] = 0.0
    return finish(pool, proba, parts)


class _Judged(NamedTuple):
    evidence: float
    kernel: GraphKernel
    dual: NDArray[np.float64]
    left_out: NDArray[np.float64]


def _judge(kernel: GraphKernel, labelled: NDArray[np.intp], Y: NDArray[np.float64], noise: float) -> _Judged:
    """Return how well each label is foretold by the others under one kernel."""
    among = kernel.among(labelled)
    with one_thread():
        inverse = np.linalg.inv(among + noise * np.eye(len(Y)))
        dual = inverse @ Y
    left_out = _probabilities(Y - dual / np.diag(inverse)[:, None])
    return _Judged(float(np.log((left_out * Y).sum(axis=1)).sum()), kernel, dual, left_out)


def _probabilities(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    lifted = np.maximum(columns, 0.0) + FLOOR
    return np.asarray(lifted / lifted.sum(axis=1, keepdims=True))
