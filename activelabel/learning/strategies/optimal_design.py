"""Ask what tells most about all other rows, before any label: optimal design on the neighbour graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.strategies.ranking import completed
from activelabel.learning.strategies.stage import stage_of
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["sigma_optimality", "variance_optimality"]

NOISE = 0.01
"""Variance of a label beside a kernel of mean diagonal 1."""


def sigma_optimality(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask the rows whose labels would most reduce what is left unknown of the sum over the pool, one after another.

    Above 4,000 rows, 2,000 of them stand for all.

    References
    ----------
    Ma, Garnett, Schneider (2013), Sigma-Optimality for Active Learning on Gaussian Random Fields.
    """
    return _design(pool, q, rng, squared=False)


def variance_optimality(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask the rows whose labels would most reduce the sum of the variances of all rows, one after another.

    Above 4,000 rows, 2,000 of them stand for all.

    References
    ----------
    Ji, Han (2012), A Variance Minimization Criterion to Active Learning on Graphs.
    """
    return _design(pool, q, rng, squared=True)


class _Posterior:
    """What is unknown of rows after some have been observed, kept as a kernel and the directions known by now."""

    def __init__(self, kernel: NDArray[np.float32], weights: NDArray[np.float32], squared: bool) -> None:
        self._kernel, self._weights, self._squared = kernel, weights, squared
        self._known = np.empty((0, len(kernel)), dtype=np.float32)
        self._variance = np.diag(kernel).copy()
        # per row: the sum of its covariances with all rows, or of their squares
        self._told = np.square(kernel) @ weights if squared else kernel @ weights

    @property
    def gain(self) -> NDArray[np.float32]:
        """What observing each row would take away from what is unknown; shape (n,)."""
        told = self._told if self._squared else np.square(self._told)
        return np.asarray(told / (self._variance + NOISE))

    def observe(self, row: int) -> None:
        """Learn the label of one row."""
        covariance = self._kernel[row] - self._known[:, row] @ self._known
        direction = covariance / np.sqrt(self._variance[row] + NOISE)
        weighted = self._weights * direction
        if self._squared:
            crossed = self._kernel @ weighted - (self._known @ weighted) @ self._known
            self._told += direction * (direction * (weighted @ direction) - 2 * crossed)
        else:
            self._told -= direction * weighted.sum()
        self._variance = np.maximum(self._variance - direction**2, 0.0)
        self._known = np.vstack([self._known, direction])


def _design(pool: Pool, q: int, rng: np.random.Generator, squared: bool) -> NDArray[np.intp]:
    stage = stage_of(pool)
    weights = (pool.weights[stage.rows] / pool.weights[stage.rows].mean()).astype(np.float32)
    open_places = rng.permutation(np.flatnonzero(pool.askable[stage.rows]))
    chosen: list[int] = []
    with one_thread():
        posterior = _Posterior(stage.kernel, weights, squared)
        for place in stage.places_of(pool):
            posterior.observe(place)
        for _ in range(min(q, len(open_places))):
            best = int(posterior.gain[open_places].argmax())
            chosen.append(int(open_places[best]))
            open_places = np.delete(open_places, best)
            posterior.observe(chosen[-1])
    return completed(stage.rows[np.array(chosen, dtype=np.intp)], pool.askable, q, rng)
