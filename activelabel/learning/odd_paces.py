"""Answers that took far less or far more time than their annotator usually takes for such items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import median_abs_deviation, theilslopes

from activelabel.learning.sampling import evenly_spaced

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["OddPace", "odd_paces"]

KNOWN_FROM = 20
"""Answers of one annotator from which it is known what is usual."""

FAR = 3.5
"""Robust standard deviations from the usual, above which one of two thousand normal values lies."""

TIMES = 3.0
"""How many times faster or slower besides: of somebody who is very even, a little more is not far."""

FITTED = 500
"""Answers that the slope is fitted to, an even sample: every pair of them is looked at."""

FASTEST = 0.01  # seconds; times are recorded to the hundredth


@dataclass(frozen=True, slots=True)
class OddPace:
    """One answer, by its place among those given: how long it took, and what is usual for such an item, in seconds."""

    place: int
    seconds: float
    usual: float


def odd_paces(seconds: NDArray[np.float64], lengths: NDArray[np.float64]) -> list[OddPace]:
    """Return the answers of one annotator that took far from their usual time, the farthest first.

    What is usual grows with the length of an item, as far as it does for this annotator: the logarithm of the seconds
    is compared with the median slope on that of the length. Far is beyond three and a half robust standard deviations,
    and three times faster or slower.

    Parameters
    ----------
    seconds
        Shape (m,).
    lengths
        Shape (m,): how long each item is, in characters say; all equal where that means nothing.

    Returns
    -------
    list[OddPace]
        Empty under twenty answers.

    References
    ----------
    Iglewicz, Hoaglin (1993), How to Detect and Handle Outliers (3.5 of the median's absolute deviation).
    Theil (1950), Sen (1968): the median slope.

    Examples
    --------
    >>> seconds = np.r_[np.tile([3.0, 4.0, 5.0], 10), 0.2, 90.0]
    >>> [(odd.place, odd.seconds, odd.usual) for odd in odd_paces(seconds, np.ones(32))]
    [(31, 90.0, 4.0), (30, 0.2, 4.0)]
    """
    if len(seconds) < KNOWN_FROM:
        return []
    time, length = np.log(np.maximum(seconds, FASTEST)), np.log1p(lengths)
    usual = _usual(time, length)
    away = time - usual
    # the scale makes it the standard deviation, were the logarithms normal; the median of `away` is 0
    deviation = float(median_abs_deviation(away, scale="normal"))
    far = np.flatnonzero((np.abs(away) > FAR * deviation) & (np.abs(away) > np.log(TIMES)))
    order = far[np.argsort(-np.abs(away[far]), kind="stable")]
    return [OddPace(int(place), float(seconds[place]), round(float(np.exp(usual[place])), 2)) for place in order]


def _usual(time: NDArray[np.float64], length: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the time to be expected of each answer, both as logarithms, shape (m,)."""
    some = evenly_spaced(len(time), FITTED)
    if np.ptp(length[some]) == 0:
        return np.full(len(time), np.median(time))
    slope = max(0.0, float(theilslopes(time[some], length[some]).slope))
    return np.asarray(slope * length + np.median(time - slope * length))
