"""From a fitted classifier to probabilities for every row and every class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Classifier

__all__ = ["EVERY", "placed", "predict"]

EVERY = slice(None)
"""All rows of a pool."""


def predict(
    model: Classifier, features: NDArray[np.float32], n_classes: int, block: int = 50_000
) -> NDArray[np.float64]:
    """Return the probability of every class for every row; a class the model has not seen gets 0.

    Parameters
    ----------
    model
        Fitted on labels from 0 to n_classes - 1.
    features
        Shape (n, d).
    n_classes
        k, seen or not.
    block
        Rows at a time, so that what the classifier makes on the way stays small.

    Returns
    -------
    NDArray[np.float64]
        Shape (n, k), rows sum to 1.

    Examples
    --------
    >>> from activelabel.learning.models.learners import logistic_regression
    >>> model = logistic_regression(np.random.default_rng(0)).fit([[0.0], [0.5]], [1, 1])
    >>> predict(model, np.zeros((2, 1), dtype=np.float32), n_classes=3)
    array([[0., 1., 0.],
           [0., 1., 0.]])
    """
    proba = np.zeros((len(features), n_classes))
    for start in range(0, len(features), block):
        proba[start : start + block, model.classes_] = model.predict_proba(features[start : start + block])
    # a classifier that gives a row nothing at all says that it does not know
    total = proba.sum(axis=1)
    proba[~(total > 0)] = 1.0 / max(n_classes, 1)  # not-a-number is no probability either
    proba /= np.where(total > 0, total, 1.0)[:, None]
    return proba


def placed(said: NDArray[np.float64], rows: NDArray[np.intp] | slice, n: int) -> NDArray[np.float64]:
    """Return what is said of some rows of a pool (n), shape (r, k), in their places, shape (n, k); NaN of all others.

    Examples
    --------
    >>> placed(np.array([[0.2, 0.8]]), np.array([1]), 2)
    array([[nan, nan],
           [0.2, 0.8]])
    """
    if isinstance(rows, slice):
        return said
    proba = np.full((n, said.shape[1]), np.nan)
    proba[rows] = said
    return proba
