"""What scikit-learn's classifiers lack for a first answer: fitting when only one class has been seen."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Protocol, Self

import numpy as np

from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

__all__ = ["AnyClasses", "Estimator", "by_content"]


class Estimator(Protocol):
    """What is wrapped: a classifier that needs two classes or more."""

    classes_: NDArray[np.intp]

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> object:
        """Fit on X (m, d) and y (m,), each row as heavy as its weight (m,)."""
        ...

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return (n, k) probabilities."""
        ...


class AnyClasses:
    """A classifier that also fits when all labels are of one class, and does not care in which order they came.

    Parameters
    ----------
    make
        Makes the unfitted classifier for two classes or more.

    Attributes
    ----------
    classes_
        Shape (k,), ascending, once fitted.

    Examples
    --------
    >>> from sklearn.naive_bayes import GaussianNB
    >>> AnyClasses(GaussianNB).fit([[0.0], [1.0]], [3, 3]).predict_proba([[5.0]])
    array([[1.]])
    """

    classes_: NDArray[np.intp]

    def __init__(self, make: Callable[[], Estimator]) -> None:
        self._make = make
        self._fitted: Estimator | None = None

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: NDArray[np.float64] | None = None) -> Self:
        """Fit on X (m, d) and y (m,), m >= 1; on weights (m,) only what takes weights."""
        X, y = np.asarray(X), np.asarray(y)
        self.classes_ = np.unique(y)
        self._fitted = None
        if len(self.classes_) > 1:
            order = by_content(X, y)
            self._fitted = self._make()
            with one_thread(), warnings.catch_warnings():
                # few labels a class, or an optimiser that stops early: nothing to be told of, the audit judges
                warnings.simplefilter("ignore", UserWarning)
                if sample_weight is None:
                    self._fitted.fit(X[order], y[order])
                else:
                    self._fitted.fit(X[order], y[order], sample_weight[order])
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return (n, k) probabilities for X (n, d), columns in the order of `classes_`."""
        if self._fitted is None:
            return np.ones((len(np.asarray(X)), 1))
        with one_thread():
            return np.asarray(self._fitted.predict_proba(X), dtype=np.float64)


def by_content(X: NDArray[np.floating], y: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return an order of the labelled rows that depends on what they hold and not on where they stand.

    Examples
    --------
    >>> by_content(np.array([[2.0], [1.0], [0.0]]), np.array([0, 0, 1])).tolist()
    [0, 1, 2]
    >>> by_content(np.array([[0.0], [1.0], [2.0]]), np.array([1, 0, 0])).tolist()
    [2, 1, 0]
    """
    rows = np.ascontiguousarray(X + X.dtype.type(0))
    keys = rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).ravel()
    _, rank = np.unique(keys, return_inverse=True)
    return np.lexsort((rank, y))
