"""Whether a model that says 80 % is right four times in five."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.accuracy import wilson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.records.progress import Estimate

__all__ = ["Band", "calibration"]

EACH = 10
"""Rows in a band at least: with fewer the interval is wider than what it is to tell apart."""

MOST = 10
"""Bands at most."""


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of which the model was about equally sure.

    Attributes
    ----------
    low, high
        The least and the greatest probability among them, in [0, 1].
    said
        Their mean: the share that would be right if the model knew how sure to be.
    right
        The share that is right.
    """

    low: float
    high: float
    said: float
    right: Estimate


def calibration(sure: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[Band, ...]:
    """Return bands of equally many rows, the least sure first; one band for each ten rows, ten bands at most.

    Bands of equal width would leave most of them empty: a model is seldom 55 % sure. Rows of one probability may fall
    into two bands. The intervals hold where the rows were drawn at random.

    Parameters
    ----------
    sure
        Shape (a,): the probability of the class that was predicted, by a model that had not seen the row's label.
    right
        Shape (a,): whether it was predicted rightly.

    References
    ----------
    Naeini, Cooper, Hauskrecht (2015), Obtaining Well Calibrated Probabilities Using Bayesian Binning.

    Examples
    --------
    >>> bands = calibration(np.repeat([0.5, 0.9], 10), np.repeat([True, False, True], [5, 5, 10]))
    >>> [(round(band.said, 1), band.right.value, band.right.n) for band in bands]
    [(0.5, 0.5, 10), (0.9, 1.0, 10)]
    """
    bands = min(MOST, len(sure) // EACH)
    if not bands:
        return ()
    order = np.argsort(sure, kind="stable")
    return tuple(
        Band(
            low=float(sure[rows[0]]),
            high=float(sure[rows[-1]]),
            said=float(sure[rows].mean()),
            right=wilson(int(right[rows].sum()), len(rows)),
        )
        for rows in np.array_split(order, bands)
    )
