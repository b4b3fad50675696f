"""Who is compared in `label_efficiency.py`: ours, textbook rules, and peers that are installed, one adapter each.

A contender takes a split and the numbers of labels at which to look, and returns its accuracy at each. All of them
read the same features and learn from `split.labels`; but for ours, all of them learn by logistic regression, so that
what differs is who chooses the rows.
"""

from __future__ import annotations

import warnings
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from activelabel.learning.models.prediction import predict
from activelabel.learning.propagation.cluster import cluster
from activelabel.learning.protocols import Pool
from activelabel.learning.registry import find
from activelabel.records.settings import Algorithms
from activelabel.session.course import BATCH, Course
from activelabel.session.lessons import Answers, generator
from activelabel.session.pipeline import learn

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from activelabel.learning.protocols import Classifier
    from activelabel.session.simulate import Split

    Rows = NDArray[np.intp]
    Contender = Callable[[Split, list[int]], list[float]]
    Choose = Callable[[Split, Rows, int], Rows]

__all__ = ["BATCH", "LEARNER", "OURS", "accuracy", "answers_of", "contenders", "fitted_accuracy"]

OURS = "activelabel"
LEARNER = "logistic-regression"


def contenders() -> dict[str, Contender]:
    """Return who can run here, ours first."""
    found: dict[str, Contender] = {
        OURS: ours,
        "margin": asked_by(margin),
        "representatives": named(Algorithms(strategy="representative", learner=LEARNER)),
        "textbook": textbook,
    }
    for name, (module, choose) in PEERS.items():
        if find_spec(module):
            found[name] = asked_by(choose)
    return found


def answers_of(split: Split, rows: Rows) -> Answers:
    """Return the answers to these rows of the pool, whatever their order."""
    rows = np.sort(rows)
    return Answers(rows, split.labels[rows], split.n_classes, np.isin(np.arange(len(split.labels)), rows))


def accuracy(split: Split, model: Classifier) -> float:
    """Return which share of the test rows a fitted model has right."""
    return float((predict(model, split.test, split.n_classes).argmax(axis=1) == split.truth).mean())


def fitted_accuracy(split: Split, rows: Rows, labels: NDArray[np.intp]) -> float:
    """Return the accuracy of a logistic regression fitted on rows of the pool."""
    model = find("learner", LEARNER)(generator(split.ground.seed, "model"))
    return accuracy(split, model.fit(split.ground.features[rows], labels))


def ours(split: Split, looks: list[int]) -> list[float]:
    """Return the accuracy of the default; where answers may be wrong, blind repeats are among its questions."""
    course = Course(split.ground, split.gold, hints=split.hints)
    found = []
    for look in looks:
        while len(course.asked) < look:
            course.go_on(min(BATCH, look - len(course.asked)))
        assert course.lesson.model is not None
        found.append(accuracy(split, course.lesson.model))
    return found


def named(algorithms: Algorithms) -> Contender:
    """Return the contender that asks and learns as a project with these algorithms does, from the first row on."""

    def contender(split: Split, looks: list[int]) -> list[float]:
        ground = replace(split.ground, algorithms=algorithms)
        rows = np.empty(0, dtype=np.intp)
        lesson = learn(ground, answers_of(split, rows), BATCH)
        found = []
        for look in looks:
            while len(rows) < look:
                rows = np.concatenate([rows, lesson.questions[: look - len(rows)]])
                lesson = learn(ground, answers_of(split, rows), BATCH)
            assert lesson.model is not None
            found.append(accuracy(split, lesson.model))
        return found

    return contender


def textbook(split: Split, looks: list[int]) -> list[float]:
    """Return the accuracy of the textbook's pipeline: representatives, their labels to the nearest 20 %, one model."""
    features, seed = split.ground.features, split.ground.seed
    found = []
    for look in looks:
        clustering = find("clusterer", "k-means")(features, look, generator(seed, "clusters"))
        rows = np.sort(clustering.medoids)
        everyone = np.ones(len(split.labels))
        pool = Pool(features, rows, split.labels[rows], split.n_classes, everyone > 0, everyone, clustering=clustering)
        near = cluster(pool, generator(seed, "propagation"), nearest=20.0)
        reached = np.flatnonzero(near.reached)
        found.append(fitted_accuracy(split, reached, near.proba[reached].argmax(axis=1)))
    return found


def asked_by(choose: Choose) -> Contender:
    """Return the contender that starts with ten random rows, then lets `choose` ask for a logistic regression.

    While all labels are of one class there is no model to ask for, and random rows go on.
    """

    def contender(split: Split, looks: list[int]) -> list[float]:
        order = generator(split.ground.seed, "start").permutation(len(split.labels))
        rows = order[:BATCH]
        found = []
        for look in looks:
            while len(rows) < look:
                q = min(BATCH, look - len(rows))
                blind = len(np.unique(split.labels[rows])) < 2
                more = order[len(rows) : len(rows) + q] if blind else choose(split, rows, q)
                rows = np.concatenate([rows, more])
            found.append(fitted_accuracy(split, rows, split.labels[rows]))
        return found

    return contender


def margin(split: Split, rows: Rows, q: int) -> Rows:
    """Choose the smallest margins of a logistic regression."""
    ground = replace(split.ground, algorithms=Algorithms(strategy="margin", learner=LEARNER))
    return learn(ground, answers_of(split, rows), q).questions


def by_skactiveml(split: Split, rows: Rows, q: int) -> Rows:
    """Choose as scikit-activeml's margin sampling does."""
    from skactiveml.classifier import SklearnClassifier
    from skactiveml.pool import UncertaintySampling

    y = np.full(len(split.labels), np.nan)
    y[rows] = split.labels[rows]
    model = SklearnClassifier(LogisticRegression(max_iter=1000), classes=list(range(split.n_classes)))
    strategy = UncertaintySampling(method="margin_sampling", random_state=split.ground.seed)
    return np.asarray(strategy.query(X=split.ground.features, y=y, clf=model, batch_size=q), dtype=np.intp)


def by_modal(split: Split, rows: Rows, q: int) -> Rows:
    """Choose as modAL's margin sampling does; its learner is made anew, because its `teach` no longer runs."""
    from modAL.models import ActiveLearner
    from modAL.uncertainty import margin_sampling

    X = split.ground.features
    learner = ActiveLearner(LogisticRegression(max_iter=1000), margin_sampling, X[rows], split.labels[rows])
    rest = np.setdiff1d(np.arange(len(X)), rows)
    return rest[np.asarray(learner.query(X[rest], n_instances=q)[0], dtype=np.intp)]


def by_small_text(split: Split, rows: Rows, q: int) -> Rows:
    """Choose as small-text's breaking ties does, which is its margin sampling."""
    from small_text import BreakingTies, SklearnClassifier, SklearnDataset

    classes = np.arange(split.n_classes)
    data = SklearnDataset(split.ground.features, split.labels, target_labels=classes)
    model = SklearnClassifier(LogisticRegression(max_iter=1000), len(classes))
    rest = np.setdiff1d(np.arange(len(split.labels)), rows)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(data[rows])
    return np.asarray(BreakingTies().query(model, data, rest, rows, split.labels[rows], n=q), dtype=np.intp)


PEERS: dict[str, tuple[str, Choose]] = {
    "scikit-activeml margin": ("skactiveml", by_skactiveml),
    "modAL margin": ("modAL", by_modal),
    "small-text margin": ("small_text", by_small_text),
}
