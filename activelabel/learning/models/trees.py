"""Extra trees beside a random forest, whose left-out votes come with the fit."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Self

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier

from activelabel.learning.models.one_class import AnyClasses
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["TwoForests", "trees"]

TREES = 30
"""Trees of each kind: some twenty leave a given row out, enough to vote on it, and fifty measured no better."""


def trees(rng: np.random.Generator) -> AnyClasses:
    """Return 30 extra trees and a forest of 30, which vote together."""
    seed = int(rng.integers(2**31))
    return AnyClasses(lambda: TwoForests(seed))


class TwoForests:
    """Half extra trees, whose cuts are random, half a random forest, whose cuts are the best: mean of their votes.

    Parameters
    ----------
    seed
        Of both.

    Attributes
    ----------
    classes_
        Shape (k,), ascending, once fitted.
    left_out_
        Shape (m, k), rows sum to 1: the votes of the trees that had not seen the row.

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

    def __init__(self, seed: int) -> None:
        settings = {"n_estimators": TREES, "bootstrap": True, "oob_score": True, "random_state": seed}
        self._forests = [ExtraTreesClassifier(**settings), RandomForestClassifier(**settings)]

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Fit on X (m, d) and y (m,), each row as heavy as its weight (m,)."""
        votes = []
        for forest in self._forests:
            with one_thread(), warnings.catch_warnings():
                # a row that every tree has seen has no votes: that is answered below
                warnings.simplefilter("ignore", UserWarning)
                warnings.simplefilter("ignore", RuntimeWarning)
                forest.fit(X, y, sample_weight)
            votes.append(forest.oob_decision_function_)
        self.classes_ = self._forests[0].classes_
        self.left_out_ = np.nan_to_num(np.mean(votes, axis=0), nan=1.0 / len(self.classes_))
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return (n, k) probabilities for X (n, d), columns in the order of `classes_`."""
        return np.asarray(np.mean([forest.predict_proba(X) for forest in self._forests], axis=0))
