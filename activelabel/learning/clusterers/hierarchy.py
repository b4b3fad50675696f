"""Groups made by joining the two that lie nearest, over and over."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.cluster import AgglomerativeClustering, Birch

from activelabel.learning.clusterers.grouping import grouped, joined, possible_groups
from activelabel.learning.kept import kept
from activelabel.learning.limits import Quadratic
from activelabel.learning.models.one_class import by_content
from activelabel.learning.neighbours import nearest_neighbours, neighbour_graph
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Clustering

__all__ = ["agglomerative", "birch"]

BY_NEIGHBOURS = Quadratic("agglomerative", 20_000, "birch, or --sample 20000", seconds_a_pair=2e-8)

SAMPLE = 10_000
"""Rows on which the width of a crowd is tried, before all rows are gathered."""

TIGHT = 0.25
"""Of the distance to the nearest other row: a crowd begins as near duplicates."""

MOST_CROWDS = 2_000
"""Crowds that are joined by comparing each with every other, in seconds; if there are more, crowds become wider."""


def agglomerative(features: NDArray[np.float32], k: int, rng: np.random.Generator) -> Clustering:
    """Return the groups left when, from single rows on, neighbours whose joining adds least variance were joined.

    Only groups that touch on the neighbour graph are joined, which keeps them in one piece and the work small.

    Parameters
    ----------
    features
        Shape (n, d), n >= 1.
    k
        Groups wanted; there are never more than distinct rows.
    rng
        Not used: nothing here is random.

    Raises
    ------
    LearningError
        Above 20,000 rows.

    References
    ----------
    Ward (1963), Hierarchical Grouping to Optimize an Objective Function.

    Examples
    --------
    >>> rows = np.array([[0.0], [0.1], [9.0]], dtype=np.float32)
    >>> agglomerative(rows, 2, np.random.default_rng(0)).sizes.tolist()
    [2, 1]
    """
    BY_NEIGHBOURS.check(len(features))
    k = possible_groups(features, k)
    if k == 1:
        return grouped(features, np.zeros(len(features), dtype=np.intp))
    graph = csr_matrix(kept(features, neighbour_graph))
    with one_thread(), warnings.catch_warnings():
        # a graph in several parts is joined at their nearest rows, which is what is wanted
        warnings.simplefilter("ignore", UserWarning)
        labels = AgglomerativeClustering(k, connectivity=graph).fit(features).labels_
    return grouped(features, labels.astype(np.intp))


def birch(features: NDArray[np.float32], k: int, rng: np.random.Generator) -> Clustering:
    """Return groups of crowds: rows are gathered in one pass into small crowds, and those are joined.

    Crowds are as wide as it takes to have at most 2,000 of them; in a small pool they are single rows and duplicates.

    Parameters
    ----------
    features
        Shape (n, d), n >= 1.
    k
        Groups at most.
    rng
        Decides the order in which rows are gathered.

    References
    ----------
    Zhang, Ramakrishnan, Livny (1996), BIRCH: An Efficient Data Clustering Method for Very Large Databases.

    Examples
    --------
    >>> rows = np.array([[0.0], [0.1], [9.0]], dtype=np.float32)
    >>> birch(rows, 2, np.random.default_rng(0)).sizes.tolist()
    [2, 1]
    """
    # gathering depends on the order: one that follows from what the rows hold, and then chance
    order = by_content(features, np.zeros(len(features), dtype=np.intp))[rng.permutation(len(features))]
    rows = features[order]
    with one_thread():
        crowds = _gathered(rows[:SAMPLE], TIGHT * _nearest_other(rows[:SAMPLE]))
        if len(rows) > SAMPLE:
            crowds = _gathered(rows, crowds.threshold)
    labels = np.empty(len(features), dtype=np.intp)
    labels[order] = crowds.labels_
    return grouped(features, joined(features, labels, k))


def _gathered(rows: NDArray[np.float32], width: float) -> Birch:
    """Return the rows in crowds of that radius, or of twice, four times ... it where there would be too many."""
    crowds = Birch(threshold=width, n_clusters=None).fit(rows)
    while len(crowds.subcluster_centers_) > MOST_CROWDS:
        width *= 2.0
        crowds = Birch(threshold=width, n_clusters=None).fit(rows)
    return crowds


def _nearest_other(features: NDArray[np.float32]) -> float:
    """Return the median distance of a row to its nearest other, above zero."""
    distances, _ = nearest_neighbours(features, 1)
    positive = distances[distances > 0]
    return float(np.median(positive)) if len(positive) else 1.0
