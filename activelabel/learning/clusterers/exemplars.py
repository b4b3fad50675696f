"""Groups around rows: those that others choose to be represented by, and those to which density leads uphill."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
from sklearn.cluster import AffinityPropagation
from sklearn.exceptions import ConvergenceWarning

from activelabel.learning.clusterers.assignment import assign
from activelabel.learning.clusterers.grouping import grouped, joined, possible_groups
from activelabel.learning.limits import Quadratic
from activelabel.learning.neighbours import nearest_neighbours
from activelabel.learning.sampling import evenly_spaced
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Clustering

__all__ = ["affinity_propagation", "mean_shift"]

BY_MESSAGES = Quadratic(
    "affinity-propagation", 4_000, "k-means, or --sample 4000", seconds_a_pair=8e-7, bytes_a_pair=30
)
TERRAIN = 20_000
"""Rows that density is taken from; more of them move no peak."""

DAMPING = 0.9
"""Share of the old message in the new one: with less, messages about duplicates swing for ever."""

CLIMBERS = 300
"""Rows from which density is climbed: a peak of a hundredth of the rows is missed by all of them once in twenty."""

SAMPLE = 2_000
"""Rows among which the usual distance to a quarter of a group is measured."""

STEPS = 50
ARRIVED = 1e-3
"""Uphill: a climber is there when it moves by less than a thousandth of its reach, and near enough after 50 steps."""

SHARE_WITHIN = 0.25
"""Of the rows of an average group, those within reach of a climber; with all of them everything is one peak."""


def affinity_propagation(features: NDArray[np.float32], k: int, rng: np.random.Generator) -> Clustering:
    """Return groups around exemplars, which rows have agreed on by messages to each other.

    The number of exemplars follows from the median similarity; groups beyond k are joined, nearest first.

    Parameters
    ----------
    features
        Shape (n, d), n >= 1.
    k
        Groups at most.
    rng
        Breaks ties between rows that are alike.

    Raises
    ------
    LearningError
        Above 4,000 rows.

    References
    ----------
    Frey, Dueck (2007), Clustering by Passing Messages Between Data Points.

    Examples
    --------
    >>> rows = np.array([[0.0], [0.1], [0.2], [9.0], [9.1], [9.2]], dtype=np.float32)
    >>> affinity_propagation(rows, 4, np.random.default_rng(0)).labels.tolist()
    [0, 0, 0, 1, 1, 1]
    """
    BY_MESSAGES.check(len(features))
    distinct, place = np.unique(features, axis=0, return_inverse=True)
    if len(distinct) <= 2:  # two alone have no similarity to compare theirs with
        return grouped(features, joined(features, place.ravel().astype(np.intp), k))
    model = AffinityPropagation(damping=DAMPING, random_state=int(rng.integers(2**31)))
    with one_thread(), warnings.catch_warnings():
        # messages may go on when time is up, or have nothing to say of rows equally far from each other
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.simplefilter("ignore", UserWarning)
        labels = model.fit(distinct).labels_.astype(np.intp)
    if (labels < 0).any():
        labels[:] = 0  # no exemplar was agreed on: one group
    return grouped(features, joined(features, labels[place.ravel()], k))


def mean_shift(features: NDArray[np.float32], k: int, rng: np.random.Generator) -> Clustering:
    """Return groups around the peaks of density that 300 rows arrive at by moving to the mean of the rows near them.

    Near is what lies within the distance at which a row has, on average, a quarter of n / k others; of two peaks so
    near to each other the higher one stays. Every row belongs to the nearest peak; groups beyond k are joined.

    Parameters
    ----------
    features
        Shape (n, d), n >= 1.
    k
        Groups at most.
    rng
        Draws the rows that climb and, above 20,000, those whose density they climb.

    References
    ----------
    Comaniciu, Meer (2002), Mean Shift: A Robust Approach Toward Feature Space Analysis.

    Examples
    --------
    >>> rows = np.array([[0.0], [0.1], [0.2], [9.0], [9.1], [9.2]], dtype=np.float32)
    >>> mean_shift(rows, 2, np.random.default_rng(0)).sizes.tolist()
    [3, 3]
    """
    terrain = features[np.sort(rng.permutation(len(features))[:TERRAIN])]
    sample = terrain[evenly_spaced(len(terrain), SAMPLE)]
    others = max(round(SHARE_WITHIN * len(sample) / possible_groups(features, k)), 1)
    distances, _ = nearest_neighbours(sample, others)
    reach = float(distances[:, -1].mean()) if distances.shape[1] else 0.0
    if reach == 0.0:  # every row has its duplicates around it and nothing else
        _, labels = np.unique(features, axis=0, return_inverse=True)
        return grouped(features, joined(features, labels.ravel().astype(np.intp), k))
    with one_thread():
        climbers = terrain[rng.permutation(len(terrain))[:CLIMBERS]]
        labels = assign(features, _peaks(terrain, climbers, reach)).labels
    return grouped(features, joined(features, labels, k))


def _peaks(features: NDArray[np.float32], climbers: NDArray[np.float32], reach: float) -> NDArray[np.float32]:
    """Return where the climbers arrive, shape (p, d), peaks within reach of a higher one left out."""
    # products of numbers far from zero lose the digits in which the rows differ
    middle = features.mean(axis=0)
    rows, at = features - middle, climbers - middle
    half_squares = (rows**2).sum(axis=1) / 2
    for _ in range(STEPS):
        near = (half_squares - at @ rows.T + (at**2).sum(axis=1)[:, None] / 2 <= reach**2 / 2).astype(np.float32)
        heights = near.sum(axis=1)
        moved = np.where(heights[:, None] > 0, near @ rows / np.maximum(heights, 1)[:, None], at)
        done = np.linalg.norm(moved - at, axis=1).max() < ARRIVED * reach
        at = moved
        if done:
            break
    peaks = at[np.argsort(-heights, kind="stable")]
    kept: list[NDArray[np.float32]] = []
    for peak in peaks:
        if all(np.linalg.norm(peak - higher) > reach for higher in kept):
            kept.append(peak)
    return np.asarray(np.array(kept) + middle, dtype=np.float32)
