"""Ask what would move the model most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.models.learners import logistic_regression
from activelabel.learning.models.prediction import predict
from activelabel.learning.strategies.ranking import take_highest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["expected_model_change", "gradient_length_score"]


def expected_model_change(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask the rows whose label would pull hardest at a logistic regression, in expectation over what it may be.

    Raises
    ------
    ValueError
        Without labels, from which there could be a model to change.

    References
    ----------
    Settles, Craven, Ray (2008), Multiple-Instance Active Learning (expected gradient length).
    """
    if not len(pool.labelled):
        raise ValueError("a model that is to change needs one label or more, got none")
    model = logistic_regression(rng).fit(pool.features[pool.labelled], pool.labels)
    proba = predict(model, pool.features, pool.n_classes)
    return take_highest(gradient_length_score(proba, pool.features), pool.askable, q, rng)


def gradient_length_score(proba: NDArray[np.float64], features: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the expected length of the gradient of the log loss of a softmax regression, row by row.

    For class y the gradient is (p - e_y) times (x, 1); the lengths are weighed by p_y.

    Parameters
    ----------
    proba
        Shape (n, k). Rows sum to 1.
    features
        Shape (n, d).

    Returns
    -------
    NDArray[np.float64]
        Shape (n,), 0 where the model is certain.

    Examples
    --------
    >>> proba = np.array([[0.5, 0.5], [1.0, 0.0], [0.5, 0.5]])
    >>> gradient_length_score(proba, np.array([[0.0], [5.0], [1.0]], dtype=np.float32)).round(3)
    array([0.707, 0.   , 1.   ])
    """
    to_class = np.sqrt(np.maximum((proba**2).sum(axis=1, keepdims=True) - 2.0 * proba + 1.0, 0.0))
    length = np.sqrt((features.astype(np.float64) ** 2).sum(axis=1) + 1.0)
    return np.asarray((proba * to_class).sum(axis=1) * length)
