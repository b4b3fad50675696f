"""A support vector machine whose decisions are products of matrices, and whose scores become probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np
from scipy.special import softmax
from sklearn.svm import SVC

from activelabel.learning.models.likeness import bell

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["SoftmaxSVC"]

SHARPNESS = 2.0
"""Of the decision values: those of the two likeliest classes are about one vote apart, here seven times in odds."""

BLOCK = 2_048
"""Rows at a time, so that their kernel with thousands of support vectors stays small."""


class SoftmaxSVC:
    """A support vector machine whose probabilities are the softmax of its one-vs-rest decision values.

    Platt's way, fitting a sigmoid by cross-validation, needs more labels than there are and contradicts the borders.
    Fitted by libsvm; its decision values are worked out here, from a few matrix products, several times as fast.

    References
    ----------
    Cortes, Vapnik (1995), Support-Vector Networks; Knerr, Personnaz, Dreyfus (1990) (one class against another).

    Examples
    --------
    >>> SoftmaxSVC().fit([[-1.0], [1.0]], [0, 1]).predict_proba([[-1.0], [0.0]]).round(2)
    array([[0.98, 0.02],
           [0.5 , 0.5 ]])
    """

    classes_: NDArray[np.intp]

    def __init__(self) -> None:
        self._gamma = 1.0
        self._vectors = np.empty((0, 0), dtype=np.float32)
        self._duals = np.empty((0, 0), dtype=np.float32)
        self._shifts = np.empty(0)
        self._pairs = np.empty((0, 2), dtype=np.intp)

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Fit on X (m, d) and y (m,) of two classes or more, each row as heavy as its weight (m,)."""
        rows = np.asarray(X, dtype=np.float32)
        spread = float(rows.var(dtype=np.float64)) * rows.shape[1]
        self._gamma = 1.0 / spread if spread > 0 else 1.0
        # libsvm works out a kernel entry by entry, and again when it has forgotten it
        machine = SVC(C=10.0, kernel="precomputed", decision_function_shape="ovo")
        machine.fit(bell(rows, rows, self._gamma), y, sample_weight)
        self.classes_ = machine.classes_
        k = len(self.classes_)
        self._pairs = np.column_stack(np.triu_indices(k, 1))
        self._vectors = rows[machine.support_]
        # of two classes libsvm's sign is turned round by scikit-learn: above 0 is the second one
        sign = -1.0 if k == 2 else 1.0
        self._duals = sign * _dual_of_pairs(machine.dual_coef_, machine.n_support_, self._pairs)
        self._shifts = sign * machine.intercept_
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return (n, k) probabilities for X (n, d), columns in the order of `classes_`."""
        rows = np.asarray(X, dtype=np.float32)
        blocks = [self._values(rows[start : start + BLOCK]) for start in range(0, len(rows), BLOCK)]
        values = np.concatenate(blocks) if blocks else np.empty((0, len(self.classes_)))
        return np.asarray(softmax(SHARPNESS * values, axis=1))

    def _values(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return how much each class is decided for, shape (n, k): votes, and between equal votes the distances."""
        decided = bell(rows, self._vectors, self._gamma) @ self._duals + self._shifts
        if len(self.classes_) == 2:
            return np.column_stack([decided[:, 0], -decided[:, 0]])
        for_first = (self._pairs[:, :1] == np.arange(len(self.classes_))).astype(np.float64)
        for_second = (self._pairs[:, 1:] == np.arange(len(self.classes_))).astype(np.float64)
        won = (decided > 0).astype(np.float64)
        sums = decided @ (for_first - for_second)
        return np.asarray(won @ for_first + (1.0 - won) @ for_second + sums / (3.0 * (np.abs(sums) + 1.0)))


def _dual_of_pairs(
    duals: NDArray[np.float64], counts: NDArray[np.intp], pairs: NDArray[np.intp]
) -> NDArray[np.float32]:
    """Return shape (vectors, pairs): what each support vector adds to the decision between two classes.

    libsvm keeps k - 1 rows of coefficients: of a vector of class i, row j - 1 is for its decision against class j > i,
    row j for that against j < i.
    """
    ends = np.cumsum(counts)
    starts = ends - counts
    out = np.zeros((len(duals.T), len(pairs)), dtype=np.float32)
    for place, (first, second) in enumerate(pairs):
        mine, yours = slice(starts[first], ends[first]), slice(starts[second], ends[second])
        out[mine, place] = duals[second - 1, mine]
        out[yours, place] = duals[first, yours]
    return out
