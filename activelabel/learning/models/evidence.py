"""What each of several learners says of rows it knows and of labels it was not shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from activelabel.learning.diagnostics import evenly_spaced
from activelabel.learning.models.choice import out_of_fold, stratified_folds
from activelabel.learning.models.graph_learner import GraphGaussianProcess
from activelabel.learning.models.learners import logistic_regression, svm
from activelabel.learning.models.prediction import predict
from activelabel.learning.models.temperature import best_temperature, log_likelihood, tempered
from activelabel.learning.models.trees import TwoForests
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from activelabel.learning.protocols import Classifier, Learner

__all__ = ["MEMBERS", "Evidence", "Opinion", "Weighed", "judge"]

FOLDS = 5

GRAPH_LABELS = 1_000
"""Labels that the graph carries: each costs a column of its kernel, and among so many all members are good."""

SVM_LABELS = 5_000
"""Labels that the support vector machine, quadratic in them, learns from."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Labels on rows of a pool.

    Attributes
    ----------
    features
        Shape (n, d).
    labelled, codes
        Shape (m,): the rows with a label, class after class and otherwise in an order that follows from what they
        hold; and the class of each, 0 to k - 1, all of them present.
    seed
        Decides folds and forests.
    """

    features: NDArray[np.float32]
    labelled: NDArray[np.intp]
    codes: NDArray[np.intp]
    seed: int

    @property
    def n_classes(self) -> int:
        """How many classes: k."""
        return int(self.codes.max()) + 1

    @property
    def rows(self) -> NDArray[np.float32]:
        """The features of the labelled rows, shape (m, d)."""
        return self.features[self.labelled]

    def some(self, most: int) -> NDArray[np.intp]:
        """Return which labels to learn from where there are too many: places, evenly spaced, each class among them.

        Labels are in the order of their class, so that spacing them evenly keeps the shares of the classes.
        """
        _, first_of_each = np.unique(self.codes, return_index=True)
        return np.union1d(evenly_spaced(len(self.codes), most), first_of_each)

    @property
    def folds(self) -> NDArray[np.intp]:
        """The fold of each labelled row, shape (m,)."""
        return stratified_folds(self.codes, min(FOLDS, len(self.codes)), np.random.default_rng(self.seed))


class Opinion(NamedTuple):
    """A member, fitted on all labels, and what it says of each label when that is left out, shape (m, k)."""

    model: Classifier
    left_out: NDArray[np.float64]


class Weighed(NamedTuple):
    """An opinion at its best temperature.

    Attributes
    ----------
    model
        Fitted on all labels.
    temperature
        That its probabilities need.
    left_out
        Shape (m, k): tempered.
    likelihood
        Mean log-likelihood of the labels under `left_out`.
    """

    model: Classifier
    temperature: float
    left_out: NDArray[np.float64]
    likelihood: float


def judge(evidence: Evidence, member: Callable[[Evidence], Opinion]) -> Weighed:
    """Return the member's opinion, made as sure as the labels it had not seen allow."""
    model, left_out = member(evidence)
    temperature = best_temperature(left_out, evidence.codes)
    left_out = tempered(left_out, temperature)
    return Weighed(model, temperature, left_out, log_likelihood(left_out, evidence.codes))


def by_graph(evidence: Evidence) -> Opinion:
    """Return the Gaussian process on the graph; leaving out is exact."""
    places = evidence.some(GRAPH_LABELS)
    rows = evidence.labelled[places]
    y = np.full(len(evidence.features), -1, dtype=np.intp)
    y[rows] = evidence.codes[places]
    model = GraphGaussianProcess().fit(evidence.features, y)
    left_out = model.label_distributions_[evidence.labelled]
    left_out[places[np.argsort(rows, kind="stable")]] = model.left_out_
    return Opinion(model, left_out)


def by_svm(evidence: Evidence) -> Opinion:
    """Return the support vector machine; labels are left out fold by fold."""
    places = evidence.some(SVM_LABELS)
    learnt = replace(evidence, labelled=evidence.labelled[places], codes=evidence.codes[places])
    model, foretold = _folded(svm, learnt)
    if len(places) == len(evidence.codes):
        return Opinion(model, foretold)
    left_out = predict(model, evidence.rows, evidence.n_classes)
    left_out[places] = foretold
    return Opinion(model, left_out)


def by_logistic_regression(evidence: Evidence) -> Opinion:
    """Return logistic regression; labels are left out fold by fold."""
    # the digits that further steps would add are far below what one label more or less would change
    return _folded(partial(logistic_regression, tolerance=1e-3), evidence)


def by_trees(evidence: Evidence) -> Opinion:
    """Return extra trees and random forest; the trees that did not see a label foretell it."""
    with one_thread():
        model = TwoForests(evidence.seed).fit(evidence.rows, evidence.codes)
    return Opinion(model, model.left_out_)


def _folded(learner: Learner, evidence: Evidence) -> Opinion:
    left_out = out_of_fold(learner, evidence.rows, evidence.codes, evidence.folds, evidence.seed)
    return Opinion(learner(np.random.default_rng(evidence.seed)).fit(evidence.rows, evidence.codes), left_out)


MEMBERS: dict[str, Callable[[Evidence], Opinion]] = {
    "gp": by_graph,
    "svm": by_svm,
    "logistic-regression": by_logistic_regression,
    "trees": by_trees,
}
