"""Bounds of a share that hold however often one looks at them: by betting against every share that it could be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["ConfidenceSequence", "confidence_sequence", "lower_bound_since"]

GRID = 2_000
"""Steps between 0 and 1 at which a share is bet against, where it could be any or is one of more."""

FIRST_START = 20
"""Outcomes after which the first of the later starts is: fewer tell nothing."""

CAUTION = 0.5
"""Share of what can be lost at one outcome that is staked at most."""


class ConfidenceSequence(NamedTuple):
    """Bounds after each outcome.

    Attributes
    ----------
    lower, upper
        Shape (m,), in [0, 1]; between them lies the share of all outcomes so far.
    """

    lower: NDArray[np.float64]
    upper: NDArray[np.float64]


def confidence_sequence(outcomes: ArrayLike, population: int | None = None, level: float = 0.95) -> ConfidenceSequence:
    """Return bounds of the share of ones, after each outcome, which all hold at once.

    Against each share that it could be, one player bets on more ones and another on fewer, half of the money each, with
    stakes that follow from the outcomes before. If it is the share, nobody gets rich: with probability `level` neither
    ever makes 1 / (1 - level) of the whole. Shares against which one did are out, for good. So one may stop when the
    bounds please, where an interval for a fixed number of outcomes would then be too narrow. The bounds never widen but
    where they would leave out the share seen so far.

    Parameters
    ----------
    outcomes
        Shape (m,): 0 or 1, or bool, in the order in which they were drawn.
    population
        Rows they were drawn from without replacement; None: endless, or with replacement.
    level
        How often all bounds are to hold, in (0, 1).

    Raises
    ------
    ValueError
        If an outcome is neither 0 nor 1, there are more than rows, or the level is out of range.

    References
    ----------
    Waudby-Smith, Ramdas (2024), Estimating Means of Bounded Random Variables by Betting (the hedged capital process,
    and its form without replacement).

    Examples
    --------
    >>> found = confidence_sequence([1] * 40)
    >>> found.lower[[4, 19, 39]].round(2).tolist(), float(found.upper[-1])
    ([0.31, 0.71, 0.84], 1.0)
    >>> confidence_sequence([1, 1, 0], population=3).lower.round(2).tolist()
    [0.33, 0.67, 0.67]
    """
    seen = np.asarray(outcomes, dtype=np.float64)
    share = seen.cumsum() / np.arange(1, len(seen) + 1)
    # rounded, one less 5/12 is below 7/12
    upper = np.maximum(1.0 - _lower(1.0 - seen, population, level), share)
    return ConfidenceSequence(_lower(seen, population, level), upper)


def lower_bound_since(outcomes: ArrayLike, population: int | None = None, level: float = 0.95) -> float:
    """Return what the share of ones is at least, from some outcome on, however often one looks and at whichever start.

    Where outcomes get better as one goes on, as those of a model that learns do, the first ones would hold the bound
    down for ever. So bounds are made from the first, the 20th, the 40th, the 80th outcome on and so forth, and the best
    is returned; they share the chance to be wrong, half of it going to the first, a sixth to the second, a twelfth to
    the next. With probability `level` the mean chance of a one since that start is no lower.

    Parameters
    ----------
    outcomes
        Shape (m,): 0 or 1, or bool, each said before it was known by whatever is judged.
    population
        Rows they were drawn from without replacement; None: endless, or with replacement.
    level
        How often the bound is to hold, in (0.5, 1).

    Returns
    -------
    float
        In [0, 1]; 0 without outcomes.

    References
    ----------
    Dawid (1984), Statistical Theory: The Prequential Approach (each outcome is foretold before it is seen).

    Examples
    --------
    >>> bad, good = [0, 1] * 20, [1] * 160
    >>> round(float(confidence_sequence(bad + good).lower[-1]), 2), round(lower_bound_since(bad + good), 2)
    (0.74, 0.93)
    """
    seen = np.asarray(outcomes, dtype=np.float64)
    starts = [0]
    while starts[-1] + max(starts[-1], FIRST_START) < len(seen):
        starts.append(starts[-1] + max(starts[-1], FIRST_START))
    bound = 0.0
    for place, start in enumerate(starts if len(seen) else []):
        wrong = (1 - level) / ((place + 1) * (place + 2))
        left = None if population is None else population - start
        # one side only is of interest: the other's chance to be wrong is given to it
        bound = max(bound, float(_lower(seen[start:], left, 1 - 2 * wrong)[-1]))
    return bound


def _lower(seen: NDArray[np.float64], population: int | None, level: float) -> NDArray[np.float64]:
    """Return the lower bounds after each outcome, shape (m,): of a confidence sequence of that level."""
    rows = len(seen) if population is None else population
    if not np.isin(seen, (0.0, 1.0)).all() or not 0 < level < 1 or len(seen) > rows:
        raise ValueError(
            f"bounds need outcomes of 0 or 1, no more than rows, and a level in (0, 1), "
            f"got {len(seen)} of {rows} rows at {level}"
        )
    # of few rows every share that there can be is tried; else the truth may lie within the step that was not ruled out
    last, step = (population, 0) if population and population <= GRID else (GRID, 1)
    grid = np.linspace(0.0, 1.0, last + 1)
    out = _out(seen, grid, population, level)
    share = seen.cumsum() / np.arange(1, len(seen) + 1)
    return np.minimum(np.maximum.accumulate(grid[np.clip(out - step, 0, last)]), share)


def _out(
    seen: NDArray[np.float64], grid: NDArray[np.float64], population: int | None, level: float
) -> NDArray[np.intp]:
    """Return how many of the lowest shares are out after each outcome, shape (m,): against which more ones have won."""
    rich = np.log(2.0 / (1.0 - level))
    stakes = _stakes(seen, level)
    ones = np.r_[0.0, seen.cumsum()]
    money = np.zeros(len(grid))
    out = np.empty(len(seen), dtype=np.intp)
    for place, outcome in enumerate(seen):
        if population is None:
            expected = grid
        else:
            # what is left to come, if that were the share of all
            expected = np.clip((grid * population - ones[place]) / (population - place), 0.0, 1.0)
        with np.errstate(divide="ignore"):
            money += np.log1p(np.minimum(stakes[place], CAUTION / expected) * (outcome - expected))
        if population is not None:
            # half a row is a rounding error
            money[grid * population < ones[place + 1] - 0.5] = np.inf
        out[place] = (money >= rich).sum()
    return out


def _stakes(seen: NDArray[np.float64], level: float) -> NDArray[np.float64]:
    """Return what is staked at each outcome, shape (m,): the more, the less the ones before it varied."""
    times = np.arange(1, len(seen) + 1)
    middle = (0.5 + seen.cumsum()) / (times + 1)
    spread = (0.25 + ((seen - middle) ** 2).cumsum()) / (times + 1)
    before = np.r_[0.25, spread[:-1]]
    return np.asarray(np.sqrt(2.0 * np.log(2.0 / (1.0 - level)) / (before * times * np.log1p(times))))
