"""How rows lie about the centres of clusters, in numbers that add up: whether a pool is like a sample of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["ClusterStatistics", "drift"]


@dataclass(frozen=True, slots=True)
class ClusterStatistics:
    """What some rows come to in each of c clusters.

    Attributes
    ----------
    members
        Shape (c,): how many rows are nearest to each centre.
    sums
        Shape (c, d): the sum of their features.
    """

    members: NDArray[np.intp]
    sums: NDArray[np.float64]

    @classmethod
    def of(cls, features: NDArray[np.float32], clusters: NDArray[np.intp], count: int) -> ClusterStatistics:
        """Return those of rows (n, d) that are nearest to these of so many centres, shape (n,)."""
        n = len(features)
        membership = csr_array((np.ones(n), clusters, np.arange(n + 1)), shape=(n, count))
        return cls(np.bincount(clusters, minlength=count), np.asarray(membership.T @ features))

    def __add__(self, other: ClusterStatistics) -> ClusterStatistics:
        """Return those of the rows of both."""
        return ClusterStatistics(self.members + other.members, self.sums + other.sums)

    def off(self, centres: NDArray[np.float32]) -> float:
        """Return the mean square of how far the rows of a cluster lie from its centre as a whole."""
        seen = self.members > 0
        if not seen.any():
            return 0.0
        means = self.sums[seen] / self.members[seen, None]
        return float(np.average(((means - centres[seen]) ** 2).sum(axis=1), weights=self.members[seen]))


def drift(pool: ClusterStatistics, sample: ClusterStatistics, centres: NDArray[np.float32]) -> float:
    """Return how far clusters of a pool have moved, by how far their centres lie apart; about 0 where they have not.

    Parameters
    ----------
    pool
        Of all rows.
    sample
        Of a random sample of the pool as it was, none of which had a part in the centres: how far such rows lie from
        centres by chance alone.
    centres
        Shape (c, d).

    Examples
    --------
    >>> centres = np.array([[0.0], [10.0]], dtype=np.float32)
    >>> sample = ClusterStatistics.of(np.array([[-1.0], [1.0], [10.0]], dtype=np.float32), np.array([0, 0, 1]), 2)
    >>> moved = ClusterStatistics.of(np.array([[2.0], [12.0]], dtype=np.float32), np.array([0, 1]), 2)
    >>> drift(sample, sample, centres), drift(moved, sample, centres)
    (0.0, 0.4)
    """
    apart = float(((centres - centres.mean(axis=0)) ** 2).sum(axis=1).mean())
    return float(np.sqrt(max(pool.off(centres) - sample.off(centres), 0.0) / apart)) if apart > 0 else 0.0
