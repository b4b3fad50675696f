"""The three classifiers of the start, each made from a generator alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np
from scipy.special import softmax
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from activelabel.learning.models.one_class import AnyClasses

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SHARPNESS = 2.0
"""Of the decision values: those of the two likeliest classes are about one vote apart, here seven times in odds."""

__all__ = ["SoftmaxSVC", "logistic_regression", "random_forest", "svm"]


def logistic_regression(rng: np.random.Generator, strength: float = 1.0) -> AnyClasses:
    """Return a multinomial logistic regression with C = `strength`; nothing in it is random.

    Examples
    --------
    >>> model = logistic_regression(np.random.default_rng(0)).fit([[-1.0], [1.0]], [0, 1])
    >>> model.predict_proba([[0.0]]).round(3)
    array([[0.5, 0.5]])
    """
    return AnyClasses(lambda: LogisticRegression(C=strength, max_iter=1000))


def random_forest(rng: np.random.Generator) -> AnyClasses:
    """Return a forest of 100 trees.

    References
    ----------
    Breiman (2001), Random Forests.
    """
    seed = int(rng.integers(2**31))
    return AnyClasses(lambda: RandomForestClassifier(100, random_state=seed))


def svm(rng: np.random.Generator) -> AnyClasses:
    """Return a support vector machine with a Gaussian kernel, C = 10; nothing in it is random."""
    return AnyClasses(SoftmaxSVC)


class SoftmaxSVC:
    """A support vector machine whose probabilities are the softmax of its one-vs-rest decision values.

    Platt's way, fitting a sigmoid by cross-validation, needs more labels than there are and contradicts the borders.

    References
    ----------
    Cortes, Vapnik (1995), Support-Vector Networks.

    Examples
    --------
    >>> SoftmaxSVC().fit([[-1.0], [1.0]], [0, 1]).predict_proba([[-1.0], [0.0]]).round(2)
    array([[0.98, 0.02],
           [0.5 , 0.5 ]])
    """

    classes_: NDArray[np.intp]

    def __init__(self) -> None:
        self._machine = SVC(C=10.0, decision_function_shape="ovr")

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Fit on X (m, d) and y (m,) of two classes or more, each row as heavy as its weight (m,)."""
        self._machine.fit(X, y, sample_weight)
        self.classes_ = self._machine.classes_
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return (n, k) probabilities for X (n, d), columns in the order of `classes_`."""
        values = self._machine.decision_function(X)
        if values.ndim == 1:
            values = np.column_stack([-values, values])
        return np.asarray(softmax(SHARPNESS * values, axis=1))
