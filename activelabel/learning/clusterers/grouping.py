"""From the number of each row's group to a clustering: means, medoids, and never more groups than wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from activelabel.learning.clusterers.assignment import medoids_of
from activelabel.learning.protocols import Clustering

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["grouped", "joined", "possible_groups"]


def grouped(features: NDArray[np.float32], labels: NDArray[np.intp]) -> Clustering:
    """Return the clustering in which the row nearest to the mean of its group stands for it.

    Parameters
    ----------
    features
        Shape (n, d).
    labels
        Shape (n,): equal numbers make a group, whatever they are; below 0 is noise.

    Examples
    --------
    >>> rows = np.array([[0.0], [1.0], [2.0], [50.0]], dtype=np.float32)
    >>> found = grouped(rows, np.array([7, 7, 7, -1]))
    >>> found.labels.tolist(), found.medoids.tolist(), found.distances.tolist()
    ([0, 0, 0, -1], [1], [1.0, 0.0, 1.0, inf])
    """
    distances = np.full(len(features), np.inf, dtype=np.float32)
    numbers = np.full(len(features), -1, dtype=np.intp)
    for number, members in enumerate(_members(labels)):
        rows = features[members]
        distances[members] = np.linalg.norm(rows - rows.mean(axis=0, dtype=np.float64), axis=1)
        numbers[members] = number
    return Clustering(numbers, medoids_of(numbers, distances), distances)


def joined(features: NDArray[np.float32], labels: NDArray[np.intp], k: int) -> NDArray[np.intp]:
    """Return the labels with groups joined until there are at most k, those first whose means lie nearest (Ward).

    Methods that find the number of groups themselves may find more than anybody wants to look at.

    Parameters
    ----------
    features
        Shape (n, d).
    labels
        Shape (n,); below 0 is noise, and stays so.

    References
    ----------
    Ward (1963), Hierarchical Grouping to Optimize an Objective Function.

    Examples
    --------
    >>> rows = np.array([[0.0], [1.0], [9.0], [50.0]], dtype=np.float32)
    >>> joined(rows, np.array([0, 1, 2, -1]), 2).tolist()
    [1, 1, 2, -1]
    """
    members = _members(labels)
    if len(members) <= k:
        return labels
    means = np.array([features[rows].mean(axis=0, dtype=np.float64) for rows in members])
    families = fcluster(linkage(means, "ward"), k, "maxclust")
    found = np.full(len(labels), -1, dtype=np.intp)
    for rows, family in zip(members, families.tolist(), strict=True):
        found[rows] = family
    return found


def possible_groups(features: NDArray[np.float32], k: int) -> int:
    """Return k, 1 or more, or the number of distinct rows where that is smaller.

    Examples
    --------
    >>> possible_groups(np.zeros((9, 2), dtype=np.float32), 5)
    1
    """
    seen: set[bytes] = set()
    for start in range(0, len(features), 4096):
        # adding zero makes -0.0 and 0.0 the same bytes
        seen.update(row.tobytes() for row in features[start : start + 4096] + np.float32(0))
        if len(seen) >= k:
            return max(k, 1)
    return len(seen)


def _members(labels: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Return the rows of each group, ascending, groups by their number, noise left out."""
    order = np.argsort(labels, kind="stable")
    order = order[labels[order] >= 0]
    if not len(order):
        return []
    starts = np.flatnonzero(np.diff(labels[order])) + 1
    return np.split(order, starts)
