"""Rows that are near to everything: how bad it is, and what is done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import skew

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["CANDIDATES", "HUBS", "hubness", "without_hubs"]

HUBS = 3.0
"""Skew above which hubs carry labels between classes that have nothing else in common: texts often lie above, most
tables and pictures below 2."""

CANDIDATES = 50
"""Neighbours among which other ones are looked for where there are hubs."""

BLOCK = 65_536


def hubness(neighbours: NDArray[np.integer]) -> float:
    """Return the skew of how often each row is among the neighbours of others; about 0 without hubs.

    Parameters
    ----------
    neighbours
        Shape (n, k), the rows nearest to each row.

    References
    ----------
    Radovanovic, Nanopoulos, Ivanovic (2010), Hubs in Space.

    Examples
    --------
    >>> hubness(np.array([[1], [2], [0]]))
    0.0
    >>> hubness(np.array([[1], [0], [0], [0], [0]])) > 1
    True
    """
    called = np.bincount(neighbours.ravel(), minlength=len(neighbours)).astype(np.float64)
    return 0.0 if called.min(initial=np.inf) == called.max(initial=-np.inf) else float(skew(called))


def without_hubs(
    distances: NDArray[np.floating], neighbours: NDArray[np.integer], k: int
) -> tuple[NDArray[np.floating], NDArray[np.integer]]:
    """Return the k of the candidates that are nearest for how near each of the two rows is to everything.

    A distance d_ij is compared as d_ij / sqrt(mu_i mu_j), mu being the mean distance of a row to its k nearest: to be
    near to a hub means little.

    Parameters
    ----------
    distances, neighbours
        Shape (n, c), c >= k candidates, nearest first.
    k
        Neighbours wanted.

    Returns
    -------
    tuple[NDArray[np.floating], NDArray[np.integer]]
        Both of shape (n, k): plain distances and rows, nearest by the compared distance first.

    References
    ----------
    Zelnik-Manor, Perona (2004), Self-Tuning Spectral Clustering; Schnitzer, Flexer, Schedl, Widmer (2012), Local and
    Global Scaling Reduce Hubs in Space.
    """
    usual = distances[:, :k].mean(axis=1, dtype=np.float64)
    chosen = tuple(np.empty((len(given), k), dtype=given.dtype) for given in (distances, neighbours))
    for start in range(0, len(distances), BLOCK):
        block = slice(start, start + BLOCK)
        among_all = np.sqrt(np.maximum(usual[block, None] * usual[neighbours[block]], np.finfo(np.float64).tiny))
        order = np.argsort(distances[block] / among_all, axis=1, kind="stable")[:, :k]
        for whole, given in zip(chosen, (distances, neighbours), strict=True):
            whole[block] = np.take_along_axis(given[block], order, axis=1)
    return chosen[0], chosen[1]
