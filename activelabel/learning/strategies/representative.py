"""Ask the rows that stand for the groups of the pool that have no label yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.clusterers.assignment import medoids_of
from activelabel.learning.clusterers.kmeans import BIG_POOL, by_size
from activelabel.learning.strategies.ranking import completed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Clustering, Pool

__all__ = ["nested_representatives", "representative"]

FIRST = 10
"""Rows after which the machine is expected to have looked again; the list is at its best up to there."""

LEVELS = 5
BIG_POOL_LEVELS = 3
"""Times that the number of centres doubles: beyond 160 more than labels, a k-means costs more than it tells."""


def representative(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask the middle row of each group that has no label, biggest groups first.

    The groups are those of `pool.clustering` where one is given and nothing is labelled yet; from then on, and for
    rows wanted beyond its groups, they are found anew with more centres than there are labels.

    References
    ----------
    Nguyen, Smeulders (2004), Active Learning Using Pre-clustering.
    """
    asked = np.zeros(len(pool), dtype=bool)
    asked[pool.labelled] = True
    chosen = np.empty(0, dtype=np.intp)
    if pool.clustering is not None and not asked.any():
        chosen = _middles_of_unasked(pool.clustering, pool.askable, asked)[:q]
    return _complete(pool, chosen, q, rng, min(max(q, 1), FIRST))


def nested_representatives(
    pool: Pool,
    q: int,
    rng: np.random.Generator,
    first: int = FIRST,
    oddness: NDArray[np.float32] | None = None,
) -> NDArray[np.intp]:
    """Return q rows in an order that is good wherever one stops.

    The first `first` rows are the middles of as many clusters (beside one for each label); then the number of centres
    doubles, and the clusters in which nothing has been asked or chosen give the next rows. Fifty clusters asked in
    order of size would be twenty points of accuracy worse after ten labels. When the levels are used up, the rest is
    drawn at random.

    Parameters
    ----------
    pool
        Its clustering is not looked at.
    q
        Rows wanted.
    rng
        Starts the clusterings, breaks ties and draws the rest.
    first
        Rows of the first level.
    oddness
        Shape (n,): of each group the least odd row is asked; the one nearest to its centre where it is None.

    Examples
    --------
    >>> from activelabel.learning.protocols import Pool
    >>> rows = np.array([[0], [1], [2], [3], [70], [71], [72]], dtype=np.float32)
    >>> nothing = np.empty(0, dtype=np.intp)
    >>> pool = Pool(rows, nothing, nothing, 2, np.ones(7, dtype=bool), np.ones(7))
    >>> nested_representatives(pool, 2, np.random.default_rng(0), first=2).tolist()[1]
    5
    """
    return _complete(pool, np.empty(0, dtype=np.intp), q, rng, first, oddness)


def _complete(
    pool: Pool,
    chosen: NDArray[np.intp],
    q: int,
    rng: np.random.Generator,
    first: int,
    oddness: NDArray[np.float32] | None = None,
) -> NDArray[np.intp]:
    """Add rows level by level to the chosen ones until there are q."""
    asked = np.zeros(len(pool), dtype=bool)
    asked[pool.labelled] = True
    asked[chosen] = True
    q = min(q, int(pool.askable.sum()))
    for level in range(BIG_POOL_LEVELS if len(pool) > BIG_POOL else LEVELS):
        if len(chosen) >= q:
            break
        centres = len(pool.labelled) + first * 2**level
        groups = by_size(pool.features, centres, rng)
        if oddness is not None:
            groups = replace(groups, distances=oddness)
        found = _middles_of_unasked(groups, pool.askable, asked)
        chosen = np.concatenate([chosen, found])
        asked[found] = True
    return completed(chosen[:q], pool.askable, q, rng)


def _middles_of_unasked(clusters: Clustering, askable: NDArray[np.bool_], asked: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the askable row nearest to the centre of each cluster without an asked row, biggest cluster first."""
    sizes = clusters.sizes
    touched = np.zeros(len(sizes), dtype=bool)
    touched[clusters.labels[asked & (clusters.labels >= 0)]] = True
    open_rows = askable & (clusters.labels >= 0) & ~touched[clusters.labels]
    middles = medoids_of(np.where(open_rows, clusters.labels, -1), clusters.distances)
    return middles[np.argsort(-sizes[clusters.labels[middles]], kind="stable")]
