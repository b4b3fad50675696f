"""The default learner: several members, weighed by the labels they had not seen, and a student of them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

import numpy as np

from activelabel.learning.diagnostics import diagnose
from activelabel.learning.hubs import HUBS
from activelabel.learning.models.belief import believed
from activelabel.learning.models.evidence import MEMBERS, Evidence, Weighed, judge
from activelabel.learning.models.one_class import by_content
from activelabel.learning.models.prediction import EVERY, placed, predict
from activelabel.learning.models.smoothing import Smoother, pupils_of
from activelabel.learning.models.temperature import FLOOR, as_sure_as, tempered
from activelabel.learning.models.weighing import mixture_weights
from activelabel.learning.propagation.lineage import one_hot
from activelabel.learning.sampling import evenly_spaced
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


__all__ = ["BestSingle", "Mixture", "best_single", "mixture"]

GRAPH_PRIOR = 3.0
"""Labels the graph is trusted for beforehand, where neighbours mean something: with ten labels, folds of two cannot
yet show what a member that sees the whole pool is worth."""


SAMPLE = 2_000
"""Rows by which it is found out how sure is sure."""


def mixture(rng: np.random.Generator) -> Mixture:
    """Return a mixture of two Gaussian processes, logistic regression and trees, with a student."""
    return Mixture(int(rng.integers(2**31)))


def best_single(rng: np.random.Generator) -> BestSingle:
    """Return a classifier that becomes whichever member foretells left-out labels best."""
    return BestSingle(int(rng.integers(2**31)))


class Panel:
    """Members that are judged by labels they had not seen; what becomes of the judgement is up to `_settle`.

    Attributes
    ----------
    noise
        Share of labels taken to be wrong, in [0, 0.5); to be set before `fit`.
    needed
        Rows of the pool that will be asked about; None for all. A pool of more rows than the student learns from is
        then asked about no others, and what is said of those is NaN. To be set before `fit`.
    """

    reads_pool: Literal[True] = True
    noise: float = 0.0
    needed: NDArray[np.intp] | None = None
    classes_: NDArray[np.intp]
    label_distributions_: NDArray[np.float64]

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._heard: dict[str, tuple[float, Weighed]] = {}

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Fit on X (n, d) and y (n,), -1 where there is no label; one label or more."""
        features, y = np.asarray(X, dtype=np.float32), np.asarray(y)
        labelled = np.flatnonzero(y >= 0)
        labelled = labelled[by_content(features[labelled], y[labelled])]
        self.classes_, codes = np.unique(y[labelled], return_inverse=True)
        self._heard = {}
        self.label_distributions_ = np.ones((len(features), 1))
        if len(self.classes_) > 1:
            with one_thread():
                self._settle(Evidence(features, labelled, codes, self._seed, self.noise))
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return (r, k) probabilities for X (r, d), columns in the order of `classes_`."""
        rows = np.asarray(X, dtype=np.float32)
        if not self._heard:
            return np.ones((len(rows), 1))
        return self._said(rows)

    def _settle(self, evidence: Evidence) -> None:
        raise NotImplementedError

    def _said(self, rows: NDArray[np.float32], places: NDArray[np.intp] | slice | None = None) -> NDArray[np.float64]:
        """Return the weighted mean of what the members that are heard say of rows, at `places` of the pool if there."""
        total = np.zeros((len(rows), len(self.classes_)))
        for weight, member in self._heard.values():
            known = None if places is None else getattr(member.model, "label_distributions_", None)
            proba = predict(member.model, rows, total.shape[1]) if known is None else known[places]
            proba = tempered(proba, member.temperature)
            proba *= weight
            total += proba
        return total


class BestSingle(Panel):
    """The one member that foretells left-out labels best, at its best temperature.

    Parameters
    ----------
    seed
        Decides folds and forests.

    Attributes
    ----------
    classes_
        Shape (k,), ascending, once fitted.
    label_distributions_
        Shape (n, k), rows sum to 1: what it says of the rows it was fitted on.
    chosen_
        The name of the member; "" while one class is known.

    References
    ----------
    Stone (1974), Cross-Validatory Choice and Assessment of Statistical Predictions.

    Examples
    --------
    >>> rows = np.random.default_rng(0).normal(size=(80, 2)).astype(np.float32)
    >>> y = np.where(np.arange(80) < 60, (rows[:, 0] > 0).astype(int), -1)
    >>> BestSingle(0).fit(rows, y).label_distributions_.shape
    (80, 2)
    """

    chosen_: str = ""

    def _settle(self, evidence: Evidence) -> None:
        judged = {name: judge(evidence, member) for name, member in MEMBERS.items()}
        self.chosen_ = max(judged, key=lambda name: judged[name].likelihood)
        self._heard = {self.chosen_: (1.0, judged[self.chosen_])}
        self.label_distributions_ = self._said(evidence.features, EVERY)


class Mixture(Panel):
    """A mixture that judges itself by the labels alone.

    A Gaussian process on the graph, one on three likenesses, logistic regression and trees each foretell the labels
    they were not shown; that gives each a temperature, and the mixture its weights. Where some answers are taken to be
    wrong, labels that the others disbelieve are set aside and all is done once more. What the mixture says of the pool
    is made smooth in space by a student, who says what comes out, of new rows too.

    Parameters
    ----------
    seed
        Decides folds and forests.

    Attributes
    ----------
    classes_
        Shape (k,), ascending, once fitted.
    label_distributions_
        Shape (n, k), rows sum to 1: what it says of the rows it was fitted on.
    unsmoothed_
        Shape (n, k), rows sum to 1: what the members say of them, which knows better where they are in doubt.
    out_of_fold_
        Shape (m, k), rows sum to 1: what the members say of each labelled row, in the order of X, by the other labels
        alone. A label that was set aside is foretold by those that were not.
    weights_
        The weight of each member; empty while one class is known.

    References
    ----------
    Dempster, Laird, Rubin (1977), section 4.3 (weights); Guo et al. (2017) (temperatures); Hinton, Vinyals, Dean
    (2015) (student).

    Examples
    --------
    >>> angles = np.linspace(0, 6, 100)
    >>> inner = np.column_stack([np.cos(angles), np.sin(angles)])
    >>> rings = np.concatenate([inner, 3 * inner]).astype(np.float32)
    >>> y = np.full(200, -1)
    >>> y[[0, 50, 100, 150]] = [0, 0, 1, 1]
    >>> model = Mixture(0).fit(rings, y)
    >>> np.bincount(model.label_distributions_.argmax(axis=1)).tolist()
    [100, 100]
    """

    unsmoothed_: NDArray[np.float64]
    out_of_fold_: NDArray[np.float64]
    weights_: dict[str, float]

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.weights_ = {}
        self._student: Smoother | None = None
        self._temperature = 1.0

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Fit on X (n, d) and y (n,), -1 where there is no label; one label or more."""
        self._student = None
        super().fit(X, y)
        if self._student is None:
            self.unsmoothed_ = self.label_distributions_
            self.out_of_fold_ = np.ones((int((np.asarray(y) >= 0).sum()), 1))
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return (r, k) probabilities for X (r, d), columns in the order of `classes_`."""
        rows = np.asarray(X, dtype=np.float32)
        if self._student is None:
            return super().predict_proba(rows)
        return tempered(self._student.predict_proba(rows), self._temperature)

    def _settle(self, evidence: Evidence) -> None:
        judged, weights = _weighed(evidence)
        every = np.sort(evidence.labelled)
        if evidence.noise:
            given = _left_out(judged, weights)[np.arange(len(evidence.codes)), evidence.codes]
            kept = believed(evidence.codes, given, evidence.noise)
            if not kept.all():
                evidence = evidence.only(kept)
                judged, weights = _weighed(evidence)
        self._heard = {name: (weight, judged[name]) for name, weight in zip(judged, weights.tolist(), strict=True)}
        self.weights_ = {name: weight for name, (weight, _) in self._heard.items()}
        some = evenly_spaced(len(evidence.features), SAMPLE)
        asked = self._asked(evidence.features, np.union1d(every, some))
        self.unsmoothed_ = placed(self._said(evidence.features[asked], asked), asked, len(evidence.features))
        # nobody who is heard has seen a label that was set aside
        self.out_of_fold_ = self.unsmoothed_[every]
        self.out_of_fold_[np.searchsorted(every, evidence.labelled)] = _left_out(judged, weights)
        # a label given is certain; but where others do not share it, smoothness has the last word
        self.unsmoothed_[evidence.labelled] = one_hot(evidence.codes, evidence.n_classes)
        self._student = Smoother()
        smooth = self._student.fit_predict(evidence.features, self.unsmoothed_, asked)
        # smoothing takes sureness away, too, where there is nothing to doubt; which class is likeliest stays
        self._temperature = as_sure_as(self.unsmoothed_[some], smooth[some])
        self.label_distributions_ = placed(tempered(smooth[asked], self._temperature), asked, len(smooth))
        # the student speaks for the members from here on: what they say of the pool would only take memory
        self._heard = {}

    def _asked(self, features: NDArray[np.float32], besides: NDArray[np.intp]) -> NDArray[np.intp] | slice:
        """Return which rows of the pool the members are asked about: those needed, those besides, and the pupils."""
        pupils = pupils_of(features)
        if self.needed is None or len(pupils) == len(features):
            return EVERY
        return np.unique(np.concatenate([self.needed, besides, pupils]))


def _weighed(evidence: Evidence) -> tuple[dict[str, Weighed], NDArray[np.float64]]:
    """Return what each member says, and how much each should count."""
    judged = {name: judge(evidence, member) for name, member in MEMBERS.items()}
    given = [member.left_out[np.arange(len(evidence.codes)), evidence.codes] for member in judged.values()]
    trusted = GRAPH_PRIOR if diagnose(evidence.features).hubness <= HUBS else 1.0
    prior = np.array([trusted if name == "gp" else 1.0 for name in judged])
    # a label may be wrong: then it says nothing about who foretells labels
    share = max(FLOOR, evidence.noise)
    return judged, mixture_weights(np.column_stack(given) * (1.0 - share) + share / evidence.n_classes, prior)


def _left_out(judged: dict[str, Weighed], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weighted mean of what the members say of labels that they had not seen, shape (m, k)."""
    return sum(
        (weight * one.left_out for weight, one in zip(weights, judged.values(), strict=True)),
        start=np.zeros((1, 1)),
    )
