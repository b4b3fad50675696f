"""Regression on the neighbour graph as a classifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

import numpy as np

from activelabel.learning.propagation.extension import extend
from activelabel.learning.propagation.graph_gp import fit_graph
from activelabel.learning.propagation.kernel import kernels_for

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["GraphGaussianProcess", "gp"]


def gp(rng: np.random.Generator) -> GraphGaussianProcess:
    """Return a Gaussian process on the neighbour graph; nothing in it is random."""
    return GraphGaussianProcess()


class GraphGaussianProcess:
    """Label spreading read as a Gaussian process, with leave-one-out probabilities and predictions for new rows.

    It learns from the rows without a label: `fit` takes all n rows, with -1 in y where there is none. New rows take
    the weighted mean of their 7 nearest rows of the pool.

    Attributes
    ----------
    noise
        Share of labels taken to be wrong, in [0, 0.5); to be set before `fit`.
    needed
        Makes no difference: solving for one row is solving for all.
    classes_
        Shape (k,), ascending, once fitted.
    label_distributions_
        Shape (n, k), rows sum to 1: what it says of the rows it was fitted on.
    left_out_
        Shape (m, k), rows sum to 1: what the other labels say of each labelled row, in the order of X.

    References
    ----------
    Zhu, Lafferty, Ghahramani (2003), Semi-Supervised Learning: From Gaussian Fields to Gaussian Processes.

    Examples
    --------
    >>> rows = np.array([[0.0], [1.0], [2.0], [8.0], [9.0], [10.0]], dtype=np.float32)
    >>> model = GraphGaussianProcess().fit(rows, [3, -1, -1, -1, -1, 5])
    >>> model.classes_[model.predict_proba(np.array([[1.5], [8.5]])).argmax(axis=1)].tolist()
    [3, 5]
    """

    reads_pool: Literal[True] = True
    noise: float = 0.0
    needed: NDArray[np.intp] | None = None
    classes_: NDArray[np.intp]
    label_distributions_: NDArray[np.float64]
    left_out_: NDArray[np.float64]

    def __init__(self) -> None:
        self._features = np.empty((0, 0), dtype=np.float32)

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Fit on X (n, d) and y (n,), -1 where there is no label; one label or more."""
        self._features, y = np.asarray(X, dtype=np.float32), np.asarray(y)
        labelled = np.flatnonzero(y >= 0)
        self.classes_, codes = np.unique(y[labelled], return_inverse=True)
        found = fit_graph(kernels_for(self._features), labelled, codes, len(self.classes_), self.noise)
        self.label_distributions_, self.left_out_ = found
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return (r, k) probabilities for X (r, d), columns in the order of `classes_`."""
        return extend(self._features, self.label_distributions_, np.asarray(X, dtype=np.float32))
