"""What cross-validation leaves out of its own variance: rows that teach each other's models are right together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["fold_covariance"]


def fold_covariance(gains: NDArray[np.float64], sizes: NDArray[np.intp]) -> float:
    """Return the variance that a mean over cross-validated rows has because folds teach each other's models.

    Where a row of one fold helps to foretell a row of another, that one helps to foretell the first: chance draws both
    or neither, and they are right or wrong together. A variance that takes the rows for independent leaves that out.
    What every label gains every row on the mean is no part of it: the rows that were not drawn have gained it, too.

    Parameters
    ----------
    gains
        Shape (f, f), for f folds: in row l and column k the sum, over the rows of fold k, of what their true class is
        given by models that saw fold l, less what it is given by models that did not, fold k being left out of both.
        NaN where that was not tried, both ways round.
    sizes
        Shape (f,): rows of each fold, 1 or more.

    Returns
    -------
    float
        0 or more; what pairs of folds that were not tried would add is taken to be like that of the others. 0 where
        fewer than two pairs were tried, which tell nothing.

    References
    ----------
    Bengio, Grandvalet (2004), No Unbiased Estimator of the Variance of K-Fold Cross-Validation: the covariance between
    folds that no single cross-validation shows. Fits without two folds at once do show it.

    Examples
    --------
    Two folds of ten rows that gain each other three rows, and two that gain nothing.

    >>> none = float("nan")
    >>> gains = np.array([[none, 3, 0, 0], [3, none, 0, 0], [0, 0, none, 0], [0, 0, 0, none]])
    >>> round(fold_covariance(gains, np.full(4, 10)), 4)
    0.0112
    """
    tried = np.isfinite(gains)
    chances = np.outer(sizes, sizes).astype(np.float64)
    np.fill_diagonal(chances, 0.0)
    among = float(chances[tried].sum())
    pairs = int(tried.sum()) // 2
    if pairs < 2:
        return 0.0
    beyond = gains - float(gains[tried].sum()) / among * chances
    # the mean gain was estimated from the same pairs
    together = float((beyond * beyond.T)[tried].sum()) * pairs / (pairs - 1)
    return max(together * float(chances.sum()) / among, 0.0) / float(sizes.sum()) ** 2
