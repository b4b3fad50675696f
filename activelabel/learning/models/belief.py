"""Which labels to believe when some of them are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["believed", "chance_right"]


def chance_right(given: NDArray[np.float64], noise: float, n_classes: int) -> NDArray[np.float64]:
    """Return how likely each label is right, after what the other labels say of it.

    A wrong answer is taken to be any other class alike. With p what the other labels give to the class that was
    answered, that class is right with odds (1 - noise) p to noise (1 - p) / (k - 1).

    Parameters
    ----------
    given
        Shape (m,), in [0, 1]: the probability of each label under models that had not seen it.
    noise
        Share of labels taken to be wrong, in [0, 0.5).
    n_classes
        k, 2 or more.

    References
    ----------
    Dawid, Skene (1979), Maximum Likelihood Estimation of Observer Error-Rates; Northcutt, Jiang, Chuang (2021),
    Confident Learning.

    Examples
    --------
    >>> chance_right(np.array([0.9, 0.01]), 0.1, 2).round(2)
    array([0.99, 0.08])
    """
    right = (1.0 - noise) * given
    wrong = noise * (1.0 - given) / (n_classes - 1)
    total = right + wrong
    return np.divide(right, total, out=np.ones_like(right), where=total > 0)


def believed(codes: NDArray[np.intp], given: NDArray[np.float64], noise: float) -> NDArray[np.bool_]:
    """Return which labels are more likely right than wrong, and of each class the likeliest one in any case.

    The others cannot know a class of which they were shown nothing: disbelieving its only label would only say that.

    Parameters
    ----------
    codes
        Shape (m,), 0 to k - 1.
    given, noise
        As for `chance_right`.

    Returns
    -------
    NDArray[np.bool_]
        Shape (m,).

    Examples
    --------
    >>> believed(np.array([0, 0, 0, 1]), np.array([0.9, 0.8, 0.01, 0.0]), 0.1).tolist()
    [True, True, False, True]
    """
    k = int(codes.max()) + 1
    right = chance_right(given, noise, k)
    likeliest = np.lexsort((-right, codes))[np.searchsorted(np.sort(codes), np.arange(k))]
    kept = right >= 0.5
    kept[likeliest] = True
    return kept
