"""The river: from features and the answers so far to labels for everything and the next questions.

`learn` is the whole of it, in order; near duplicates are one row on the way. Each station is an algorithm that was
named in the project's settings and is resolved by the registry, so that another one in its place changes nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from activelabel.errors import WrongUse
from activelabel.learning.accuracy import cross_fit
from activelabel.learning.decision import Decision, decision_for
from activelabel.learning.kept import kept
from activelabel.learning.models.prediction import predict
from activelabel.learning.near_duplicates import near_duplicates, originals_of, together
from activelabel.learning.neighbours import neighbour_graph
from activelabel.learning.propagation.cluster import cluster as spread_over_clusters
from activelabel.learning.propagation.lineage import finish, speakers
from activelabel.learning.protocols import ACCURACY, Clustering, Goal, Pool, Propagation, semi_supervised
from activelabel.learning.registry import STRATEGIES, find, names
from activelabel.session.goals import check_measure
from activelabel.session.originals import gathered_at, speakers_of, spread_from

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from activelabel.learning.protocols import Classifier, PoolClassifier
    from activelabel.records import Algorithms

__all__ = ["Answers", "Ground", "Lesson", "check_algorithms", "first_batch", "generator", "learn", "predict_without"]

WHOLE = 100.0  # percentile: the whole of each cluster
CLUSTERS = 50  # where a clusterer was named without a number


@dataclass(frozen=True)
class Ground:
    """What stays the same while answers come in.

    Attributes
    ----------
    features
        Shape (n, d) float32.
    weights
        Shape (n,): items that each row stands for.
    groups
        Shape (n,): rows of equal number belong together by what the data says; None where it says nothing.
    algorithms
        What was chosen by name.
    seed
        Of all randomness.
    """

    features: NDArray[np.float32]
    weights: NDArray[np.float64]
    groups: NDArray[np.intp] | None
    algorithms: Algorithms
    seed: int

    @cached_property
    def together(self) -> NDArray[np.intp]:
        """Shape (n,): rows of equal number stay on one side of every split, being of a group or near duplicates."""
        return together(kept(self.features, near_duplicates), self.groups)

    @cached_property
    def distinct(self) -> Ground:
        """The same with one row for each set of near duplicates, as heavy as all of them."""
        originals = originals_of(self.features)
        if originals is None:
            return self
        weights = np.bincount(originals.place, weights=self.weights).astype(np.float64)
        groups = None if self.groups is None else self.groups[originals.rows]
        return replace(self, features=originals.features, weights=weights, groups=groups)

    @cached_property
    def graph(self) -> csr_array:
        """Shape (n, n), the neighbour graph of the features; built when it is first needed, then kept."""
        return kept(self.features, neighbour_graph)

    @cached_property
    def clustering(self) -> Clustering | None:
        """The groups of the project; None where no clusterer was named and nothing else needs one."""
        named = self.algorithms
        if named.clusterer == "default" and named.clusters is None and not named.propagator.startswith("cluster"):
            return None
        k = min(named.clusters or CLUSTERS, len(self.features))
        return find("clusterer", named.clusterer)(self.features, k, generator(self.seed, "clusters"))


@dataclass(frozen=True, slots=True)
class Answers:
    """The labels so far.

    Attributes
    ----------
    rows, labels
        Shape (m,): the labelled rows, ascending, and the number of the class of each.
    n_classes
        Classes known, seen or not.
    closed
        Shape (n,) bool: rows that are not to be asked any more.
    noise
        Share of the answers taken to be wrong, in [0, 0.5).
    hints
        Shape (k, t): what the names of the classes would be as rows (`Pool.hints`); None where names say nothing.
    goal
        What labels are to be good at.
    """

    rows: NDArray[np.intp]
    labels: NDArray[np.intp]
    n_classes: int
    closed: NDArray[np.bool_]
    noise: float = 0.0
    hints: NDArray[np.float32] | None = None
    goal: Goal = ACCURACY


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the answers taught.

    Attributes
    ----------
    questions
        Shape (q,): the rows to ask next, the most worth asking first.
    strategy
        Who chose them.
    proba
        Shape (n, k): the model's probabilities; None before there is a label.
    propagation
        Where the labels reach; None before there is a label.
    model
        The fitted classifier; None before there is a label.
    decision
        How its probabilities become labels; None before there is a label.
    """

    questions: NDArray[np.intp]
    strategy: str
    proba: NDArray[np.float64] | None = None
    propagation: Propagation | None = None
    model: Classifier | None = None
    decision: Decision | None = None

    @property
    def predicted(self) -> NDArray[np.intp] | None:
        """Shape (n,): the class that each row is predicted to be of; None before there is a label."""
        return None if self.proba is None or self.decision is None else self.decision.labels(self.proba)


