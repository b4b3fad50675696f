"""The three classifiers of the start, each made from a generator alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression

from activelabel.learning.models.kernel_machine import SoftmaxSVC
from activelabel.learning.models.one_class import AnyClasses

if TYPE_CHECKING:
    import numpy as np

__all__ = ["logistic_regression", "random_forest", "svm"]


def logistic_regression(rng: np.random.Generator, tolerance: float = 1e-4) -> AnyClasses:
    """Return a multinomial logistic regression, C = 1, its gradient below `tolerance`; nothing in it is random.

    Examples
    --------
    >>> import numpy as np
    >>> model = logistic_regression(np.random.default_rng(0)).fit([[-1.0], [1.0]], [0, 1])
    >>> model.predict_proba([[0.0]]).round(3)
    array([[0.5, 0.5]])
    """
    return AnyClasses(lambda: LogisticRegression(tol=tolerance, max_iter=1000))


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
