"""Labels carried by the degrees to which rows belong to the same clouds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.clusterers.gaussian import gaussian_mixture
from activelabel.learning.propagation.lineage import finish, one_hot, require_labels
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Clustering, Pool, Propagation

__all__ = ["mixture_responsibilities"]

MOST_CLOUDS = 50
"""Clouds where labels are many; one for each label up to there."""


def mixture_responsibilities(pool: Pool, rng: np.random.Generator) -> Propagation:
    """Carry to every row the votes of the clouds it belongs to, by the degree to which it does.

    A labelled row votes in each cloud by its own degree. A cloud to which no labelled row belongs most has no say; rows
    that belong to such clouds for the greater part are not reached.

    Parameters
    ----------
    pool
        Needs one label or more. Its clustering is used as it is, memberships whole where they are hard; where there is
        none, a Gaussian mixture is fitted.
    rng
        Starts that mixture.

    References
    ----------
    Miller, Uyar (1997), A Mixture of Experts Classifier with Learning Based on Both Labelled and Unlabelled Data.
    """
    require_labels(pool)
    clusters = pool.clustering
    if clusters is None:
        wanted = min(max(len(pool.labelled), pool.n_classes), MOST_CLOUDS)
        clusters = gaussian_mixture(pool.features, wanted, rng)
    degrees = _memberships(clusters)
    heard = np.isin(np.arange(degrees.shape[1]), clusters.labels[pool.labelled])
    cast = one_hot(pool.labels, pool.n_classes) * pool.weights[pool.labelled, None]
    with one_thread():
        votes = degrees[np.ix_(pool.labelled, heard)].T @ cast
        said = degrees[:, heard] @ (votes / votes.sum(axis=1, keepdims=True))
    total = said.sum(axis=1, keepdims=True)
    proba = np.where(total > 0.5, said / np.where(total > 0.5, total, 1.0), 0.0)
    return finish(pool, proba, np.zeros(len(pool), dtype=np.intp))


def _memberships(clusters: Clustering) -> NDArray[np.float64]:
    """Return the degree to which each row belongs to each cluster, shape (n, k); noise belongs to none."""
    if clusters.responsibilities is not None:
        return clusters.responsibilities.astype(np.float64)
    whole = np.zeros((len(clusters.labels), len(clusters.medoids)))
    inside = np.flatnonzero(clusters.labels >= 0)
    whole[inside, clusters.labels[inside]] = 1.0
    return whole
