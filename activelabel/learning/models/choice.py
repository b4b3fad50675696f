"""Cross-validation on the labels given decides which of three classifiers it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from activelabel.learning.models.learners import logistic_regression, random_forest, svm
from activelabel.learning.models.one_class import by_content
from activelabel.learning.models.prediction import predict
from activelabel.learning.models.temperature import best_temperature, log_likelihood, tempered

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from activelabel.learning.protocols import Classifier, Learner

__all__ = ["BestByCrossValidation", "best_by_cross_validation", "out_of_fold", "stratified_folds"]

CANDIDATES: dict[str, Learner] = {
    # the simplest first: it wins ties
    "logistic-regression": logistic_regression,
    "svm": svm,
    "random-forest": random_forest,
}

FOLDS = 5

ENOUGH = 2_000
"""Labels on which the comparison is made: more would change the winner rarely and the wait a lot."""

SVM_LIMIT = 10_000
"""Labels above which a support vector machine, quadratic in them, no longer takes part."""


class _Judged(NamedTuple):
    worth: float
    name: str
    temperature: float


def best_by_cross_validation(rng: np.random.Generator) -> BestByCrossValidation:
    """Return a classifier that becomes the best of logistic regression, support vector machine and random forest."""
    return BestByCrossValidation(int(rng.integers(2**31)))


class BestByCrossValidation:
    """Compares the candidates by their out-of-fold log-likelihood, each at its best temperature, and fits the best.

    With fewer than two labels a class on average there is nothing to compare by, and it is logistic regression.

    Parameters
    ----------
    seed
        Decides folds and forests.

    Attributes
    ----------
    classes_
        Shape (k,), ascending, once fitted.
    chosen_
        The name of the candidate that was fitted.

    Examples
    --------
    >>> rows = np.linspace(-1, 1, 40)[:, None]
    >>> model = BestByCrossValidation(0).fit(rows, abs(rows[:, 0]) > 0.5)
    >>> model.chosen_ == "logistic-regression"  # no straight border does
    False
    """

    classes_: NDArray[np.intp]
    chosen_: str

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._temperature = 1.0
        self._model: Classifier | None = None

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Fit on X (m, d) and y (m,), m >= 1."""
        X, y = np.asarray(X, dtype=np.float32), np.asarray(y)
        order = by_content(X, y)
        X, y = X[order], y[order]
        self.classes_, codes = np.unique(y, return_inverse=True)
        _, self.chosen_, self._temperature = self._judge(X, codes)
        self._model = CANDIDATES[self.chosen_](np.random.default_rng(self._seed)).fit(X, y)
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return (n, k) probabilities for X (n, d), columns in the order of `classes_`."""
        if self._model is None:
            raise ValueError("predict_proba needs a fitted model: call fit first")
        return tempered(self._model.predict_proba(X), self._temperature)

    def _judge(self, X: NDArray[np.float32], codes: NDArray[np.intp]) -> _Judged:
        """Return the candidate that foretells left-out labels best."""
        k = len(self.classes_)
        if k < 2 or len(codes) < 2 * k:
            return _Judged(0.0, "logistic-regression", 1.0)
        rng = np.random.default_rng(self._seed)
        folds = stratified_folds(codes, FOLDS, rng)
        compared = rng.permutation(len(codes))[:ENOUGH]
        candidates = [name for name in CANDIDATES if name != "svm" or len(codes) <= SVM_LIMIT]
        judge = partial(self._judge_one, X[compared], codes[compared], folds[compared])
        return max((judge(name) for name in candidates), key=lambda judged: judged.worth)

    def _judge_one(
        self, X: NDArray[np.float32], codes: NDArray[np.intp], folds: NDArray[np.intp], name: str
    ) -> _Judged:
        proba = out_of_fold(CANDIDATES[name], X, codes, folds, self._seed)
        temperature = best_temperature(proba, codes)
        return _Judged(log_likelihood(tempered(proba, temperature), codes), name, temperature)


def out_of_fold(
    learner: Learner, X: NDArray[np.float32], codes: NDArray[np.intp], folds: NDArray[np.intp], seed: int
) -> NDArray[np.float64]:
    """Return what a model fitted without its fold says of each row.

    Parameters
    ----------
    X, codes, folds
        Shapes (m, d), (m,) from 0 to k - 1, and (m,): two folds or more.

    Returns
    -------
    NDArray[np.float64]
        Shape (m, k), rows sum to 1.
    """
    k = int(codes.max()) + 1
    proba = np.empty((len(X), k))
    for fold in np.unique(folds):
        out = folds == fold
        model = learner(np.random.default_rng(seed)).fit(X[~out], codes[~out])
        proba[out] = predict(model, X[out], k)
    return proba


def stratified_folds(codes: NDArray[np.intp], folds: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Deal rows into folds, class after class, so that folds and classes are as even as they can be.

    Examples
    --------
    >>> stratified_folds(np.array([0, 0, 1, 1]), 2, np.random.default_rng(0)).reshape(2, 2).sum(axis=1)
    array([1, 1])
    """
    shuffled = rng.permutation(len(codes))
    dealt = np.empty(len(codes), dtype=np.intp)
    dealt[shuffled[np.argsort(codes[shuffled], kind="stable")]] = np.arange(len(codes)) % folds
    return dealt
