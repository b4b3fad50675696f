"""Three classifiers of the textbooks, made to work on a handful of labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np
from scipy.special import softmax
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.neighbors import KNeighborsClassifier

from activelabel.learning.models.one_class import AnyClasses

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = [
    "BoostedTrees",
    "NearestNeighbours",
    "ShrunkNaiveBayes",
    "gradient_boosted_trees",
    "naive_bayes",
    "nearest_neighbours",
]

PRIOR = 5.0
"""Labels' worth of the spread of all rows in the spread of a class: one label has no spread of its own."""

NEIGHBOURS = 5

LEAF = 20
LEAVES_A_CLASS = 3
"""Labels in a leaf: 20 where there are many, else few enough for three leaves a class."""

SOME_FEATURES = 0.3
RIDGE = 1.0
"""Each cut looks at three features in ten, as in a forest, and each leaf says a little less than its labels do: on 50
labels that is worth some ten points where features are many, and it stops trees that have nothing left to correct."""

ROUNDS = 60
"""Trees a class, each worth a tenth: on hundreds of labels, more of them only repeat what the first ones said."""


def naive_bayes(rng: np.random.Generator) -> AnyClasses:
    """Return Gaussian naive Bayes with shrunken variances; nothing in it is random."""
    return AnyClasses(ShrunkNaiveBayes)


def nearest_neighbours(rng: np.random.Generator) -> AnyClasses:
    """Return a vote of the five nearest labels; nothing in it is random."""
    return AnyClasses(NearestNeighbours)


def gradient_boosted_trees(rng: np.random.Generator) -> AnyClasses:
    """Return 60 gradient-boosted trees a class."""
    seed = int(rng.integers(2**31))
    return AnyClasses(lambda: BoostedTrees(seed))


class ShrunkNaiveBayes:
    """Features taken as independent and normal within each class, classes as equally likely beforehand.

    The variance of a class is drawn towards that of all rows as if five more labels said so. Which rows were asked
    says nothing about how frequent their classes are.

    References
    ----------
    Hand, Yu (2001), Idiot's Bayes: Not So Stupid After All?

    Examples
    --------
    >>> model = ShrunkNaiveBayes().fit(np.array([[-1.0], [1.0]]), np.array([0, 1]))
    >>> model.predict_proba(np.array([[-1.0], [0.0]])).round(2)
    array([[0.92, 0.08],
           [0.5 , 0.5 ]])
    """

    classes_: NDArray[np.intp]

    def __init__(self) -> None:
        self._means = self._variances = np.empty((0, 0))

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Fit on X (m, d) and y (m,), each row as heavy as its weight (m,)."""
        X, y = np.asarray(X, dtype=np.float64), np.asarray(y)
        weights = np.ones(len(X)) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
        self.classes_, codes = np.unique(y, return_inverse=True)
        overall = np.average((X - np.average(X, axis=0, weights=weights)) ** 2, axis=0, weights=weights)
        means, variances = [], []
        for code in range(len(self.classes_)):
            rows, heavy = X[codes == code], weights[codes == code, None]
            mean = (heavy * rows).sum(axis=0) / heavy.sum()
            squares = (heavy * (rows - mean) ** 2).sum(axis=0)
            means.append(mean)
            shrunken = (squares + PRIOR * overall) / (heavy.sum() + PRIOR)
            # a feature that never changes says nothing: it has the same spread in every class, any will do
            variances.append(np.where(shrunken > 0, shrunken, 1.0))
        self._means, self._variances = np.array(means), np.array(variances)
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return (n, k) probabilities for X (n, d), columns in the order of `classes_`."""
        X = np.asarray(X, dtype=np.float64)
        logs = [
            -0.5 * (((X - mean) ** 2 / variance).sum(axis=1) + np.log(variance).sum())
            for mean, variance in zip(self._means, self._variances, strict=True)
        ]
        return np.asarray(softmax(np.column_stack(logs), axis=1))


class NearestNeighbours:
    """A vote of the five nearest labels, or of all where there are fewer, nearer ones counting more.

    References
    ----------
    Cover, Hart (1967), Nearest Neighbor Pattern Classification; Dudani (1976), The Distance-Weighted k-Nearest-Neighbor
    Rule.

    Examples
    --------
    >>> model = NearestNeighbours().fit([[0.0], [4.0]], [0, 1])
    >>> model.predict_proba([[1.0]])
    array([[0.75, 0.25]])
    """

    classes_: NDArray[np.intp]

    def __init__(self) -> None:
        self._index: KNeighborsClassifier | None = None

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Keep X (m, d) and y (m,); each row has one vote, whatever its weight."""
        y = np.asarray(y)
        self._index = KNeighborsClassifier(min(NEIGHBOURS, len(y)), weights="distance").fit(X, y)
        self.classes_ = self._index.classes_
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return (n, k) probabilities for X (n, d), columns in the order of `classes_`."""
        if self._index is None:
            raise ValueError("predict_proba needs a fitted model: call fit first")
        return np.asarray(self._index.predict_proba(X))


class BoostedTrees:
    """Trees that each correct those before them, their leaves as small as the labels are few.

    Parameters
    ----------
    seed
        Draws the features that each cut looks at.

    References
    ----------
    Friedman (2001), Greedy Function Approximation: A Gradient Boosting Machine.

    Examples
    --------
    >>> model = BoostedTrees(0).fit([[0.0], [1.0], [8.0], [9.0], [9.5]], [0, 0, 1, 1, 1])
    >>> model.predict_proba([[0.5], [9.2]]).argmax(axis=1).tolist()
    [0, 1]
    """

    classes_: NDArray[np.intp]

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._model: HistGradientBoostingClassifier | None = None

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Fit on X (m, d) and y (m,) of two classes or more, each row as heavy as its weight (m,)."""
        y = np.asarray(y)
        few = len(y) // (LEAVES_A_CLASS * len(np.unique(y)))
        self._model = HistGradientBoostingClassifier(
            max_iter=ROUNDS,
            min_samples_leaf=max(1, min(LEAF, few)),
            max_features=SOME_FEATURES,
            l2_regularization=RIDGE,
            early_stopping=False,
            random_state=self._seed,
        ).fit(X, y, sample_weight)
        self.classes_ = self._model.classes_
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return (n, k) probabilities for X (n, d), columns in the order of `classes_`."""
        if self._model is None:
            raise ValueError("predict_proba needs a fitted model: call fit first")
        return np.asarray(self._model.predict_proba(X))
