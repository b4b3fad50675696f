"""k-means on all rows, or in mini-batches where the pool is big."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.cluster import KMeans, MiniBatchKMeans

from activelabel.learning.clusterers.assignment import assign
from activelabel.learning.clusterers.grouping import possible_groups
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Clustering

__all__ = ["BIG_POOL", "by_size", "k_means", "mini_batch_k_means"]

BIG_POOL = 20_000
"""Rows from which passes over everything are too slow between two answers."""

BATCH = 10_000
"""Rows a mini-batch: faster and no worse than 1,000 on a million rows of 64 numbers."""


def by_size(features: NDArray[np.float32], k: int, rng: np.random.Generator) -> Clustering:
    """Return k-means clusters, in mini-batches above `BIG_POOL` rows."""
    method = k_means if len(features) <= BIG_POOL else mini_batch_k_means
    return method(features, k, rng)


def k_means(features: NDArray[np.float32], k: int, rng: np.random.Generator) -> Clustering:
    """Return the clusters of the best of several k-means runs.

    Parameters
    ----------
    features
        Shape (n, d), n >= 1.
    k
        Clusters wanted; there are never more than distinct rows.

    Examples
    --------
    >>> rows = np.array([[0.0], [0.1], [9.0]], dtype=np.float32)
    >>> k_means(rows, 2, np.random.default_rng(0)).sizes.tolist()
    [2, 1]
    """
    # ten starts cost too much between two answers once a run takes seconds
    starts = 10 if len(features) <= 5_000 else 3
    model = KMeans(possible_groups(features, k), n_init=starts, random_state=_seed(rng))
    return _fit(model, features)


def mini_batch_k_means(features: NDArray[np.float32], k: int, rng: np.random.Generator) -> Clustering:
    """Return k-means clusters whose centres were found on batches of 10,000 rows, then one pass that assigns all.

    Examples
    --------
    >>> rows = np.array([[0.0], [0.1], [9.0]], dtype=np.float32)
    >>> mini_batch_k_means(rows, 7, np.random.default_rng(0)).sizes.tolist()
    [1, 1, 1]
    """
    model = MiniBatchKMeans(
        possible_groups(features, k), batch_size=BATCH, n_init=3, compute_labels=False, random_state=_seed(rng)
    )
    return _fit(model, features)


def _fit(model: KMeans | MiniBatchKMeans, features: NDArray[np.float32]) -> Clustering:
    with one_thread():
        model.fit(features)
        return assign(features, model.cluster_centers_.astype(np.float32))


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(2**31))
