"""Extra trees beside a random forest, whose left-out votes come with the fit."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Self

import numpy as np
from sklearn.tree import DecisionTreeClassifier, ExtraTreeClassifier

from activelabel.learning.models.one_class import AnyClasses
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["TwoForests", "trees"]

TREES = 15
"""Trees of each kind among other members: some five leave a given row out, enough to vote on it."""

ALONE = 50
"""Trees of each kind where nobody else has a say."""


def trees(rng: np.random.Generator) -> AnyClasses:
    """Return 50 extra trees and a forest of 50, which vote together."""
    seed = int(rng.integers(2**31))
    return AnyClasses(lambda: TwoForests(seed, ALONE))


class TwoForests:
    """Half extra trees, whose cuts are random, half a random forest, whose cuts are the best: mean of their votes.

    Each tree learns from m rows drawn with replacement. They are grown one by one here, because scikit-learn's
    forests spend longer on getting ready than their trees on growing while labels are few.

    Parameters
    ----------
    seed
        Of both.
    trees
        Of each kind.

    Attributes
    ----------
    classes_
        Shape (k,), ascending, once fitted.
    left_out_
        Shape (m, k), rows sum to 1: the votes of the trees that had not seen the row, all alike where there are none.

    References
    ----------
    Geurts, Ernst, Wehenkel (2006), Extremely Randomized Trees; Breiman (2001), Random Forests (out of bag).

    Examples
    --------
    >>> rows = np.arange(40.0)[:, None]
    >>> model = TwoForests(0).fit(rows, rows[:, 0] > 20)
    >>> model.predict_proba([[3.0]]).round(1), model.left_out_.shape
    (array([[1., 0.]]), (40, 2))
    """

    classes_: NDArray[np.intp]
    left_out_: NDArray[np.float64]

    def __init__(self, seed: int, trees: int = TREES) -> None:
        self._seed, self._wanted = seed, trees
        self._trees: list[DecisionTreeClassifier] = []

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Fit on X (m, d) and y (m,), each row as heavy as its weight (m,)."""
        rows = np.ascontiguousarray(X, dtype=np.float32)
        self.classes_, codes = np.unique(y, return_inverse=True)
        rng, m = np.random.default_rng(self._seed), len(rows)
        weights = np.ones(m) if sample_weight is None else np.asarray(sample_weight)
        votes, voters, self._trees = np.zeros((m, len(self.classes_))), np.zeros((m, 1)), []
        with one_thread(), warnings.catch_warnings():
            # more classes than half of the labels is how a project with many classes begins
            warnings.simplefilter("ignore", UserWarning)
            for number in range(2 * self._wanted):
                drawn = np.bincount(rng.integers(m, size=m), minlength=m).astype(np.float64)
                kind = ExtraTreeClassifier if number % 2 else DecisionTreeClassifier
                tree = kind(max_features="sqrt", random_state=int(rng.integers(2**31)))
                tree.fit(rows, codes, drawn * weights, check_input=False)
                unseen = drawn == 0
                votes[unseen] += _votes(tree, rows[unseen])
                voters[unseen] += 1
                self._trees.append(tree)
        even = np.full_like(votes, 1.0 / len(self.classes_))
        self.left_out_ = np.divide(votes, voters, out=even, where=voters > 0)
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return (n, k) probabilities for X (n, d), columns in the order of `classes_`."""
        rows = np.ascontiguousarray(X, dtype=np.float32)
        total = np.zeros((len(rows), len(self.classes_)))
        for tree in self._trees:
            total += _votes(tree, rows)
        return total / len(self._trees)


def _votes(tree: DecisionTreeClassifier, rows: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the shares of the classes in the leaf of each row, shape (n, k), without asking again what rows are."""
    return np.asarray(tree.tree_.predict(rows))
