"""Labels as sources and sinks on the neighbour graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import connected_components
from scipy.special import softmax

from activelabel.learning.neighbours import graph_of
from activelabel.learning.propagation.lineage import finish, one_hot, require_labels
from activelabel.learning.propagation.solve import degrees, normalised, spread
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool, Propagation

__all__ = ["poisson"]

TOLERANCE = 1e-6
"""Far from all labels potentials differ by little; it decides there."""

SHARPNESS = 2.0
"""Of the potentials, in units of the median winner's: they say which class, and how sure only against each other."""


def poisson(pool: Pool, rng: np.random.Generator) -> Propagation:
    """Let each label be a source of its class and a sink of the others, and give every row the potential it has then.

    With few labels a harmonic function is flat with spikes at the labels; a potential is not. In every part of the
    graph sources and sinks are balanced for themselves: a part with labels of one class is of that class, and rows
    that no path joins to a label are not reached.

    Parameters
    ----------
    pool
        Needs one label or more.
    rng
        Not used: nothing here is random.

    References
    ----------
    Calder, Cook, Thorpe, Slepcev (2020), Poisson Learning: Graph Based Semi-Supervised Learning at Very Low Label
    Rates.
    """
    require_labels(pool)
    graph = graph_of(pool).astype(np.float64)
    _, parts = connected_components(graph, directed=False)
    given = one_hot(pool.labels, pool.n_classes)
    shares = _shares_of_parts(parts[pool.labelled].astype(np.intp), int(parts.max()) + 1, given)
    sources = np.zeros((len(pool), pool.n_classes))
    sources[pool.labelled] = given - shares[parts[pool.labelled]]
    half = np.sqrt(degrees(graph))[:, None]
    with one_thread():
        # sources sum to 0 in every part, which is what makes the singular system solvable
        potential = spread(normalised(graph), sources / half, 1.0, TOLERANCE) / half
    present = shares[parts] > 0
    reached = present.any(axis=1)
    winners = potential[reached].max(axis=1)
    unit = float(np.median(winners[winners > 0])) if (winners > 0).any() else 1.0
    proba = np.zeros_like(potential)
    proba[reached] = softmax(np.where(present, SHARPNESS * potential / unit, -np.inf)[reached], axis=1)
    return finish(pool, proba, parts.astype(np.intp))


def _shares_of_parts(parts: NDArray[np.intp], n_parts: int, given: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of each class among the labels of each part, shape (parts, k), 0 in a part without labels."""
    counts = np.zeros((n_parts, given.shape[1]))
    np.add.at(counts, parts, given)
    return np.asarray(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1.0))
