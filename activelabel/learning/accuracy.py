"""How right the machine is: intervals from answers that were drawn at random, and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaincinv

from activelabel.records.progress import Estimate

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["ClassScores", "Z", "class_scores", "confusion", "cross_fit", "fold_of", "macro_f1", "wilson", "wilson_form"]

Z = 1.959963984540054
"""Standard deviations on either side of the mean that hold 95 % of a normal distribution."""

FEW = 3
"""Successes or failures seen, up to which their number is bounded as that of rare events."""


@dataclass(frozen=True, slots=True)
class ClassScores:
    """How right the machine is about one class.

    Attributes
    ----------
    precision
        Of the rows predicted to be of the class, the share that is; None where none was predicted.
    recall
        Of the rows that are of the class, the share predicted so; None where there is none.
    f1
        Their harmonic mean in [0, 1]; 0 where nothing was found, None where the class occurs on neither side.
    """

    precision: Estimate | None
    recall: Estimate | None
    f1: float | None


def wilson(successes: int, n: int, population: int | None = None) -> Estimate:
    """Return the share of successes with its 95 % interval.

    Parameters
    ----------
    successes, n
        n rows drawn at random without replacement, n >= 1.
    population
        Rows they were drawn from; the interval narrows as the sample nears it, and a census has none. None: endless.

    Returns
    -------
    Estimate
        How often the interval holds the truth in whole sessions is in docs/methods.md.

    Raises
    ------
    ValueError
        If n is below 1, or successes are not between 0 and n.

    References
    ----------
    Wilson (1927), Probable Inference, the Law of Succession, and Statistical Inference.
    Cochran (1977), Sampling Techniques, section 2.6 (finite populations).
    Brown, Cai, DasGupta (2001), Interval Estimation for a Binomial Proportion, section 4.1.1 (few successes, or few
    failures).

    Examples
    --------
    >>> share = wilson(56, 62)
    >>> round(share.value, 2), round(share.low, 2), round(share.high, 2)
    (0.9, 0.8, 0.95)
    >>> wilson(3, 4, population=4)
    Estimate(value=0.75, low=0.75, high=0.75, n=4)
    """
    if n < 1 or not 0 <= successes <= n:
        raise ValueError(f"an interval needs 0 <= successes <= n and n >= 1, got {successes} of {n}")
    return wilson_form(successes / n, n, n, population)


def wilson_form(share: float, size: float, n: int, population: int | None = None) -> Estimate:
    """Return a share with the interval that Wilson's would be after `size` rows.

    A plain normal interval is empty where no error was seen. This one is not, and serves every estimate of a share
    whose variance is known: what counts is how many random rows would have told as much.

    Parameters
    ----------
    share
        The estimate, in [0, 1].
    size
        Random rows that tell as much, above 0; it need not be whole.
    n
        Answers that it rests on.
    population
        As for `wilson`.

    Examples
    --------
    >>> wilson_form(0.9, 62, 62).low == wilson(90, 100).low
    False
    >>> wilson_form(0.9, 100, 62).low == wilson(90, 100).low
    True
    """
    known = share * n
    if population is not None:
        if population <= n:
            return Estimate(share, share, share, n)
        # a sample without replacement says as much as this many rows of an endless population
        size *= (population - 1) / (population - n)
    spread = Z * sqrt(share * (1 - share) / size + Z**2 / (4 * size**2))
    middle, width = share + Z**2 / (2 * size), 1 + Z**2 / size
    low = min((middle - spread) / width, _few(round(known, 9)) / n)
    high = max((middle + spread) / width, 1 - _few(round(n - known, 9)) / n)
    return Estimate(share, min(max(low, 0.0), share), max(min(high, 1.0), share), n)


def _few(count: float) -> float:
    """Return how many there are at least where few were seen, as one-sided Poisson bound; as many as are where not few.

    Where one to three were seen, Wilson's interval leaves out shares under which that is not rare.
    """
    return float(gammaincinv(count, 0.05)) if 0 < count <= FEW else count


def cross_fit(
    labelled: NDArray[np.intp],
    audited: NDArray[np.intp],
    refit: Callable[[NDArray[np.bool_], NDArray[np.intp]], NDArray[np.intp]],
    *,
    folds: int = 5,
    groups: NDArray[np.intp] | None = None,
) -> NDArray[np.intp]:
    """Return for each audited row the class given by a model that was not fitted on it.

    Which rows are left out together follows from their numbers (or groups) alone, so that a further answer changes
    the models but not the folds.

    Parameters
    ----------
    labelled
        Shape (m,): rows with a label.
    audited
        Shape (a,): the ones among them that judge.
    refit
        Given which labels to keep, shape (m,) bool, and rows, shape (r,), fits and returns their classes, shape (r,).
    folds
        Parts, 2 or more: as many refits at most.
    groups
        Shape (n,): rows of equal number are left out together, audited or not. None: every row by itself.

    Returns
    -------
    NDArray[np.intp]
        Shape (a,), in the order of `audited`.

    Examples
    --------
    >>> rows = np.arange(4)
    >>> cross_fit(rows, rows, lambda kept, asked: np.full(len(asked), kept.sum()), folds=2)
    array([2, 2, 2, 2])
    """
    unit = (lambda rows: rows) if groups is None else groups.__getitem__
    fold = fold_of(unit(audited), folds)
    classes = np.empty(len(audited), dtype=np.intp)
    for number in np.unique(fold):
        out = fold == number
        kept = ~np.isin(unit(labelled), unit(audited[out]))
        classes[out] = refit(kept, audited[out])
    return classes


def fold_of(units: NDArray[np.intp], folds: int) -> NDArray[np.intp]:
    """Return the fold that each row or group of rows (m,) is left out with, 0 to folds - 1.

    Examples
    --------
    >>> fold_of(np.array([3, 10, 13]), 10)
    array([3, 0, 3])
    """
    return units % folds


def confusion(truth: NDArray[np.intp], predicted: NDArray[np.intp], n_classes: int) -> NDArray[np.intp]:
    """Return counts, shape (k, k): row the true class, column the predicted one.

    Examples
    --------
    >>> confusion(np.array([0, 0, 1]), np.array([0, 1, 1]), 2)
    array([[1, 1],
           [0, 1]])
    """
    cells = np.bincount(truth * n_classes + predicted, minlength=n_classes * n_classes)
    return cells.reshape(n_classes, n_classes)


def class_scores(counts: NDArray[np.intp]) -> list[ClassScores]:
    """Return precision, recall and F1 of each class, in the order of the k classes.

    The intervals treat the rows predicted to be of a class, and the rows that are of it, as random samples of
    all such rows: so they are when `counts` come from audit answers.

    Parameters
    ----------
    counts
        Shape (k, k), as `confusion` returns them.

    Examples
    --------
    >>> scores = class_scores(np.array([[8, 2, 0], [0, 10, 0], [0, 0, 0]]))
    >>> scores[0].recall.value, scores[1].recall.value, scores[2].recall
    (0.8, 1.0, None)
    """
    hits, predicted, true = np.diag(counts), counts.sum(axis=0), counts.sum(axis=1)
    return [
        ClassScores(
            precision=wilson(int(hit), int(said)) if said else None,
            recall=wilson(int(hit), int(there)) if there else None,
            f1=float(2 * hit / (said + there)) if said + there else None,
        )
        for hit, said, there in zip(hits, predicted, true, strict=True)
    ]


def macro_f1(truth: NDArray[np.intp], predicted: NDArray[np.intp]) -> float:
    """Return the mean F1 of the classes that occur among truth or predictions, in [0, 1].

    Examples
    --------
    >>> round(macro_f1(np.array([0, 0, 1, 2]), np.array([0, 0, 1, 1])), 3)
    0.556
    """
    n_classes = int(max(truth.max(), predicted.max())) + 1
    each = [scores.f1 for scores in class_scores(confusion(truth, predicted, n_classes))]
    return float(np.mean([f1 for f1 in each if f1 is not None]))
