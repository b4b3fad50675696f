"""What further answers would bring: more right, or more sure. Both from random answers only, both with their doubt."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from typing import TYPE_CHECKING

from activelabel.learning.accuracy import wilson
from activelabel.learning.stopping import NARROW

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activelabel.records.progress import Estimate

__all__ = ["SMALL_DROP", "WORTHWHILE", "Gain", "answers_until_narrow", "projected_gain"]

WORTHWHILE = 0.01
"""Gain of the next 20 answers under which they are hardly worth it."""

SMALL_DROP = 0.005
"""Share of errors under which what the next 20 answers are expected to mend is little."""

Z80 = 0.8416212335729143
"""Standard deviations above the mean that leave out the upper 20 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What a number of further answers should add to the share of right predictions.

    Attributes
    ----------
    value
        As a share: 0.006 is 0.6 points. Below 0 where the last answers took more than they gave.
    upper
        Upper 80 % bound of the same.
    answers
        How many further answers.
    """

    value: float
    upper: float
    answers: int


def projected_gain(before: NDArray[np.bool_], after: NDArray[np.bool_], answers: int, ahead: int = 20) -> Gain:
    """Return what the next answers should bring, if they brought as much as the last ones did.

    Learning curves flatten, so this errs on the side of going on. The bound is that of a difference of two
    proportions on the same rows, half a row added to each of the four cells, so that two equal columns of a short
    sample do not pass for certainty. Answers rarely do harm, so what looks like a loss is taken for noise: it bounds
    nothing below what no difference would.

    Parameters
    ----------
    before, after
        Shape (a,): whether each audit row was predicted right, `answers` answers ago and now; a >= 1.
    answers
        Answers between the two, 1 or more.
    ahead
        Answers to look forward.

    References
    ----------
    Agresti, Min (2005), Simple Improved Confidence Intervals for Comparing Matched Proportions.

    Examples
    --------
    >>> import numpy as np
    >>> before = np.arange(100) < 80
    >>> gain = projected_gain(before, np.arange(100) < 84, answers=40)
    >>> round(gain.value, 3), round(gain.upper, 3)
    (0.02, 0.029)
    """
    n = len(before) + 2
    gained, lost = int((after & ~before).sum()) + 0.5, int((before & ~after).sum()) + 0.5
    difference = (gained - lost) / n
    error = sqrt(gained + lost - (gained - lost) ** 2 / n) / n
    a_step = ahead / answers
    observed = float(after.mean() - before.mean())
    return Gain(observed * a_step, (max(0.0, difference) + Z80 * error) * a_step, ahead)


def answers_until_narrow(accuracy: Estimate, population: int | None = None, half_width: float = NARROW) -> int:
    """Return about how many more random answers would bring the interval below the half width, if the share stays.

    Examples
    --------
    >>> from activelabel.learning.accuracy import wilson
    >>> answers_until_narrow(wilson(56, 62)), answers_until_narrow(wilson(56, 62, 100), population=100)
    (74, 0)
    """
    most = population if population is not None else ceil(1 / half_width**2)
    low, high = accuracy.n, max(most, accuracy.n)
    while low < high:
        middle = (low + high) // 2
        found = wilson(round(accuracy.value * middle), middle, population)
        if (found.high - found.low) / 2 < half_width:
            high = middle
        else:
            low = middle + 1
    return low - accuracy.n
