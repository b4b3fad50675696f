"""From values to places on a drawing, and the round values that stand beside an axis."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

__all__ = ["Axis"]

ROUND = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from low to high, drawn from one place to another.

    Attributes
    ----------
    low, high
        The values at its ends; equal ones put everything in its middle.
    start, end
        The places of its ends, in units of the drawing.

    Examples
    --------
    >>> axis = Axis(0, 200, 40, 440)
    >>> axis.at(50), axis.ticks(4)
    (140.0, [0, 50, 100, 150, 200])
    >>> Axis(3, 3, 0, 100).at(3)
    50.0
    """

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return where a value is, to a tenth of a unit."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self, most: int = 5) -> list[int]:
        """Return about so many round whole numbers along the axis."""
        rough = max((self.high - self.low) / most, 1)
        power = 10 ** floor(log10(rough))
        step = int(next(lead for lead in ROUND if lead * power >= rough - 1e-9) * power)
        return list(range(ceil(self.low / step) * step, floor(self.high) + 1, step))
