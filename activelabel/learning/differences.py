"""Whether one share is higher than another, and by how much. No numeric library."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from activelabel.records.progress import Estimate

__all__ = ["Difference", "difference"]


@dataclass(frozen=True, slots=True)
class Difference:
    """How far the first of two shares is above the second, in [-1, 1], with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out that they are the same."""
        return self.low > 0 or self.high < 0


def difference(first: Estimate, second: Estimate) -> Difference:
    """Return the difference of two shares of different rows, from their intervals.

    References
    ----------
    Newcombe (1998), Interval Estimation for the Difference Between Independent Proportions, method 10.

    Examples
    --------
    >>> from activelabel.records.progress import Estimate
    >>> found = difference(Estimate(0.7, 0.577, 0.801, 80), Estimate(0.6, 0.49, 0.7, 80))
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2), found.is_clear
    (0.1, -0.06, 0.25, False)
    """
    value = first.value - second.value
    down = sqrt((first.value - first.low) ** 2 + (second.high - second.value) ** 2)
    up = sqrt((first.high - first.value) ** 2 + (second.value - second.low) ** 2)
    return Difference(value, value - down, value + up)
