"""Any clusterer on a few rows that stand for all, and from those to all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.clusterers.assignment import assign
from activelabel.learning.clusterers.grouping import grouped
from activelabel.learning.indexes import middles
from activelabel.learning.propagation.extension import extend
from activelabel.learning.propagation.lineage import one_hot
from activelabel.learning.registry import find

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Clustering

__all__ = ["BY_DENSITY", "coverage_sample", "sampled"]

BY_DENSITY = frozenset({"dbscan", "hdbscan", "mean-shift"})
"""Clusterers that go by how thick rows lie: they get random rows, because a coverage sample evens that out."""

DRAWN = 10
"""Rows drawn at random for each row of a sample: what is missed is rare, and the cost does not follow n."""

ROUNDS = 5
"""Parts in which starts are drawn, each where the ones before left rows far away."""

BLOCK = 50_000
"""Rows at a time, so that votes of all rows for all groups are never in memory together."""


def sampled(name: str, size: int, features: NDArray[np.float32], k: int, rng: np.random.Generator) -> Clustering:
    """Return the clusters of a sample, each other row going where its nearest rows of the sample are.

    The 7 nearest rows vote, nearer ones counting more (`extension.extend`); a row whose neighbours are noise is noise.
    So a method that compares all rows with each other serves any number of rows: above the sample the cost is one pass.
    The sample is one that leaves no row far from it; for methods that go by density (`BY_DENSITY`) it is random.

    Parameters
    ----------
    name
        The clusterer's, in the registry.
    size
        Rows of the sample at most, 1 or more; a pool that is no bigger is clustered whole.
    features
        Shape (n, d), n >= 1.
    k
        Clusters at most.
    rng
        Draws the sample, then goes to the method.

    Raises
    ------
    LearningError
        If the method refuses as many rows as the sample has.

    References
    ----------
    Bengio, Paiement, Vincent, Delalleau, Le Roux, Ouimet (2003), Out-of-Sample Extensions for LLE, Isomap, MDS,
    Eigenmaps, and Spectral Clustering.

    Examples
    --------
    >>> rows = np.repeat(np.array([[0.0], [9.0]], dtype=np.float32), 50, axis=0)
    >>> rows += np.linspace(0, 1, 100, dtype=np.float32)[:, None]
    >>> sampled("agglomerative", 20, rows, 2, np.random.default_rng(0)).sizes.tolist()
    [50, 50]
    """
    method = find("clusterer", name)
    if len(features) <= size:
        return method(features, k, rng)
    rows = rng.permutation(len(features))[:size] if name in BY_DENSITY else coverage_sample(features, size, rng)
    rows.sort()
    some = features[rows]
    found = method(some, k, rng)
    # noise is one more group to vote for, the first
    groups = len(found.medoids) + 1
    shares = np.empty((len(some), 0)) if found.responsibilities is None else found.responsibilities
    said = np.hstack([one_hot(found.labels + 1, groups), shares]).astype(np.float64, copy=False)
    labels = np.empty(len(features), dtype=np.intp)
    responsibilities = np.empty((len(features), shares.shape[1]), dtype=np.float32)
    for start in range(0, len(features), BLOCK):
        block = slice(start, start + BLOCK)
        heard = extend(some, said, features[block])
        labels[block], responsibilities[block] = heard[:, :groups].argmax(axis=1) - 1, heard[:, groups:]
    labels[rows] = found.labels
    whole = grouped(features, labels)
    return whole if found.responsibilities is None else replace(whole, responsibilities=responsibilities)


def coverage_sample(features: NDArray[np.float32], size: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return rows that leave no other far from all of them, ascending, `size` at most: medoids of as many small groups.

    Among ten times as many random rows starts are drawn in five rounds, a row the likelier the farther it is from those
    before (squared), and moved once to the middle of the rows around them. So small groups that lie apart are met, of
    which a random sample has one row or none, and outliers are not preferred, as choosing the farthest row would. It
    costs the same whatever n is; choosing rows one after another (k-centre, herding) costs a pass over all for each.

    Parameters
    ----------
    features
        Shape (n, d).
    size
        1 or more.
    rng
        Draws the rows and the starts.

    References
    ----------
    Bahmani, Moseley, Vattani, Kumar, Vassilvitskii (2012), Scalable K-Means++ (drawing starts in rounds).

    Examples
    --------
    >>> rows = np.repeat(np.array([0.0, 5.0, 9.0], dtype=np.float32), [900, 90, 10])[:, None]
    >>> chosen = coverage_sample(rows, 40, np.random.default_rng(0))
    >>> np.unique(rows[chosen]).tolist()
    [0.0, 5.0, 9.0]
    """
    drawn = rng.permutation(len(features))[: DRAWN * size]
    rows = features[drawn]
    groups = assign(rows, rows[_starts(rows, size, rng)])
    return np.sort(drawn[assign(rows, middles(rows, groups)).medoids])


def _starts(rows: NDArray[np.float32], size: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return `size` of the rows, or as many as differ; the first ones are the first, rows being in random order."""
    part = -(-size // ROUNDS)
    chosen = np.arange(min(part, len(rows)))
    nearest = assign(rows, rows[chosen]).distances.astype(np.float64) ** 2
    while len(chosen) < size and nearest.any():
        count = min(part, size - len(chosen), int(np.count_nonzero(nearest)))
        drawn = rng.choice(len(rows), count, replace=False, p=nearest / nearest.sum())
        nearest = np.minimum(nearest, assign(rows, rows[drawn]).distances.astype(np.float64) ** 2)
        nearest[drawn] = 0.0  # and not what rounding leaves of it
        chosen = np.concatenate([chosen, drawn])
    return chosen
