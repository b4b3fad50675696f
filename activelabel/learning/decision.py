"""From probabilities to labels: which mistakes matter is the person's choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.sampling import evenly_spaced

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["Decision", "deciding_rows", "decision_for"]

SAMPLE = 2_000
"""Rows that weights are found on."""

ENOUGH = 3
"""Labels of a class from which its weight may move: with fewer, what it is given of every row for caution's sake adds
up to more rows than it has."""

SWEEPS = 20
"""Rounds over the classes at most; they end when nothing moves."""

RECALL = 2.0
"""How many times recall counts as much as precision where it is what is wanted."""

GAIN = 1e-6
"""Expected F that is worth a step: less is rounding."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How probabilities become labels: the class whose weighted probability is highest is the label.

    The probabilities stay what they are; where weights differ, the label need not be the likeliest class.

    Attributes
    ----------
    weights
        Shape (k,), above 0; all 1 where the likeliest class is the label.

    Examples
    --------
    >>> Decision(np.array([1.0, 3.0])).labels(np.array([[0.7, 0.3], [0.8, 0.2]]))
    array([1, 0])
    """

    weights: NDArray[np.float64]

    def weighed(self, proba: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the weighted probabilities, shape (n, k), of which the highest decides; rows need not sum to 1."""
        return proba * self.weights

    def two_likeliest(self, proba: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the label of each row and the class that comes next, with their probabilities, both of shape (n, 2).

        Where there is one class alone, there is no second column.
        """
        order = np.argsort(-self.weighed(proba), axis=1, kind="stable")[:, :2]
        return order, np.take_along_axis(proba, order, axis=1)

    def labels(self, proba: NDArray[np.float64]) -> NDArray[np.intp]:
        """Return the label of each row, shape (n,), for probabilities (n, k)."""
        return np.asarray(self.weighed(proba).argmax(axis=1))


def decision_for(pool: Pool, proba: NDArray[np.float64]) -> Decision:
    """Return the decision that serves the pool's goal best if the probabilities are right.

    For accuracy that is the likeliest class. For macro-F1 every class has a weight, for the recall of one class that
    class alone. Weights are found by climbing what the probabilities let one expect, one class after another: the mean
    F1 of the classes; or the F2 of the class, in which recall counts twice as much as precision. Recall alone would be
    perfect if every row were of the class; for F2 a row does not pay whose probability is below a fifth of it.

    Parameters
    ----------
    pool
        Its goal, labels and weights.
    proba
        Shape (n, k): what the model says of the pool.

    References
    ----------
    Lewis (1995), Evaluating and Optimizing Autonomous Text Classification Systems (deciding for expected F).
    Ye, Chai, Lee, Chieu (2012), Optimizing F-Measures: A Tale of Two Approaches (expected F as a ratio of sums).

    Examples
    --------
    >>> from activelabel.learning.protocols import Goal, Pool
    >>> rows = np.arange(6)
    >>> proba = np.array([[0.9, 0.1]] * 5 + [[0.6, 0.4]])
    >>> pool = Pool(np.zeros((6, 1), np.float32), rows, rows % 2, 2, rows < 0, np.ones(6), goal=Goal("macro-f1"))
    >>> decision_for(pool, proba).labels(proba)
    array([0, 0, 0, 0, 0, 1])
    """
    weights = np.ones(pool.n_classes)
    movable = _movable(pool)
    rows = deciding_rows(len(pool))
    climb = _Climb(proba[rows], pool.weights[rows], movable, RECALL if pool.goal.measure == "recall" else 1.0)
    for _ in range(SWEEPS):
        before = weights.copy()
        for label in movable:
            weights[label] = climb.best_weight(weights, label)
        if np.array_equal(before, weights):
            break
    return Decision(weights)


def deciding_rows(n: int) -> NDArray[np.intp]:
    """Return by which of n rows of a pool it is decided: what the model says of them has to be known."""
    return evenly_spaced(n, SAMPLE)


def _movable(pool: Pool) -> NDArray[np.intp]:
    """Return the classes whose measure counts and whose weight may differ from 1."""
    if pool.goal.measure == "accuracy" or pool.n_classes < 2:
        return np.empty(0, dtype=np.intp)
    known = np.flatnonzero(np.bincount(pool.labels, minlength=pool.n_classes) >= ENOUGH)
    return known[known == pool.goal.target] if pool.goal.measure == "recall" else known


class _Climb:
    """What labels are expected to be worth, as one class after another is given more or less weight.

    Parameters
    ----------
    proba, counts
        Shapes (n, k) and (n,): probabilities, and the items that each row stands for.
    judged
        The classes whose F-measures are climbed.
    beta
        How many times recall counts as much as precision.
    """

    def __init__(
        self, proba: NDArray[np.float64], counts: NDArray[np.float64], judged: NDArray[np.intp], beta: float
    ) -> None:
        self._proba = proba
        self._counts = counts
        self._mass = proba * counts[:, None]
        self._expected = self._mass.sum(axis=0)
        self._judged = np.isin(np.arange(proba.shape[1]), judged)
        self._square = beta**2

    def best_weight(self, weights: NDArray[np.float64], label: int) -> float:
        """Return the weight of one class, given the others', at which the expected measure is highest.

        As its weight grows, a class takes one row after another from the classes that have them. All weights between
        two such prices give the same labels; one in the middle stands for them, or the present one if no other is
        better.
        """
        score = self._proba * weights
        score[:, label] = 0.0
        with np.errstate(divide="ignore", invalid="ignore"):
            price = np.nan_to_num(score.max(axis=1) / self._proba[:, label], nan=np.inf)
        order = np.argsort(price, kind="stable")
        edges = np.concatenate([[0.0], price[order], [np.inf]])
        value = np.where(edges[:-1] < edges[1:], self._values(label, score.argmax(axis=1)[order], order), -np.inf)
        here, best = int(np.searchsorted(price[order], weights[label])), int(value.argmax())
        if value[best] <= value[here] + GAIN:
            return float(weights[label])
        low, high = edges[best : best + 2]
        return float(2.0 * low if np.isinf(high) else high / 2.0 if low == 0.0 else np.sqrt(low * high))

    def _values(self, label: int, rival: NDArray[np.intp], order: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the sum of the measures when the first t rows of `order` have gone from their rival to the class.

        Shape (n + 1,), t from 0 on, less what is the same for all t.
        """
        mass, counts = self._mass[order, rival], self._counts[order]
        after = [_left(of, rival) for of in (mass, counts)]
        lost = self._measure(rival, after[0] + mass, after[1] + counts) - self._measure(rival, *after)
        won = self._measure(np.array(label), self._mass[order, label].cumsum(), counts.cumsum())
        return np.concatenate([[0.0], (won - lost.cumsum()).round(9)])

    def _measure(
        self, labels: NDArray[np.intp], hits: NDArray[np.float64], said: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the expected F-measure of classes that have so many hits among what is said to be theirs."""
        least = np.finfo(np.float64).tiny  # nothing of nothing is no hit
        every = np.maximum(self._square * self._expected[labels] + said, least)
        return np.asarray(self._judged[labels] * (1.0 + self._square) * hits / every)


def _left(amounts: NDArray[np.float64], owners: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return what its owner has left after each of the amounts, shape (n,), that are given away in their order."""
    order = np.argsort(owners, kind="stable")
    behind = amounts[order][::-1].cumsum()[::-1] - amounts[order]  # of this owner and those after it
    last = np.searchsorted(owners[order], owners[order], side="right") - 1
    left = np.empty(len(amounts))
    left[order] = behind - behind[last]
    return left
