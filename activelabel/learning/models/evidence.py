"""What each of several learners says of rows it knows and of labels it was not shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from activelabel.learning.models.additive_gp import AdditiveGaussianProcess
from activelabel.learning.models.choice import out_of_fold, stratified_folds
from activelabel.learning.models.graph_learner import GraphGaussianProcess
from activelabel.learning.models.learners import logistic_regression
from activelabel.learning.models.temperature import best_temperature, log_likelihood, tempered
from activelabel.learning.models.trees import TwoForests
from activelabel.learning.sampling import evenly_spaced
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from activelabel.learning.protocols import Classifier

__all__ = ["MEMBERS", "Evidence", "Opinion", "Weighed", "judge"]

FOLDS = 5

MOST_LABELS = 1_000
"""Labels that a Gaussian process carries: each costs a column of its kernel, and among so many all members are good."""


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
    noise
        Share of labels taken to be wrong, in [0, 0.5).
    """

    features: NDArray[np.float32]
    labelled: NDArray[np.intp]
    codes: NDArray[np.intp]
    seed: int
    noise: float = 0.0

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

    def only(self, kept: NDArray[np.bool_]) -> Evidence:
        """Return the evidence of the labels that are kept, shape (m,); one or more of each class."""
        return replace(self, labelled=self.labelled[kept], codes=self.codes[kept])

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
    return _in_closed_form(GraphGaussianProcess(), evidence)


def by_sum(evidence: Evidence) -> Opinion:
    """Return the Gaussian process on graph, space and direction; leaving out is exact."""
    return _in_closed_form(AdditiveGaussianProcess(), evidence)


def by_logistic_regression(evidence: Evidence) -> Opinion:
    """Return logistic regression; labels are left out fold by fold."""
    # what further steps would add is below what one label more or less would change
    learner = partial(logistic_regression, tolerance=1e-2)
    left_out = out_of_fold(learner, evidence.rows, evidence.codes, evidence.folds, evidence.seed)
    return Opinion(learner(np.random.default_rng(evidence.seed)).fit(evidence.rows, evidence.codes), left_out)


def by_trees(evidence: Evidence) -> Opinion:
    """Return extra trees and random forest; the trees that did not see a label foretell it."""
    with one_thread():
        model = TwoForests(evidence.seed).fit(evidence.rows, evidence.codes)
    return Opinion(model, model.left_out_)


def _in_closed_form(model: GraphGaussianProcess | AdditiveGaussianProcess, evidence: Evidence) -> Opinion:
    places = evidence.some(MOST_LABELS)
    rows = evidence.labelled[places]
    y = np.full(len(evidence.features), -1, dtype=np.intp)
    y[rows] = evidence.codes[places]
    model.noise = evidence.noise
    model.fit(evidence.features, y)
    left_out = model.label_distributions_[evidence.labelled]
    left_out[places[np.argsort(rows, kind="stable")]] = model.left_out_
    return Opinion(model, left_out)


MEMBERS: dict[str, Callable[[Evidence], Opinion]] = {
    "gp": by_graph,
    "additive-gp": by_sum,
    "logistic-regression": by_logistic_regression,
    "trees": by_trees,
}
