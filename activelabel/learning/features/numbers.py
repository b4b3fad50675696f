"""Columns of numbers onto one scale, whatever their units, with nothing missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np
from scipy.special import ndtri

from activelabel.learning.features.moments import BLOCK, Moments, moments, usable

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["NumberScaler"]

SKEWED = 2.0
ALIKE_COLUMNS = 16
ALIKE_RANGE = 0.6
"""Of 16 columns or more, the median range at this share of the largest: pixels, spectra, counts of one kind."""

FAR = 6.0
"""Deviations from the mean beyond which it does not matter how far."""

NORMAL_FAR = 2.5
LANDMARKS = 513
LANDMARK_ROWS = 10_000


class NumberScaler:
    """Brings p columns of numbers to deviations from their mean, and says which were missing.

    - Two values: divided by their distance. Skewed beyond 2: ranks, mapped to a normal distribution clipped at 2.5.
      Sixteen or more columns of like range: one deviation for all. Others: their own.
    - Everything is clipped at 6 deviations.
    - A number that is missing, infinite or beyond 1e30 is the median; a column where some were missing in `fit` has a
      further column that says so.

    Attributes
    ----------
    width
        Columns that come out: p, and one for each column with some missing.

    Examples
    --------
    >>> numbers = np.array([[1, 10], [2, np.nan], [3, 30]], dtype=np.float32)
    >>> scaler = NumberScaler().fit(numbers)
    >>> out = np.empty((3, scaler.width), dtype=np.float32)
    >>> scaler.write(numbers, out)
    >>> out.round(2).tolist()[1]
    [0.0, 0.0, 0.67...]
    """

    def __init__(self) -> None:
        self.width = 0
        self._shift = np.empty(0, dtype=np.float32)
        self._per_unit = np.empty(0, dtype=np.float32)
        self._fill = np.empty(0, dtype=np.float32)
        self._ranks: dict[int, tuple[NDArray[np.float32], NDArray[np.float64]]] = {}
        self._flags = np.empty(0, dtype=np.intp)
        self._missing_share = np.empty(0, dtype=np.float32)

    def fit(self, numbers: NDArray[np.float32]) -> Self:
        """Learn scales from shape (n, p), n >= 1."""
        n, p = numbers.shape
        facts = moments(numbers)
        shift, unit, skewed = _scales(facts, n)
        self._shift = shift.astype(np.float32)
        self._per_unit = np.divide(1.0, unit, out=np.zeros(p), where=unit > 0).astype(np.float32)
        self._ranks = {int(column): _normal_scores(numbers[:, column]) for column in np.flatnonzero(skewed)}
        self._flags = np.flatnonzero((facts.missing > 0) & (facts.missing < n))
        self._missing_share = (facts.missing[self._flags] / n).astype(np.float32)
        self._fill = np.zeros(p, dtype=np.float32)
        for column in self._flags:
            middle = np.median(_usable_of(numbers[:, column]))
            self._fill[column] = self._scaled(np.array([middle], dtype=np.float32), int(column))[0]
        self.width = p + len(self._flags)
        return self

    def write(self, numbers: NDArray[np.float32], out: NDArray[np.float32]) -> None:
        """Write the scaled columns of numbers (n, p) to `out` (n, width), block by block."""
        p = numbers.shape[1]
        for start in range(0, len(numbers), BLOCK):
            block, target = numbers[start : start + BLOCK], out[start : start + BLOCK]
            scaled = target[:, :p]
            finite = usable(block)
            # what is not usable is replaced below; until then it may overflow
            with np.errstate(invalid="ignore", over="ignore"):
                np.subtract(block, self._shift, out=scaled)
                scaled *= self._per_unit
            np.clip(scaled, -FAR, FAR, out=scaled)
            for column in self._ranks:
                scaled[:, column] = self._scaled(block[:, column], column)
            if not finite.all():
                np.copyto(scaled, self._fill, where=~finite)
            target[:, p:] = ~finite[:, self._flags] - self._missing_share

    def _scaled(self, column: NDArray[np.float32], number: int) -> NDArray[np.float32]:
        """Return one column on its scale, NaN where it is missing."""
        if number in self._ranks:
            return np.interp(column, *self._ranks[number]).astype(np.float32)
        scaled: NDArray[np.float32] = (column - self._shift[number]) * self._per_unit[number]
        return np.clip(scaled, -FAR, FAR)


def _scales(facts: Moments, n: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Return what to subtract, what to divide by (0 for a constant), and which columns are ranked instead."""
    ranges = facts.ranges
    varying = ranges > 0
    none = np.zeros(len(ranges), dtype=bool)
    if len(ranges) >= ALIKE_COLUMNS and varying.any() and np.median(ranges[varying]) >= ALIKE_RANGE * ranges.max():
        counts = n - facts.missing
        spread = np.average(facts.deviation**2, weights=counts)
        return facts.mean, np.full(len(ranges), np.sqrt(spread)), none
    unit = np.where(facts.two_valued, ranges, facts.deviation)
    return facts.mean, np.where(varying, unit, 0.0), (abs(facts.skew) > SKEWED) & ~facts.two_valued


def _normal_scores(column: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Return values of a column, ascending, and the standardised normal score of each; between them is a line.

    References
    ----------
    Van der Waerden (1952), Order Tests for the Two-Sample Problem.
    """
    # rows come in the order of their hash, so the first ones are a sample
    sample = np.sort(_usable_of(column)[:LANDMARK_ROWS])
    ranks = np.linspace(0.0, 1.0, LANDMARKS)
    values, group, sizes = np.unique(np.quantile(sample, ranks), return_inverse=True, return_counts=True)
    scores = np.clip(ndtri(np.bincount(group, weights=ranks) / sizes), -NORMAL_FAR, NORMAL_FAR)
    mapped = np.interp(sample, values, scores)
    return values.astype(np.float32), (scores - mapped.mean()) / (mapped.std() or 1.0)


def _usable_of(column: NDArray[np.float32]) -> NDArray[np.float32]:
    return column[usable(column)]
