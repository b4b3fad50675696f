"""Regression on the neighbour graph: label spreading read as a Gaussian process."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse.csgraph import connected_components

from activelabel.learning.neighbours import graph_of
from activelabel.learning.propagation.lineage import finish, one_hot, require_labels
from activelabel.learning.propagation.solve import degrees, normalised, spread
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from activelabel.learning.protocols import Pool, Propagation

__all__ = ["graph_gp"]

REACHES = (0.9, 0.99)
"""How far labels may reach: within a few steps, or across a whole class."""

NOISE = 0.02
"""Share of a kernel of mean diagonal 1 that a label may be off: contradicting twins stay solvable."""

FLOOR = 0.01
"""Added to every class before normalising: far from all labels, all classes are alike."""

TOLERANCE = 2e-4
"""Residual at which a column of the kernel is right to a thousandth."""

COLUMNS = 64
"""Labels solved for at a time: at a million rows the four work arrays then stay near a gigabyte."""

PROBES = 32
"""Random signs from which the mean diagonal is estimated, to about a percent."""


class _Fit(NamedTuple):
    evidence: float
    columns: NDArray[np.float64]


def graph_gp(pool: Pool, rng: np.random.Generator) -> Propagation:
    """Carry labels by kernel regression, the kernel being how well the graph joins two rows.

    With W the neighbour graph, D its degrees and A = (D - a W)^-1 at mean diagonal 1, the classes are
    F = A_L (A_LL + 0.02 I)^-1 Y. The reach a is the one under which each label is best foretold by the others.
    Rows that no path joins to a label are not reached.

    References
    ----------
    Zhu, Lafferty, Ghahramani (2003), Semi-Supervised Learning: From Gaussian Fields to Gaussian Processes.
    Zhou, Bousquet, Lal, Weston, Schoelkopf (2004), Learning with Local and Global Consistency.
    """
    require_labels(pool)
    graph = graph_of(pool)
    _, parts = connected_components(graph, directed=False)
    signs = rng.choice(np.array([-1.0, 1.0], dtype=np.float32), size=(len(pool), PROBES))
    with one_thread():
        S, half = normalised(graph), (1.0 / np.sqrt(degrees(graph))).astype(np.float32)
        # max keeps the first of equals: the shorter reach
        best = max((_fit(pool, S, half, reach, signs) for reach in REACHES), key=lambda fit: fit.evidence)
    proba = _probabilities(best.columns)
    proba[~np.isin(parts, parts[pool.labelled])] = 0.0
    return finish(pool, proba, parts.astype(np.intp))


def _fit(pool: Pool, S: csr_array, half: NDArray[np.float32], reach: float, signs: NDArray[np.float32]) -> _Fit:
    """Return the classes F (n, k) under one reach, and the log-likelihood of each label given the others."""
    scale = _mean_diagonal(S, half, reach, signs)
    Y = one_hot(pool.labels, pool.n_classes)
    inverse = np.linalg.inv(_among_labels(pool, S, half, reach) / scale + NOISE * np.eye(len(Y)))
    dual = inverse @ Y
    left_out = Y - dual / np.diag(inverse)[:, None]
    evidence = np.log((_probabilities(left_out) * Y).sum(axis=1)).sum()
    sources = np.zeros((len(pool), pool.n_classes), dtype=np.float32)
    sources[pool.labelled] = dual * half[pool.labelled, None]
    columns = spread(S, sources, reach, TOLERANCE) * half[:, None] / scale
    return _Fit(float(evidence), columns.astype(np.float64))


def _among_labels(pool: Pool, S: csr_array, half: NDArray[np.float32], reach: float) -> NDArray[np.float64]:
    """Return A_LL before scaling, shape (m, m)."""
    m = len(pool.labelled)
    among = np.empty((m, m))
    for start in range(0, m, COLUMNS):
        rows = pool.labelled[start : start + COLUMNS]
        sources = np.zeros((len(pool), len(rows)), dtype=np.float32)
        sources[rows, np.arange(len(rows))] = half[rows]
        solved = spread(S, sources, reach, TOLERANCE)
        among[:, start : start + COLUMNS] = solved[pool.labelled] * half[pool.labelled, None]
    return (among + among.T) / 2


def _mean_diagonal(S: csr_array, half: NDArray[np.float32], reach: float, signs: NDArray[np.float32]) -> float:
    """Return the mean of the kernel's diagonal (Hutchinson 1990: the mean of z A z over random signs z)."""
    sources = signs * half[:, None]
    return float((sources * spread(S, sources, reach, TOLERANCE)).sum(dtype=np.float64) / signs.size)


def _probabilities(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    lifted = np.maximum(columns, 0.0) + FLOOR
    return np.asarray(lifted / lifted.sum(axis=1, keepdims=True))
