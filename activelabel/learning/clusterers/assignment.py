"""From centres to a clustering, in one pass over the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.protocols import Clustering

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["assign", "medoids_of", "nearest_centres"]

BLOCK = 8192
"""Rows at a time: the block and its products with 1,000 centres stay in tens of megabytes."""


def assign(features: NDArray[np.float32], centres: NDArray[np.float32]) -> Clustering:
    """Return every row with its nearest centre; centres nearest to no row are dropped.

    Parameters
    ----------
    features, centres
        Shapes (n, d) and (k, d).

    Examples
    --------
    >>> rows = np.array([[0.0], [1.0], [8.0]], dtype=np.float32)
    >>> clusters = assign(rows, np.array([[0.2], [50.0], [9.0]], dtype=np.float32))
    >>> clusters.labels.tolist(), clusters.medoids.tolist(), clusters.distances.astype(float).round(1).tolist()
    ([0, 0, 1], [0, 2], [0.2..., 0.8..., 1.0])
    """
    labels, distances = nearest_centres(features, centres)
    _, labels = np.unique(labels, return_inverse=True)
    return Clustering(labels, medoids_of(labels, distances), distances)


def nearest_centres(
    features: NDArray[np.float32], centres: NDArray[np.float32]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return the number of the centre that is nearest to each row, and its distance, both of shape (n,)."""
    labels = np.empty(len(features), dtype=np.intp)
    distances = np.empty(len(features), dtype=np.float32)
    # products of numbers far from zero lose the digits in which the centres differ
    middle = centres.mean(axis=0)
    centres = centres - middle
    half_squares = (centres**2).sum(axis=1) / 2
    for start in range(0, len(features), BLOCK):
        block = features[start : start + BLOCK] - middle
        # |x - c|^2 / 2 without the term of x, which is the same for every centre
        nearest = (half_squares - block @ centres.T).argmin(axis=1)
        labels[start : start + BLOCK] = nearest
        distances[start : start + BLOCK] = np.linalg.norm(block - centres[nearest], axis=1)
    return labels, distances


def medoids_of(labels: NDArray[np.intp], distances: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return the row nearest to its centre for each label from 0 on, the first of equals; labels below 0 have none."""
    order = np.lexsort((distances, labels))
    order = order[labels[order] >= 0]
    _, first = np.unique(labels[order], return_index=True)
    return order[first]
