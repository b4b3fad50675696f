"""What each kind of algorithm must do, and the letters for shapes.

n rows of the pool · m labelled rows · d features · k classes or clusters · q rows to ask.

Four kinds can be named on the command line; `registry.py` lists them:

=============  ==================================================================  ===============================
kind           signature                                                           gives
=============  ==================================================================  ===============================
clusterer      ``f(features, k, rng)``                                             a `Clustering` of the n rows
strategy       ``f(pool, q, rng)``                                                 min(q, askable) rows, best first
propagator     ``f(pool, rng)``                                                    a `Propagation` to the n rows
learner        ``f(rng)``                                                          an unfitted classifier
=============  ==================================================================  ===============================

Features are dense: what `registry.find` returns refuses a sparse matrix, whatever it is (`dense.py`).

Every chooser and every random step takes the generator it may use; nothing reads global random state. Rows come in
the order of their identity, never of the file, so that results do not depend on how the file was sorted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import csr_array
    from typing_extensions import TypeIs

__all__ = [
    "ACCURACY",
    "Classifier",
    "Clusterer",
    "Clustering",
    "Goal",
    "Learner",
    "Pool",
    "PoolClassifier",
    "Propagation",
    "Propagator",
    "Strategy",
    "semi_supervised",
]


@dataclass(frozen=True, slots=True)
class Clustering:
    """Groups of like rows.

    Attributes
    ----------
    labels
        Shape (n,), the cluster of each row, 0 to k - 1; -1 is noise.
    medoids
        Shape (k,), the row that stands for each cluster: nearest to the centre.
    distances
        Shape (n,), the distance of each row to the centre of its cluster; infinite for noise.
    responsibilities
        Shape (n, k), rows sum to 1, or None where membership is hard.
    """

    labels: NDArray[np.intp]
    medoids: NDArray[np.intp]
    distances: NDArray[np.float32]
    responsibilities: NDArray[np.float32] | None = None

    @property
    def sizes(self) -> NDArray[np.intp]:
        """Shape (k,), the number of rows in each cluster, noise left out."""
        import numpy as np

        return np.bincount(self.labels[self.labels >= 0], minlength=len(self.medoids))


@dataclass(frozen=True, slots=True)
class Goal:
    """What labels are to be good at.

    Attributes
    ----------
    measure
        `accuracy`, `macro-f1` (every class counts alike) or `recall` (of one class).
    target
        The number of the class whose recall counts; None where no single class does.
    """

    measure: str = "accuracy"
    target: int | None = None


ACCURACY = Goal()


@dataclass(frozen=True, slots=True)
class Pool:
    """What is known when the next questions are chosen: the arguments of strategies and propagators.

    Attributes
    ----------
    features
        Shape (n, d) float32.
    labelled, labels
        Shape (m,): the rows with a label, ascending, and the class of each, 0 to n_classes - 1.
    n_classes
        k: classes known so far, seen or not.
    askable
        Shape (n,) bool: the rows that may be asked.
    weights
        Shape (n,): how many items each row stands for (its exact and near duplicates).
    proba
        Shape (n, k), rows sum to 1: what the current model thinks. None before there is a model.
    clustering
        The groups that the project works with. None where no clusterer was run.
    graph
        Shape (n, n), the neighbour graph of the features, kept because it is dear for a big pool. None where it is
        to be made when it is needed.
    noise
        Share of labels taken to be wrong, in [0, 0.5).
    hints
        Shape (k, t), t <= d: what the name of each class would be as a row, in the first t features; NaN where it says
        nothing. None where names are no content: in all but texts.
    goal
        What labels are to be good at.
    """

    features: NDArray[np.float32]
    labelled: NDArray[np.intp]
    labels: NDArray[np.intp]
    n_classes: int
    askable: NDArray[np.bool_]
    weights: NDArray[np.float64]
    proba: NDArray[np.float64] | None = None
    clustering: Clustering | None = None
    graph: csr_array | None = None
    noise: float = 0.0
    hints: NDArray[np.float32] | None = None
    goal: Goal = ACCURACY

    def __len__(self) -> int:
        return len(self.features)


@dataclass(frozen=True, slots=True)
class Propagation:
    """What the known labels say about every row.

    Attributes
    ----------
    proba
        Shape (n, k): rows sum to 1 where the row was reached, 0 elsewhere. Labelled rows keep their label.
    reached
        Shape (n,) bool: the rows that a label reached, labelled rows included.
    sources
        Shape (n,): the labelled row that speaks most for each reached row, -1 elsewhere (the lineage of the label).
    """

    proba: NDArray[np.float64]
    reached: NDArray[np.bool_]
    sources: NDArray[np.intp]


class Clusterer(Protocol):
    """Group n rows into at most k clusters."""

    def __call__(self, features: NDArray[np.float32], k: int, rng: np.random.Generator) -> Clustering:
        """Return the clusters; k above n gives n. The same rows and generator give the same clusters."""
        ...


class Strategy(Protocol):
    """Choose the rows to ask next."""

    def __call__(self, pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Return min(q, askable rows) distinct askable rows, the most worth asking first.

        A strategy that needs probabilities raises ValueError when `pool.proba` is None.
        """
        ...


class Propagator(Protocol):
    """Carry the known labels to the rows that share them."""

    def __call__(self, pool: Pool, rng: np.random.Generator) -> Propagation:
        """Return probabilities for the rows that the labels reach; needs one label or more."""
        ...


class Classifier(Protocol):
    """A scikit-learn classifier with probabilities."""

    classes_: NDArray[np.intp]

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Fit on X (m, d) and y (m,)."""
        ...

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return (n, k) probabilities for X (n, d), columns in the order of `classes_`."""
        ...


class PoolClassifier(Classifier, Protocol):
    """A classifier that learns from the rows without a label too, as scikit-learn's semi-supervised ones do.

    `fit` takes all n rows of the pool, with -1 in y where there is no label.
    """

    label_distributions_: NDArray[np.float64]
    """Shape (n, k), columns in the order of `classes_`: what it says of the rows it was fitted on, once fitted."""

    reads_pool: bool
    """True."""

    noise: float
    """Share of labels taken to be wrong, in [0, 0.5); set before `fit`."""

    needed: NDArray[np.intp] | None
    """Rows of the pool that will be asked about, None for all; set before `fit`. What it says of others may be NaN."""


class Learner(Protocol):
    """Make an unfitted classifier whose randomness comes from `rng` alone."""

    def __call__(self, rng: np.random.Generator) -> Classifier:
        """Return a classifier that also fits when y holds one class only."""
        ...


def semi_supervised(learner: Classifier) -> TypeIs[PoolClassifier]:
    """Say whether a learner wants all rows of the pool, with -1 in y where there is no label."""
    return bool(getattr(learner, "reads_pool", False))
