"""The river: from features and the answers so far to labels for everything and the next questions.

`learn` is the whole of it, in order; near duplicates are one row on the way. Each station is an algorithm that was
named in the project's settings and is resolved by the registry, so that another one in its place changes nothing here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from activelabel.errors import WrongUse
from activelabel.learning.accuracy import cross_fit
from activelabel.learning.decision import deciding_rows, decision_for
from activelabel.learning.models.prediction import EVERY, placed, predict
from activelabel.learning.near_duplicates import are_found_soon, originals_of
from activelabel.learning.propagation.cluster import cluster as spread_over_clusters
from activelabel.learning.propagation.lineage import finish, speakers
from activelabel.learning.protocols import Pool, Propagation, semi_supervised
from activelabel.learning.registry import STRATEGIES, find, names
from activelabel.session.clusters.spreading import askable, carried_over, taught_pool
from activelabel.session.goals import check_measure
from activelabel.session.lessons import Lesson, generator
from activelabel.session.originals import asked_rows, gathered_at, speakers_of, spread_from

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.decision import Decision
    from activelabel.learning.protocols import Classifier, PoolClassifier
    from activelabel.records.settings import Algorithms
    from activelabel.session.lessons import Answers, Ground

__all__ = ["WHOLE", "check_algorithms", "first_batch", "learn", "predict_without"]

WHOLE = 100.0  # percentile: the whole of each cluster


def learn(
    ground: Ground,
    answers: Answers,
    q: int,
    before: tuple[Answers, Lesson] | None = None,
    needed: NDArray[np.intp] | None = None,
) -> Lesson:
    """Return everything that follows from the answers: clusters, propagation, model, predictions, next questions.

    Near duplicates are one row on the way: one of them is asked, as heavy as all, and what is learnt of it holds for
    each. So neither questions nor neighbours are spent on them. In a big pool they are looked for after an answer.

    Parameters
    ----------
    ground, answers
        What is learnt from.
    q
        Questions to choose at most.
    before
        Earlier answers on this ground, and what they taught. Where they say the same of all rows, an item having been
        skipped or found unclear since, the model has not changed: no row is predicted again, and only questions are
        chosen anew.
    needed
        Rows that the model will be asked about where no questions are chosen; None for all. What the lesson says of
        other rows may be NaN: in a big pool most of the time goes there.
    """
    if before and before[0].teach_the_same(answers):
        return _asked_anew(ground, answers, before[1], q)
    # it takes longer there than reading the pool, and `init`, which plans the first questions, is waited for
    opening = not len(answers.rows) and not are_found_soon(len(ground.features))
    originals = None if opening else originals_of(ground.features)
    if originals is None:
        return carried_over(_learnt(ground, answers, q, needed), answers)
    speakers = speakers_of(originals, answers)
    firsts = gathered_at(originals, answers, speakers)
    places = None if needed is None else np.unique(originals.place[needed])
    lesson = carried_over(_learnt(ground.distinct, firsts, q, places), firsts)
    return carried_over(spread_from(originals, lesson, answers, speakers), answers)


def _learnt(ground: Ground, answers: Answers, q: int, needed: NDArray[np.intp] | None) -> Lesson:
    """Return what follows from the answers, station by station.

    A learner that reads the whole pool makes its own use of the rows without a label. Any other is fitted on the
    labels, or, where a propagator was named, on all rows that it reached: the textbook's pipeline.
    """
    pool = _pool(ground, answers)
    if not len(answers.rows):
        return _choose(ground, pool, q)
    taught = taught_pool(pool, answers.spread)
    learner = find("learner", ground.algorithms.learner)(_generator(ground, "model", pool))
    if needed is not None:
        needed = np.union1d(needed, deciding_rows(len(pool)))
    if semi_supervised(learner):
        model, proba, doubted = _fit_on_pool(learner, taught, needed)
        propagation = _propagate(ground, taught, proba)
    else:
        propagation = _propagate(ground, taught)
        model = _fit_on_labels(learner, ground, taught, propagation)
        rows = EVERY if needed is None else needed
        proba = doubted = placed(predict(model, ground.features[rows], answers.n_classes), rows, len(pool))
    decision = decision_for(taught, proba)
    chosen = _ask(ground, answers, decision.labels(proba), doubted, q)
    spoken = _spoken_for(pool, propagation, decision)
    foretold = _foretold(model, taught, pool)
    return replace(
        chosen, proba=proba, propagation=spoken, model=model, decision=decision, doubted=doubted, foretold=foretold
    )


def _asked_anew(ground: Ground, answers: Answers, lesson: Lesson, q: int) -> Lesson:
    """Return the lesson with the questions that follow from it now that other rows may be asked."""
    predicted, doubted = lesson.predicted, lesson.doubted
    if predicted is None or doubted is None:
        raise ValueError("before there is a label nothing was predicted")
    originals = originals_of(ground.features)
    if originals is None:
        chosen = _ask(ground, answers, predicted, doubted, q)
        return replace(lesson, questions=chosen.questions, strategy=chosen.strategy)
    firsts, rows = gathered_at(originals, answers, speakers_of(originals, answers)), originals.rows
    chosen = _ask(ground.distinct, firsts, predicted[rows], doubted[rows], q)
    return replace(lesson, questions=asked_rows(originals, answers)[chosen.questions], strategy=chosen.strategy)


def predict_without(ground: Ground, answers: Answers, audit_rows: NDArray[np.intp], folds: int = 5) -> NDArray[np.intp]:
    """Return for each audit row the class that models predict which were fitted without its label.

    Every fold of the audit rows is left out in turn, and everything that follows from labels is done again without
    it, so that an answer never judges a model it has trained.
    """

    def refit(kept: NDArray[np.bool_], asked: NDArray[np.intp]) -> NDArray[np.intp]:
        predicted = learn(ground, answers.keeping(kept, ground.together), 0, needed=asked).predicted
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
    if named.sample and named.sample < (named.clusters or 0):
        raise WrongUse(f"--sample {named.sample:,} is fewer rows than --clusters {named.clusters:,}", "give more")
    check_measure(named.optimise)


def first_batch(n_classes: int) -> int:
    """Return how many representatives open a project: enough to meet each class twice where classes were listed."""
    return max(10, 2 * n_classes)


def _pool(ground: Ground, answers: Answers) -> Pool:
    return Pool(
        features=ground.features,
        labelled=answers.rows,
        labels=answers.labels,
        n_classes=answers.n_classes,
        askable=askable(answers) & answers.inside(None),
        weights=ground.weights,
        clustering=ground.clustering,
        noise=answers.noise,
        hints=answers.hints,
        goal=answers.goal,
    )


def _fit_on_pool(
    learner: PoolClassifier, pool: Pool, needed: NDArray[np.intp] | None
) -> tuple[Classifier, NDArray[np.float64], NDArray[np.float64]]:
    """Return the fitted learner, what it says of the pool, and by what it is asked: that before it was smoothed."""
    y = np.full(len(pool), -1, dtype=np.intp)
    y[pool.labelled] = pool.labels
    learner.noise, learner.needed = pool.noise, needed
    learner.fit(pool.features, y)
    proba = _of_every_class(learner.label_distributions_, learner.classes_, pool.n_classes)
    unsmoothed = getattr(learner, "unsmoothed_", None)
    doubted = proba if unsmoothed is None else _of_every_class(unsmoothed, learner.classes_, pool.n_classes)
    return learner, proba, doubted


def _of_every_class(said: NDArray[np.float64], seen: NDArray[np.intp], k: int) -> NDArray[np.float64]:
    """Return what is said of the classes seen as said of all k, those not seen having probability 0."""
    if len(seen) == k:
        return said
    proba = np.zeros((len(said), k))
    proba[:, seen] = said
    return proba


def _foretold(model: Classifier, taught: Pool, pool: Pool) -> tuple[NDArray[np.intp], NDArray[np.float64]] | None:
    """Return the rows that people labelled with what the model says of each by the others, where it keeps that."""
    said = getattr(model, "out_of_fold_", None)
    if said is None:
        return None
    proba = np.zeros((len(taught.labelled), pool.n_classes))
    proba[:, model.classes_] = said
    return pool.labelled, proba[np.searchsorted(taught.labelled, pool.labelled)]


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


def _ask(ground: Ground, answers: Answers, predicted: NDArray[np.intp], doubted: NDArray[np.float64], q: int) -> Lesson:
    """Return the next questions, by what the model says: the classes (n,), and the probabilities (n, k) it doubts."""
    # what to ask follows from what people said of single rows: how many labels, which classes
    inside = askable(answers) & answers.inside(predicted)
    return _choose(ground, replace(_pool(ground, answers), proba=doubted, askable=inside), q)


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
