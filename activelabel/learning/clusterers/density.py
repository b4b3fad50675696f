"""Groups as regions where rows lie close together; what lies alone is noise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.cluster import DBSCAN, HDBSCAN
from sklearn.neighbors import NearestNeighbors

from activelabel.learning.clusterers.grouping import grouped, joined
from activelabel.learning.limits import Quadratic
from activelabel.learning.neighbours import nearest_neighbours
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Clustering

__all__ = ["dbscan", "hdbscan"]

DENSE = 4
"""Rows, itself included, within reach of a core row: the number of the paper."""

CORE_SHARES = (0.5, 0.6, 0.7, 0.8, 0.9)
"""Shares of the rows that may be core rows: with less than half most rows are noise, with all there is one group."""

OUTSKIRTS = 2.0
"""Reaches from a core row within which a row still belongs to its group; beyond, it is noise."""

BY_REACH = Quadratic("dbscan", 20_000, "mini-batch-k-means, or --sample 20000", seconds_a_pair=2e-8)
BY_HIERARCHY = Quadratic("hdbscan", 20_000, "mini-batch-k-means, or --sample 20000", seconds_a_pair=4e-8)


def dbscan(features: NDArray[np.float32], k: int, rng: np.random.Generator) -> Clustering:
    """Return the groups of rows joined by chains of core rows, each of which has three others within reach.

    Of the reaches under which five to nine tenths of the rows are core rows, it is the one that finds most groups, the
    shortest of equals: in many dimensions distances are much alike, and the customary nine tenths then join everything.
    A row that is no core row goes to the nearest one within two reaches; farther out it is noise. Groups beyond k are
    joined, nearest first.

    Parameters
    ----------
    features
        Shape (n, d), n >= 1.
    k
        Groups at most.
    rng
        Not used: nothing here is random.

    Raises
    ------
    LearningError
        Above 20,000 rows.

    References
    ----------
    Ester, Kriegel, Sander, Xu (1996), A Density-Based Algorithm for Discovering Clusters.

    Examples
    --------
    >>> rows = np.array([[0], [1], [2], [3], [70], [71], [72], [73], [900]], dtype=np.float32)
    >>> dbscan(rows, 5, np.random.default_rng(0)).labels.tolist()
    [0, 0, 0, 0, 1, 1, 1, 1, -1]
    """
    BY_REACH.check(len(features))
    found = [(_core_groups(features, reach), reach) for reach in _reaches(features, CORE_SHARES)]
    core, reach = max(found, key=lambda one: one[0].max())
    return grouped(features, joined(features, _with_outskirts(features, core, OUTSKIRTS * reach), k))


def hdbscan(features: NDArray[np.float32], k: int, rng: np.random.Generator) -> Clustering:
    """Return the groups that last longest while the reach of DBSCAN grows, each at its own density.

    A row in none of them goes to the group of the nearest row that is in one, within twice the distance at which half
    of the rows have three others; farther out it is noise. Groups beyond k are joined, nearest first. Where no group
    stands out, all rows are one.

    Parameters
    ----------
    features
        Shape (n, d), n >= 1.
    k
        Groups at most.
    rng
        Not used: nothing here is random.

    Raises
    ------
    LearningError
        Above 20,000 rows.

    References
    ----------
    Campello, Moulavi, Sander (2013), Density-Based Clustering Based on Hierarchical Density Estimates.

    Examples
    --------
    >>> rows = np.array([[0], [1], [2], [3], [70], [71], [72], [73], [900]], dtype=np.float32)
    >>> hdbscan(rows, 5, np.random.default_rng(0)).labels.tolist()
    [0, 0, 0, 0, 1, 1, 1, 1, -1]
    """
    BY_HIERARCHY.check(len(features))
    if len(features) <= DENSE:
        return grouped(features, np.zeros(len(features), dtype=np.intp))
    with one_thread():
        core = HDBSCAN(min_cluster_size=DENSE, min_samples=DENSE, copy=True).fit(features).labels_.astype(np.intp)
    if (core < 0).all():
        core[:] = 0
    reach = _reaches(features, CORE_SHARES)[0]
    labels = _with_outskirts(features, core, OUTSKIRTS * reach)
    return grouped(features, joined(features, labels, k))


def _reaches(features: NDArray[np.float32], shares: tuple[float, ...]) -> list[float]:
    """Return for each share the distance within which that share of the rows has three others."""
    distances, _ = nearest_neighbours(features, DENSE - 1)
    if not distances.shape[1]:
        return [1.0]  # a single row reaches itself anyhow
    # the least above zero, where most rows are duplicates; and the rounding of another search is let through
    reaches = np.maximum(np.quantile(distances[:, -1], shares), np.finfo(np.float32).tiny) * (1.0 + 1e-5)
    return [float(reach) for reach in reaches]


def _core_groups(features: NDArray[np.float32], reach: float) -> NDArray[np.intp]:
    """Return the group of each core row, -1 for all others."""
    with one_thread():
        found = DBSCAN(eps=reach, min_samples=min(DENSE, len(features))).fit(features)
    core = np.full(len(features), -1, dtype=np.intp)
    core[found.core_sample_indices_] = found.labels_[found.core_sample_indices_]
    return core


def _with_outskirts(features: NDArray[np.float32], core: NDArray[np.intp], within: float) -> NDArray[np.intp]:
    """Return the labels, a row that has none being given that of the nearest row that has one, if it is near enough."""
    inside, outside = np.flatnonzero(core >= 0), np.flatnonzero(core < 0)
    labels = core.copy()
    if len(outside):
        with one_thread():
            index = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(features[inside])
            distances, nearest = index.kneighbors(features[outside])
        labels[outside] = np.where(distances[:, 0] <= within, core[inside[nearest[:, 0]]], -1)
    return labels
