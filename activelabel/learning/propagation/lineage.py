"""Who speaks for a propagated label, and the finished `Propagation`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.indexes import EXACT_ROWS, index_of
from activelabel.learning.protocols import Pool, Propagation
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["finish", "one_hot", "require_labels", "speakers"]

DISTANCES = 2**24
"""Distances held at a time: 64 MB."""


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
    others = reached.copy()
    others[pool.labelled] = False
    rows = np.flatnonzero(others)
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
    found = np.empty(len(rows), dtype=np.intp)
    home, middle = groups[pool.labelled], pool.features[pool.labelled].mean(axis=0)
    order = np.lexsort((winners, groups[rows]))
    pairs = np.stack([groups[rows[order]], winners[order]], axis=1)
    starts = np.flatnonzero(np.any(pairs[1:] != pairs[:-1], axis=1)) + 1
    for asking in np.split(order, starts) if len(order) else []:
        near, bears = home == groups[rows[asking[0]]], pool.labels == winners[asking[0]]
        # by group first, then by class, then by distance
        some = next(these for these in (near & bears, near, bears, np.ones_like(near)) if these.any())
        found[asking] = _nearest(pool.features, pool.labelled[some], rows[asking], middle)
    return found


def _nearest(
    features: NDArray[np.float32], among: NDArray[np.intp], rows: NDArray[np.intp], middle: NDArray[np.float32]
) -> NDArray[np.intp]:
    """Return the nearest among some rows (m,) to each of others (r,); of equals the first. Of many it may be missed.

    Distances are taken from a middle of all of them, so that squares of what they share do not drown them.
    """
    some = features[among]
    if len(among) > EXACT_ROWS:
        return np.asarray(among[index_of(some)(features[rows], 1)[1][:, 0]])
    some = some - middle
    half_squares = (some**2).sum(axis=1) / 2
    places = np.empty(len(rows), dtype=np.intp)
    step = max(1, DISTANCES // len(among))
    with one_thread():
        for start in range(0, len(rows), step):
            block = slice(start, start + step)
            places[block] = (half_squares - (features[rows[block]] - middle) @ some.T).argmin(axis=1)
    return among[places]
