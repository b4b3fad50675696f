"""Groups as Gaussian clouds that rows belong to by degrees."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

from activelabel.learning.clusterers.grouping import grouped, possible_groups
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Clustering

__all__ = ["best_mixture", "gaussian_mixture"]

FITTED_ROWS = 10_000
"""Rows that the clouds are fitted to: their shapes hardly move beyond, the wait does."""

SHAPES: tuple[Literal["diag", "tied", "full"], ...] = ("diag", "tied", "full")

LEAST_VARIANCE = 1e-3
"""Of the mean variance of a feature: a cloud of few rows, or a constant feature, stays a cloud."""


def gaussian_mixture(features: NDArray[np.float32], k: int, rng: np.random.Generator) -> Clustering:
    """Return the clouds of a Gaussian mixture, with the degrees to which each row belongs to them.

    How many clouds, k or a half, a quarter ... of it, and of what shape, the same for all or not, is decided by the
    Bayesian information criterion.

    Parameters
    ----------
    features
        Shape (n, d), n >= 1.
    k
        Clouds at most.
    rng
        Starts the fits and, above 10,000 rows, draws those fitted to.

    Returns
    -------
    Clustering
        With `responsibilities`; a row's label is the cloud it belongs to most.

    References
    ----------
    Dempster, Laird, Rubin (1977), Maximum Likelihood from Incomplete Data via the EM Algorithm; Fraley, Raftery (2002),
    Model-Based Clustering (shapes, criterion).

    Examples
    --------
    >>> rows = np.array([[0.0], [0.1], [0.2], [9.0], [9.1], [9.2]], dtype=np.float32)
    >>> found = gaussian_mixture(rows, 2, np.random.default_rng(0))
    >>> found.sizes.tolist(), found.responsibilities.sum(axis=1).tolist()
    ([3, 3], [1.0, 1.0, 1.0, 1.0, 1.0, 1.0])
    """
    if len(features) == 1:
        alone = grouped(features, np.zeros(1, dtype=np.intp))
        return replace(alone, responsibilities=np.ones((1, 1), dtype=np.float32))
    rows = features.astype(np.float64)
    with one_thread():
        shares = best_mixture(rows, possible_groups(features, k), rng).predict_proba(rows)
    names, labels = np.unique(shares.argmax(axis=1), return_inverse=True)
    # a cloud that no row belongs to most is no group
    heard = shares[:, names]
    clusters = grouped(features, labels.astype(np.intp))
    return replace(clusters, responsibilities=(heard / heard.sum(axis=1, keepdims=True)).astype(np.float32))


def best_mixture(rows: NDArray[np.float64], k: int, rng: np.random.Generator) -> GaussianMixture:
    """Return the fitted mixture of at most k clouds with the best Bayesian information criterion.

    Parameters
    ----------
    rows
        Shape (n, d); k distinct ones or more.
    k
        Clouds at most, 1 or more.
    rng
        Starts the fits, draws the rows fitted to.
    """
    if len(rows) > FITTED_ROWS:
        rows = rows[np.sort(rng.permutation(len(rows))[:FITTED_ROWS])]
    least = LEAST_VARIANCE * float(rows.var(axis=0).mean()) or 1.0
    fitted = []
    for number, shape in _candidates(len(rows), rows.shape[1], k):
        model = GaussianMixture(number, covariance_type=shape, reg_covar=least, random_state=int(rng.integers(2**31)))
        with warnings.catch_warnings():
            # what has not settled is compared by what it reached
            warnings.simplefilter("ignore", ConvergenceWarning)
            fitted.append(model.fit(rows))
    return min(fitted, key=lambda model: float(model.bic(rows)))


def _candidates(n: int, d: int, k: int) -> list[tuple[int, Literal["diag", "tied", "full"]]]:
    """Return the numbers and shapes to compare; clouds of any shape only where each has more rows than features."""
    numbers = [k]
    while numbers[-1] > 1:
        numbers.append(numbers[-1] // 2)
    return [(number, shape) for number in numbers for shape in SHAPES if shape != "full" or n > number * d]
