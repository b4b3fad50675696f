"""Shares from a random sample, made surer by what models foretold of every row: they are measured, not trusted."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from activelabel.learning.accuracy import Z, wilson, wilson_form

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.records.progress import Estimate

__all__ = ["POWERED_FROM", "independent", "powered_share", "share_of_others"]

POWERED_FROM = 15
"""Answers from which what was foretold is made use of: of fewer nobody can say how well it foretells."""

STEEPEST = 2.0
"""Models that are half as sure as they might be need twice the correction; more than that is chance."""

MISJUDGED = 2.0
"""Rows that are added as misjudged, in so far as the foretelling is relied on: that none was seen says not that there
are none."""


def powered_share(
    outcomes: NDArray[np.bool_],
    foretold: NDArray[np.float64],
    of_all: float,
    population: int | None,
    covariance: float = 0.0,
) -> Estimate:
    """Return the share of all rows for which something holds, from a sample of them and what was foretold of every row.

    It is the share in the sample, plus slope x (what was foretold of all - what was foretold of the sample): where the
    sample happens to hold rows that are easier or harder than the rest, that is taken back. The slope is the one that
    leaves the least variance, from 0, where nothing is gained, to 2. The interval is Wilson's for as many rows as
    would tell as much by themselves, which are no fewer than there are unless rows were right or wrong together.

    Whatever was foretold, the estimate is right on the mean as long as sample and other rows were foretold in the same
    way, by models that had seen none of them; foretelling well makes it surer.

    Parameters
    ----------
    outcomes
        Shape (a,): whether it holds for the rows of a simple random sample; a >= 1.
    foretold
        Shape (a,), in [0, 1]: how likely it seemed.
    of_all
        The mean of what was foretold of all rows of the population.
    population
        Rows of it; None: endless.
    covariance
        Variance that the mean of the outcomes has beside that of independent rows, as from `fold_covariance`; that the
        sample is a part of its population takes nothing from it.

    Returns
    -------
    Estimate
        Its interval held the truth as often as `benchmarks/coverage.py` says (docs/methods.md).

    References
    ----------
    Angelopoulos, Bates, Fannjiang, Jordan, Zrnic (2023), Prediction-Powered Inference; Angelopoulos, Duchi, Zrnic
    (2023), PPI++ (the slope). Cochran (1977), Sampling Techniques, chapter 7: the same for a finite population.

    Examples
    --------
    >>> right = np.arange(60) < 48
    >>> sure = np.where(np.arange(60) < 45, 0.9, 0.4)
    >>> alone, helped = wilson(48, 60, 1000), powered_share(right, sure, 0.8, 1000)
    >>> [round(bound, 2) for bound in (alone.low, alone.high, helped.value, helped.low, helped.high)]
    [0.69, 0.88, 0.84, 0.77, 0.89]
    """
    n = len(outcomes)
    if population is not None and population <= n:
        return wilson(int(outcomes.sum()), n, population)
    share, left = _corrected(outcomes, foretold, of_all)
    size = n / left
    if population is not None:
        size *= (population - 1) / (population - n)
    return wilson_form(share, independent(size, share, covariance), n)


def independent(size: float, share: float, covariance: float) -> float:
    """Return how many independent rows tell as much of a share as `size` rows that were right or wrong together.

    Parameters
    ----------
    size
        Above 0.
    share
        In [0, 1].
    covariance
        As for `powered_share`.

    Examples
    --------
    >>> independent(100, 0.5, 0.0), independent(100, 0.5, 0.0025), independent(100, 1.0, 0.0025)
    (100.0, 50.0, 100.0)
    """
    alone = share * (1 - share)
    return alone / (alone / size + covariance) if alone else float(size)


def share_of_others(
    outcomes: NDArray[np.bool_], foretold: NDArray[np.float64], of_others: float, others: int
) -> Estimate:
    """Return the share of other rows for which something holds, from a sample and what was foretold of both.

    As `powered_share`, for rows of which none is in the sample, and which may be easier or harder than those it was
    drawn from, as long as what was foretold of them says by how much. The interval allows for the chance that is in
    them, too, and ends at whole rows.

    Parameters
    ----------
    outcomes, foretold
        Shape (a,), as for `powered_share`.
    of_others
        The mean of what was foretold of the other rows.
    others
        How many they are, 1 or more.

    Examples
    --------
    >>> right = np.arange(60) < 48
    >>> found = share_of_others(right, np.where(np.arange(60) < 45, 0.9, 0.4), 0.85, 40)
    >>> [round(bound, 2) for bound in (found.value, found.low, found.high)]
    [0.92, 0.75, 0.97]
    """
    n = len(outcomes)
    share, left = _corrected(outcomes, foretold, of_others)
    size = n / left
    found = wilson_form(share, size * others / (size + others), n)
    # it holds for a whole number of rows: where one of a hundred was wrong, none of two hundred others may be
    least, most = floor(round(found.low * others, 9)), ceil(round(found.high * others, 9))
    return replace(found, low=least / others, high=most / others)


def _corrected(outcomes: NDArray[np.bool_], foretold: NDArray[np.float64], of_all: float) -> tuple[float, float]:
    """Return the share, and which part of the sample's variance is left of its own."""
    n = len(outcomes)
    held = outcomes.astype(np.float64)
    y, x = held - held.mean(), foretold - foretold.mean()
    total, spread = float(y @ y), float(x @ x)
    if n < POWERED_FROM or not total or not spread:
        return float(held.mean()), 1.0
    slope = min(max(float(x @ y) / spread, 0.0), STEEPEST)
    left = float(((y - slope * x) ** 2).sum()) / total
    # one more number was fitted than the mean alone, and of a variance from so few rows Student's interval is wider
    few = (float(stdtrit(n - 2, 0.975)) / Z) ** 2
    left = few * (left * (n - 1) / (n - 2) + MISJUDGED * (1 - left) / total)
    share = float(held.mean()) + slope * (of_all - float(foretold.mean()))
    return min(max(share, 0.0), 1.0), min(left, 1.0)