def learn(ground: Ground, answers: Answers, q: int) -> Lesson:
    """Return everything that follows from the answers: clusters, propagation, model, predictions, next questions.

    Near duplicates are one row on the way: one of them is asked, as heavy as all, and what is learnt of it holds for
    each. So neither questions nor neighbours are spent on them.
    """
    originals = originals_of(ground.features)
    if originals is None:
        return _learnt(ground, answers, q)
    speakers = speakers_of(originals, answers)
    lesson = _learnt(ground.distinct, gathered_at(originals, answers, speakers), q)
    return spread_from(originals, lesson, answers, speakers)


def _learnt(ground: Ground, answers: Answers, q: int) -> Lesson:
    """Return what follows from the answers, station by station.

    A learner that reads the whole pool makes its own use of the rows without a label. Any other is fitted on the
    labels, or, where a propagator was named, on all rows that it reached: the textbook's pipeline.
    """
    pool = _pool(ground, answers)
    if not len(answers.rows):
        return _choose(ground, pool, q)
    learner = find("learner", ground.algorithms.learner)(_generator(ground, "model", pool))
    if semi_supervised(learner):
        model, proba, doubted = _fit_on_pool(learner, pool)
        propagation = _propagate(ground, pool, proba)
    else:
        propagation = _propagate(ground, pool)
        model = _fit_on_labels(learner, ground, pool, propagation)
        proba = doubted = predict(model, ground.features, answers.n_classes)
    decision = decision_for(pool, proba)
    chosen = _choose(ground, replace(pool, proba=doubted), q)
    spoken = _spoken_for(pool, propagation, decision)
    return replace(chosen, proba=proba, propagation=spoken, model=model, decision=decision)


def predict_without(ground: Ground, answers: Answers, audit_rows: NDArray[np.intp], folds: int = 5) -> NDArray[np.intp]:
    """Return for each audit row the class that models predict which were fitted without its label.

    Every fold of the audit rows is left out in turn, and everything that follows from labels is done again without
    it, so that an answer never judges a model it has trained.
    """

    def refit(kept: NDArray[np.bool_], asked: NDArray[np.intp]) -> NDArray[np.intp]:
        some = replace(answers, rows=answers.rows[kept], labels=answers.labels[kept])
        predicted = learn(ground, some, 0).predicted
        return np.zeros(len(asked), np.intp) if predicted is None else predicted[asked]

    return cross_fit(answers.rows, audit_rows, refit, folds=folds, groups=ground.together)


def check_algorithms(named: Algorithms) -> None:
    """Raise WrongUse if one of the names is unknown, or if they contradict each other; loads none that it knows."""
    if named.clusterer not in names("clusterer"):
        find("clusterer", named.clusterer)
    if named.strategy not in names("strategy"):
        find("strategy", named.strategy)
    if named.propagator not in names("propagator"):
        find("propagator", named.propagator)
    if named.learner not in names("learner"):
        find("learner", named.learner)
    if named.nearest < WHOLE and named.propagator != "cluster":
        raise WrongUse(f"--nearest {named.nearest:g} without clusters to be near to", "add --propagator cluster")
    check_measure(named.optimise)


