"""The one place where scores become a ranked list and ties are broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["completed", "interleaved", "take_highest"]


def take_highest(score: ArrayLike, askable: NDArray[np.bool_], q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return the min(q, askable) askable rows of highest score, best first, equal scores in random order.

    Parameters
    ----------
    score
        Shape (n,). NaN ranks below everything.
    askable
        Shape (n,).

    Examples
    --------
    >>> take_highest([0.1, 0.9, 0.5], np.array([True, False, True]), 5, np.random.default_rng(0))
    array([2, 0])
    """
    score = np.asarray(score, dtype=np.float64)
    rows = np.flatnonzero(askable)
    # a key for every row, askable or not: what one row draws does not depend on which others may be asked
    keys = rng.random(len(score))[rows]
    order = np.lexsort((keys, -np.where(np.isnan(score[rows]), -np.inf, score[rows])))
    return rows[order[:q]]


def completed(
    chosen: NDArray[np.intp],
    askable: NDArray[np.bool_],
    q: int,
    rng: np.random.Generator,
    order: NDArray[np.intp] | None = None,
) -> NDArray[np.intp]:
    """Return the chosen rows and behind them others, in `order` or at random, until there are min(q, askable).

    Parameters
    ----------
    chosen
        Distinct askable rows, q at most.
    askable
        Shape (n,).
    order
        Askable rows, those to take first in front; at random where it is None.

    Examples
    --------
    >>> completed(np.array([2]), np.array([True, False, True]), 5, np.random.default_rng(0))
    array([2, 0])
    """
    rest = rng.permutation(np.flatnonzero(askable)) if order is None else order
    rest = rest[~np.isin(rest, chosen)]
    return np.concatenate([chosen, rest[: max(q - len(chosen), 0)]])


def interleaved(main: NDArray[np.intp], side: NDArray[np.intp], every: int) -> NDArray[np.intp]:
    """Return the rows of both lists, each once, of which one in `every` is from `side`, wherever one stops.

    It is the last of each run of `every`. A row in both lists stands where `side` has it; when one list is at its end
    the other goes on alone.

    Examples
    --------
    >>> interleaved(np.array([1, 2, 3, 4, 5]), np.array([8, 1]), 3).tolist()
    [2, 3, 8, 4, 5, 1]
    """
    main = main[~np.isin(main, side)]
    # a row of the side list stands behind as many whole runs of the main one as rows of its own list
    turns = np.concatenate([np.arange(len(main)) // (every - 1), np.arange(len(side))])
    return np.concatenate([main, side])[np.argsort(turns, kind="stable")]
