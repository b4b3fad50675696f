"""Who speaks for a propagated label, and the finished `Propagation`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.protocols import Pool, Propagation
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["finish", "one_hot", "require_labels", "speakers"]

BLOCK = 8192


def require_labels(pool: Pool) -> None:
    """Raise ValueError unless there is a label to carry."""
    if len(pool.labelled) == 0:
        raise ValueError("propagation needs one label or more, got none")


def one_hot(labels: NDArray[np.intp], n_classes: int) -> NDArray[np.float64]:
    """Return shape (m, k): 1 in the column of each label.

    Examples
    --------
    >>> one_hot(np.array([1, 0]), 2)
    array([[0., 1.],
           [1., 0.]])
    """
    return np.eye(n_classes)[labels]


def finish(pool: Pool, proba: NDArray[np.float64], groups: NDArray[np.intp]) -> Propagation:
    """Return what was propagated, labelled rows set to their label and every reached row with its speaker.

    Parameters
    ----------
    pool
        The pool the labels came from.
    proba
        Shape (n, k): rows sum to 1 where reached and to 0 elsewhere.
    groups
        Shape (n,): a label speaks within its own group only (a cluster, a connected part of the graph).
    """
    proba = proba.copy()
    proba[pool.labelled] = one_hot(pool.labels, pool.n_classes)
    reached = proba.sum(axis=1) > 0
    sources = np.full(len(pool), -1, dtype=np.intp)
    rows = np.flatnonzero(reached)
    sources[rows] = speakers(pool, rows, proba[rows].argmax(axis=1), groups)
    sources[pool.labelled] = pool.labelled
    return Propagation(proba, reached, sources)


def speakers(
    pool: Pool, rows: NDArray[np.intp], winners: NDArray[np.intp], groups: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Return for each row the nearest labelled row of its group that bears the winning class, or else of its group.

    Parameters
    ----------
    pool
        The pool the labels came from.
    rows, winners
        Shape (r,): rows and the class that won there.
    groups
        Shape (n,).

    Returns
    -------
    NDArray[np.intp]
        Shape (r,).
    """
    said = pool.features[pool.labelled]
    middle = said.mean(axis=0)
    said = said - middle
    half_squares = (said**2).sum(axis=1) / 2
    nearest = np.empty(len(rows), dtype=np.intp)
    with one_thread():
        for start in range(0, len(rows), BLOCK):
            block = slice(start, start + BLOCK)
            away = half_squares - (pool.features[rows[block]] - middle) @ said.T
            foreign = groups[rows[block], None] != groups[pool.labelled]
            other = winners[block, None] != pool.labels
            # by group first, then by class, then by distance; of equals the first
            rank = 2 * foreign.view(np.int8) + other
            away[rank > rank.min(axis=1, keepdims=True)] = np.inf
            nearest[block] = away.argmin(axis=1)
    return np.asarray(pool.labelled[nearest])
