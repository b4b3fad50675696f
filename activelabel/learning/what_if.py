"""Answers as they were asked beside answers chosen otherwise: what was found, and the difference with its doubt."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from activelabel.learning.accuracy import Z

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["AUDITED_FROM", "Otherwise", "PairedDifference", "Trial", "paired_difference"]

AUDITED_FROM = 20
"""Audit answers from which a comparison is made: with fewer its interval is wider than nearly every difference."""


@dataclass(frozen=True, slots=True)
class PairedDifference:
    """How far one share is above another of the same n rows, in [-1, 1], with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Trial:
    """Two models on the same number of answers.

    Attributes
    ----------
    answers
        How many.
    asked, otherwise
        Shape (a,): whether each audit row is predicted right by a model on answers as they were asked, and by one on
        answers chosen otherwise, neither fitted on the row's fold.
    """

    answers: int
    asked: NDArray[np.bool_]
    otherwise: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What one strategy would have made of the answers.

    Attributes
    ----------
    strategy
        Its name.
    asked_by
        The name of the strategy that asked.
    given
        Labels that people gave.
    audited
        Labels among them that are in the audit sample.
    population
        Units that the audit sample was drawn from.
    trials
        By number of answers; empty where the answers do not allow any.
    """

    strategy: str
    asked_by: str
    given: int
    audited: int
    population: int
    trials: tuple[Trial, ...] = ()


def paired_difference(
    before: NDArray[np.bool_], after: NDArray[np.bool_], population: int | None = None
) -> PairedDifference:
    """Return how much higher the share of `after` is than that of `before`, on the same rows.

    The interval adds half a row to each of the four cells, so that two equal columns of a short sample do not pass for
    certainty.

    Parameters
    ----------
    before, after
        Shape (a,), a >= 1.
    population
        Rows that these were drawn from without replacement; the interval narrows as they near it. None: endless.

    References
    ----------
    Agresti, Min (2005), Simple Improved Confidence Intervals for Comparing Matched Proportions.
    Cochran (1977), Sampling Techniques, section 2.6 (finite populations).

    Examples
    --------
    >>> import numpy as np
    >>> found = paired_difference(np.arange(100) < 80, np.arange(100) < 84)
    >>> round(found.value, 2), round(found.low, 3), round(found.high, 3)
    (0.04, -0.003, 0.082)
    """
    rows = len(before)
    n = rows + 2
    gained, lost = int((after & ~before).sum()) + 0.5, int((before & ~after).sum()) + 0.5
    middle = (gained - lost) / n
    error = sqrt(gained + lost - (gained - lost) ** 2 / n) / n
    if population is not None:
        error *= sqrt(max(population - rows, 0) / max(population - 1, 1))
    value = float(after.mean() - before.mean())
    return PairedDifference(value, min(middle - Z * error, value), max(middle + Z * error, value), rows)
