"""Give a whole cluster the label its labelled rows vote for, or only the part of it nearest to the centre."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.clusterers.kmeans import by_size
from activelabel.learning.propagation.lineage import finish, require_labels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Clustering, Pool, Propagation

__all__ = ["cluster"]


def cluster(pool: Pool, rng: np.random.Generator, *, nearest: float = 100.0) -> Propagation:
    """Carry to every row of a cluster the weighted vote of the labelled rows in it.

    Parameters
    ----------
    pool
        Needs one label or more. Where it has no clustering, k-means finds one cluster for each label.
    rng
        Starts that k-means.
    nearest
        Percentile in [0, 100]: within each cluster, only rows whose distance to the centre does not exceed that
        percentile of its distances take the label. The textbook experiment uses 20.

    References
    ----------
    Geron (2022), Hands-On Machine Learning, chapter 9.
    """
    require_labels(pool)
    clusters = pool.clustering
    if clusters is None:
        clusters = by_size(pool.features, max(len(pool.labelled), pool.n_classes), rng)
    votes = np.zeros((len(clusters.medoids), pool.n_classes))
    homes = clusters.labels[pool.labelled]
    # a labelled row that is noise belongs to no cluster and votes in none
    at_home = homes >= 0
    np.add.at(votes, (homes[at_home], pool.labels[at_home]), pool.weights[pool.labelled[at_home]])
    total = votes.sum(axis=1, keepdims=True)
    shares = np.divide(votes, total, out=np.zeros_like(votes), where=total > 0)
    takes = (clusters.labels >= 0) & _near_their_centre(clusters, nearest)
    proba = np.where(takes[:, None], shares[clusters.labels], 0.0)
    return finish(pool, proba, clusters.labels)


def _near_their_centre(clusters: Clustering, percentile: float) -> NDArray[np.bool_]:
    """Return which rows are within that percentile of the distances in their own cluster."""
    near = np.zeros(len(clusters.labels), dtype=bool)
    order = np.argsort(clusters.labels, kind="stable")
    noise = int((clusters.labels < 0).sum())
    for members in np.split(order[noise:], np.cumsum(clusters.sizes)[:-1]):
        distances = clusters.distances[members]
        near[members] = distances <= np.percentile(distances, percentile)
    return near