def first_batch(n_classes: int) -> int:
    """Return how many representatives open a project: enough to meet each class twice where classes were listed."""
    return max(10, 2 * n_classes)


def generator(seed: int, purpose: str, step: int = 0) -> np.random.Generator:
    """Return the generator of one purpose: adding a random step somewhere moves no other."""
    return np.random.default_rng([seed, crc32(purpose.encode()), step])


def _pool(ground: Ground, answers: Answers) -> Pool:
    return Pool(
        features=ground.features,
        labelled=answers.rows,
        labels=answers.labels,
        n_classes=answers.n_classes,
        askable=~answers.closed,
        weights=ground.weights,
        clustering=ground.clustering,
        # the first questions of a big pool are asked before its graph is worth waiting for
        graph=ground.graph if len(answers.rows) else None,
        noise=answers.noise,
        hints=answers.hints,
        goal=answers.goal,
    )


def _fit_on_pool(learner: PoolClassifier, pool: Pool) -> tuple[Classifier, NDArray[np.float64], NDArray[np.float64]]:
    """Return the fitted learner, what it says of the pool, and by what it is asked: that before it was smoothed."""
    y = np.full(len(pool), -1, dtype=np.intp)
    y[pool.labelled] = pool.labels
    learner.noise = pool.noise
    learner.fit(pool.features, y)
    proba, doubted = np.zeros((2, len(pool), pool.n_classes))
    proba[:, learner.classes_] = learner.label_distributions_
    doubted[:, learner.classes_] = getattr(learner, "unsmoothed_", learner.label_distributions_)
    return learner, proba, doubted


def _fit_on_labels(learner: Classifier, ground: Ground, pool: Pool, propagation: Propagation) -> Classifier:
    if ground.algorithms.propagator == "default":
        return learner.fit(pool.features[pool.labelled], pool.labels)
    reached = np.flatnonzero(propagation.reached)
    return learner.fit(pool.features[reached], propagation.proba[reached].argmax(axis=1))


def _propagate(ground: Ground, pool: Pool, proba: NDArray[np.float64] | None = None) -> Propagation:
    """Return what the named propagator does, or by default what the learner says of rows joined to a label."""
    named = ground.algorithms
    rng = _generator(ground, "propagation", pool)
    if proba is not None and named.propagator == "default":
        return finish(pool, proba, np.zeros(len(pool), dtype=np.intp))
    if named.nearest < WHOLE:
        return spread_over_clusters(pool, rng, nearest=named.nearest)
    return find("propagator", named.propagator)(pool, rng)


def _spoken_for(pool: Pool, propagation: Propagation, decision: Decision) -> Propagation:
    """Return the propagation with a new speaker for each row whose label is not its likeliest class."""
    if pool.goal.measure == "accuracy":
        return propagation
    labels = decision.labels(propagation.proba)
    rows = np.flatnonzero(propagation.reached & (labels != propagation.proba.argmax(axis=1)))
    sources = propagation.sources.copy()
    sources[rows] = speakers(pool, rows, labels[rows], np.zeros(len(pool), dtype=np.intp))
    return replace(propagation, sources=sources)


def _choose(ground: Ground, pool: Pool, q: int) -> Lesson:
    strategy = ground.algorithms.strategy
    if q == 0:
        return Lesson(np.empty(0, dtype=np.intp), strategy)
    named_groups = pool.clustering is not None and not len(pool.labelled)
    # a strategy that reads probabilities needs two classes to compare: until then, representatives
    blind = len(np.unique(pool.labels)) < 2 and STRATEGIES[strategy].reads_proba
    if strategy != "random" and (named_groups or blind):
        strategy = "representative"
    return Lesson(find("strategy", strategy)(pool, q, _generator(ground, "questions", pool)), strategy)


def _generator(ground: Ground, purpose: str, pool: Pool) -> np.random.Generator:
    return generator(ground.seed, purpose, len(pool.labelled))
