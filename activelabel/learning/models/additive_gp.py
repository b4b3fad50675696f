"""Regression on three likenesses at once: joined on the graph, near by, in the same direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Self

import numpy as np
from scipy.special import softmax

from activelabel.learning.kept import kept
from activelabel.learning.models.likeness import likeness, space_of
from activelabel.learning.models.temperature import best_temperature, log_likelihood, tempered
from activelabel.learning.propagation.extension import extend
from activelabel.learning.propagation.kernel import kernels_for
from activelabel.learning.propagation.lineage import one_hot
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from activelabel.learning.models.likeness import Space

__all__ = ["AdditiveGaussianProcess", "additive_gp"]

NOISES = (0.02, 0.1, 0.4)
"""Variances of a label beside a kernel of diagonal 1: taken at its word, with a grain of salt, or as a hint."""

SHARPNESS = 4.0
"""From regression to probabilities: a row that is wholly of one class then has odds of exp(4) against each other."""

BLOCK = 4_096


def additive_gp(rng: np.random.Generator) -> AdditiveGaussianProcess:
    """Return a Gaussian process on a sum of three kernels; nothing in it is random."""
    return AdditiveGaussianProcess()


class AdditiveGaussianProcess:
    """A Gaussian process whose function is a sum of three: one smooth on the graph, one in space, one straight.

    The kernel is the mean of three of diagonal about 1: that of the neighbour graph with its longer reach, a bell as
    wide as the pool, and the inner product. Where neighbours mean something the first speaks, where borders are
    straight the last, and no label is spent on finding out which. How far labels are trusted is chosen by leaving
    each out, which is exact and costs nothing.

    It learns from the rows without a label: `fit` takes all n rows, with -1 in y where there is none.

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
    Duvenaud, Nickisch, Rasmussen (2011), Additive Gaussian Processes; Rasmussen, Williams (2006), Gaussian Processes
    for Machine Learning, sections 5.4.2 (leaving one out) and 6.5 (regression on labels); Zhu, Lafferty, Ghahramani
    (2003) (the graph).

    Examples
    --------
    >>> rows = np.array([[0.0], [1.0], [2.0], [8.0], [9.0], [10.0]], dtype=np.float32)
    >>> model = AdditiveGaussianProcess().fit(rows, [3, -1, -1, -1, -1, 5])
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
        self._fit: _Fit | None = None

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Fit on X (n, d) and y (n,), -1 where there is no label; one label or more."""
        features, y = np.asarray(X, dtype=np.float32), np.asarray(y)
        labelled = np.flatnonzero(y >= 0)
        self.classes_, codes = np.unique(y[labelled], return_inverse=True)
        with one_thread():
            space = kept(features, space_of)
            chosen = _best(_among(features, labelled, space), one_hot(codes, len(self.classes_)), self.noise)
            graph = kernels_for(features)[-1].carry(labelled, chosen.dual)
            self._fit = _Fit(features, features[labelled], space, chosen, graph)
            self.left_out_ = _probabilities(chosen.left_out)
            self.label_distributions_ = _probabilities(self._fit.values(features, graph))
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return (r, k) probabilities for X (r, d), columns in the order of `classes_`."""
        if self._fit is None:
            raise ValueError("predict_proba needs a fitted model: call fit first")
        rows = np.asarray(X, dtype=np.float32)
        with one_thread():
            return _probabilities(self._fit.values(rows, extend(self._fit.features, self._fit.graph, rows)))


class _Chosen(NamedTuple):
    """The regression of one variance: its dual (m, k), its constant (k,), what it says of labels left out (m, k)."""

    dual: NDArray[np.float64]
    constant: NDArray[np.float64]
    left_out: NDArray[np.float64]


class _Fit(NamedTuple):
    """All that predicting needs: the pool (n, d), the labelled rows (m, d), and the graph's part of its values."""

    features: NDArray[np.float32]
    rows: NDArray[np.float32]
    space: Space
    chosen: _Chosen
    graph: NDArray[np.float64]

    def values(self, rows: NDArray[np.float32], graph: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the regression at rows (r, d) of which the graph's part (r, k) is known."""
        found = np.empty_like(graph)
        for start in range(0, len(rows), BLOCK):
            block = slice(start, start + BLOCK)
            found[block] = graph[block] + likeness(rows[block], self.rows, self.space) @ self.chosen.dual
        return found / 3 + self.chosen.constant


def _best(kernel: NDArray[np.float64], Y: NDArray[np.float64], wrong: float) -> _Chosen:
    """Return the regression under whose noise each label is best foretold by the others."""
    # half way between the shares of the classes among the labels, which were chosen, and even shares
    constant = (Y.mean(axis=0) + 1.0 / Y.shape[1]) / 2
    codes = Y.argmax(axis=1)

    def regression(noise: float) -> _Chosen:
        inverse = np.linalg.inv(kernel + (noise + wrong * (1 - wrong)) * np.eye(len(Y)))
        dual = inverse @ (Y - constant)
        return _Chosen(dual, constant, Y - dual / np.diag(inverse)[:, None])

    def evidence(one: _Chosen) -> float:
        proba = _probabilities(one.left_out)
        return log_likelihood(tempered(proba, best_temperature(proba, codes)), codes)

    return max((regression(noise) for noise in NOISES), key=evidence)


def _among(features: NDArray[np.float32], labelled: NDArray[np.intp], space: Space) -> NDArray[np.float64]:
    """Return the kernel between the labelled rows, shape (m, m)."""
    graph = kernels_for(features)[-1].among(labelled)
    both = graph + likeness(features[labelled], features[labelled], space)
    # products of matrices are symmetric but for their last bits
    return np.asarray((both + both.T) / 6)


def _probabilities(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(softmax(SHARPNESS * values, axis=1))
