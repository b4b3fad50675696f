"""How sure the mean F1 of the classes is."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from activelabel.records.progress import Estimate

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["macro_f1_interval"]

DRAWS = 2_000

FOUND, MISSED = 0.5, 2.0
"""Rows that count beside those seen: half a found one of each class, and two missed ones of all classes together."""


def macro_f1_interval(
    truth: NDArray[np.intp],
    predicted: NDArray[np.intp],
    rng: np.random.Generator,
    population: int | None = None,
    right: float | None = None,
    size: float | None = None,
) -> Estimate:
    """Return the mean F1 of the classes that occur in a random sample, with its 95 % interval.

    The interval is a Bayesian bootstrap: the weights of the rows are drawn again and again, and F1 with them. By itself
    that says of a class that was always right that it always will be, and of one that never was that it never will. So
    rows are drawn too that were not seen: found ones, and for the lower end missed ones.

    Parameters
    ----------
    truth, predicted
        Shape (a,): classes of a simple random sample; a >= 1.
    rng
        Draws the weights.
    population
        Rows it was drawn from; the interval narrows as the sample nears it.
    right
        Share of all rows that is predicted rightly, where it is known better than by the sample: right and wrong rows
        then count as much as brings them to that. None: as in the sample.
    size
        Independent rows that tell as much as the sample does, above 0. None: as many as there are.

    References
    ----------
    Rubin (1981), The Bayesian Bootstrap. Goutte, Gaussier (2005), A Probabilistic Interpretation of Precision, Recall
    and F-score, with Implication for Evaluation (the rows that were not seen).

    Examples
    --------
    >>> truth = np.repeat([0, 1], 50)
    >>> found = macro_f1_interval(truth, np.where(np.arange(100) % 10, truth, 1 - truth), np.random.default_rng(0))
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2), found.n
    (0.9, 0.82, 0.95, 100)
    """
    n, classes = len(truth), np.union1d(truth, predicted)
    weights = _brought_to(truth == predicted, right)
    hit, miss = (weights[:, None] * side for side in _sides(truth, predicted, classes))
    value = float(_mean_f1(hit.sum(axis=0), miss.sum(axis=0)))
    if population is not None and population <= n:
        return Estimate(value, value, value, n)
    draws = rng.standard_gamma(1.0 if size is None else size / n, (DRAWS, n))
    found, missed = draws @ hit, draws @ miss
    found += rng.gamma(FOUND, size=found.shape)
    high = float(np.quantile(_mean_f1(found, missed), 0.975))
    missed += rng.gamma(MISSED / len(classes), size=found.shape)
    low = float(np.quantile(_mean_f1(found, missed), 0.025))
    if population is not None:
        # as for any mean of a sample without replacement
        left = sqrt((population - n) / (population - 1))
        low, high = value + left * (low - value), value + left * (high - value)
    return Estimate(value, min(low, value), max(high, value), n)


def _mean_f1(found: NDArray[np.float64], missed: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean F1 over the classes, which are last; of every class there is something found or missed."""
    return np.asarray((2 * found / (2 * found + missed)).mean(axis=-1))


def _brought_to(hits: NDArray[np.bool_], right: float | None) -> NDArray[np.float64]:
    """Return how much each row counts, shape (a,), so that the share of right ones is `right`."""
    counted = float(hits.mean())
    # where all or none were right, nothing says what the others would be like
    if right is None or not 0 < counted < 1:
        return np.ones(len(hits))
    return np.where(hits, right / counted, (1 - right) / (1 - counted))


def _sides(
    truth: NDArray[np.intp], predicted: NDArray[np.intp], classes: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return for each row and class whether it was found, and whether it was missed or wrongly found; shapes (a, k)."""
    true, said = truth[:, None] == classes, predicted[:, None] == classes
    return (true & said).astype(np.float64), (true ^ said).astype(np.float64)
