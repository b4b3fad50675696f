"""What has to be known of every column of numbers before it can be scaled, in two passes over the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

__all__ = ["BLOCK", "Moments", "moments", "usable"]

BLOCK = 4096
"""Rows at a time: a block of a hundred columns and its temporaries stay in the processor's cache."""

HUGE = 1e30
"""Beyond this a number is a mark for a missing one, or a mistake; its square would leave float32."""

TINY = 1e-30
"""A range below this is a constant with rounding errors; float32 cannot divide by it."""


class Moments(NamedTuple):
    """Facts of p columns, each of shape (p,), of the usable numbers alone.

    A column without any number has low = high = mean = 0.
    """

    low: NDArray[np.float32]
    high: NDArray[np.float32]
    missing: NDArray[np.intp]
    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]
    skew: NDArray[np.float64]
    two_valued: NDArray[np.bool_]

    @property
    def ranges(self) -> NDArray[np.float64]:
        """Highest minus lowest, 0 for a constant."""
        return _ranges(self.low, self.high)


def usable(block: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which numbers are neither missing nor infinite nor beyond 1e30.

    Examples
    --------
    >>> usable(np.array([1.0, np.nan, -np.inf, 3e38], dtype=np.float32))
    array([ True, False, False, False])
    """
    return np.asarray(np.abs(block) < HUGE)


def moments(numbers: NDArray[np.float32]) -> Moments:
    """Return the facts of the columns of an (n, p) array, n >= 1.

    Examples
    --------
    >>> facts = moments(np.array([[0, 1], [0, 2], [3, np.nan]], dtype=np.float32))
    >>> facts.mean.tolist(), facts.missing.tolist(), facts.two_valued.tolist()
    ([1.0, 1.5], [0, 1], [True, True])
    """
    with one_thread():
        low, high, missing, mean = _first_pass(numbers)
        counts = len(numbers) - missing
        squares, cubes, two_valued = _second_pass(numbers, low, high, mean)
    ranges = _ranges(low, high)
    # in units of the range, so that neither squares nor cubes leave what float32 can hold
    variance = squares / np.maximum(counts, 1)
    skew = np.divide(cubes / np.maximum(counts, 1), variance**1.5, out=np.zeros_like(cubes), where=variance > 0)
    # a range of a million deviations: too skewed for the cubes to have been seen
    skew[(variance < 1e-12) & (ranges > 0)] = np.inf
    return Moments(low, high, missing, mean, np.sqrt(variance) * ranges, skew, two_valued)


def _first_pass(
    numbers: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.intp], NDArray[np.float64]]:
    """Return the lowest, the highest, how many are missing, and the mean."""
    p = numbers.shape[1]
    low, high = np.full(p, np.inf, dtype=np.float32), np.full(p, -np.inf, dtype=np.float32)
    missing, total = np.zeros(p, dtype=np.intp), np.zeros(p)
    for block, finite in _blocks(numbers):
        if finite is None:
            np.minimum(low, block.min(axis=0), out=low)
            np.maximum(high, block.max(axis=0), out=high)
            total += _column_sums(block)
        else:
            np.minimum(low, block.min(axis=0, where=finite, initial=np.inf), out=low)
            np.maximum(high, block.max(axis=0, where=finite, initial=-np.inf), out=high)
            missing += len(block) - finite.sum(axis=0)
            total += block.sum(axis=0, where=finite, dtype=np.float64)
    empty = missing == len(numbers)
    low[empty] = high[empty] = 0.0
    return low, high, missing, total / np.maximum(len(numbers) - missing, 1)


def _second_pass(
    numbers: NDArray[np.float32], low: NDArray[np.float32], high: NDArray[np.float32], mean: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Return sums of squares and cubes about the mean in units of the range, and which columns hold two values."""
    p = numbers.shape[1]
    ranges = _ranges(low, high)
    per_range = np.divide(1.0, ranges, out=np.zeros(p), where=ranges > 0).astype(np.float32)
    centre = mean.astype(np.float32)
    squares, cubes = np.zeros(p), np.zeros(p)
    two_valued = ranges > 0
    for block, finite in _blocks(numbers):
        about = ((block if finite is None else np.where(finite, block, centre)) - centre) * per_range
        power = about * about
        squares += _column_sums(power)
        power *= about
        cubes += _column_sums(power)
        left = np.flatnonzero(two_valued)
        if len(left):
            extreme = (block[:, left] == low[left]) | (block[:, left] == high[left])
            two_valued[left] = (extreme if finite is None else extreme | ~finite[:, left]).all(axis=0)
    return squares, cubes, two_valued


def _blocks(numbers: NDArray[np.float32]) -> Iterator[tuple[NDArray[np.float32], NDArray[np.bool_] | None]]:
    """Yield blocks of rows, each with its mask of usable numbers, or None where all are."""
    for start in range(0, len(numbers), BLOCK):
        block = numbers[start : start + BLOCK]
        finite = usable(block)
        yield block, None if finite.all() else finite


def _ranges(low: NDArray[np.float32], high: NDArray[np.float32]) -> NDArray[np.float64]:
    ranges = high.astype(np.float64) - low
    return np.where(ranges > TINY, ranges, 0.0)


def _column_sums(block: NDArray[np.float32]) -> NDArray[np.float64]:
    # a product with ones is several times as fast as a sum along the rows
    return (np.ones(len(block), dtype=np.float32) @ block).astype(np.float64)
