"""What if the answers were known: gold labels answer, and contenders are compared on the same splits.

Every contender sees the same pools, features and first questions' generator; labels count every question. The test
rows of a split are never clustered, never asked, and features are fitted without them. Answers can be made wrong at
random; they are the same wrong answers for all, and accuracy is measured against the truth.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from sklearn.model_selection import GroupShuffleSplit, train_test_split

from activelabel.errors import BadData
from activelabel.learning.accuracy import macro_f1
from activelabel.learning.features.choose import featurizer_for, hints_of
from activelabel.learning.models.prediction import predict
from activelabel.learning.near_duplicates import near_duplicates, together
from activelabel.learning.registry import find
from activelabel.records.settings import Algorithms
from activelabel.session.course import BATCH, Course, Gold
from activelabel.session.goals import goal_of
from activelabel.session.lessons import Ground, generator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from activelabel.records.contents import ColumnTable

__all__ = ["CHECKPOINTS", "Contender", "Point", "Problem", "Result", "contenders_of", "simulate"]

DEFAULTS = Algorithms()
CHECKPOINTS = (10, 20, 30, 40, 50, 75, 100, 150, 200, 300, 400, 500, 750, 1000)


@dataclass(frozen=True)
class Problem:
    """Data with all its labels.

    Attributes
    ----------
    table
        n rows of content.
    labels
        Shape (n,): the class of each, 0 to k - 1.
    class_names
        k names.
    groups
        Shape (n,): rows of equal number stay on one side of a split; None where nothing belongs together.
    wrong
        Probability, in [0, 0.5), that an answer is wrong, and then any other class.
    """

    table: ColumnTable
    labels: NDArray[np.intp]
    class_names: tuple[str, ...]
    groups: NDArray[np.intp] | None = None
    wrong: float = 0.0

    @cached_property
    def originals(self) -> NDArray[np.intp]:
        """Shape (n,): for each row the one that it is a near duplicate of, or itself.

        They are found on all rows, for a split has to know them before there is a pool. What is learnt from a pool
        starts from features of its own.
        """
        return near_duplicates(featurizer_for(self.table).fit_transform(self.table, generator(0, "features")))


@dataclass(frozen=True, slots=True)
class Contender:
    """Algorithms under a name, and the share of questions that audit."""

    name: str
    algorithms: Algorithms
    audit: float = 0.0


@dataclass(frozen=True, slots=True)
class Point:
    """How good a contender is after a number of labels, one value a seed; recall is of the class to find, if any is."""

    labels: int
    accuracy: tuple[float, ...]
    macro_f1: tuple[float, ...]
    recall: tuple[float, ...] = ()


@dataclass(slots=True)
class Result:
    """The curve of one contender, and the seconds each of its steps took."""

    contender: Contender
    curve: list[Point] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def labels_to(self, share: float, full: float) -> int | None:
        """Return the first number of labels at which the mean accuracy reaches a share of `full`; None if none."""
        reached = (point.labels for point in self.curve if np.mean(point.accuracy) >= share * full)
        return next(reached, None)


@dataclass(frozen=True, slots=True)
class Split:
    """One pool with its true labels, its test rows with theirs, and how often an answer about the pool is wrong.

    `hints` are what the names of the classes would be as rows.
    """

    ground: Ground
    labels: NDArray[np.intp]
    test: NDArray[np.float32]
    truth: NDArray[np.intp]
    class_names: tuple[str, ...]
    hints: NDArray[np.float32] | None
    wrong: float = 0.0

    @property
    def n_classes(self) -> int:
        """k: the classes of the problem, whether or not the pool has rows of each."""
        return len(self.class_names)

    @property
    def gold(self) -> Gold:
        """Who answers questions about the pool."""
        return Gold(self.labels, self.n_classes, self.wrong, self.ground.seed)


def contenders_of(
    strategies: Sequence[str],
    clusterers: Sequence[str],
    propagators: Sequence[str],
    learners: Sequence[str],
    like: Algorithms = DEFAULTS,
) -> list[Contender]:
    """Return every combination, named by the parts that differ; ours also with the audit it has in a project.

    `like` says what is the same for all, its names left out.
    """
    kinds = (strategies, clusterers, propagators, learners)
    found = []
    for names in product(*kinds):
        differing = [name for name, kind in zip(names, kinds, strict=True) if len(kind) > 1 or name != "default"]
        strategy, clusterer, propagator, learner = names
        named = replace(like, clusterer=clusterer, strategy=strategy, propagator=propagator, learner=learner)
        found.append(Contender(" + ".join(differing) or "default", named))
    ours = replace(DEFAULTS, optimise=like.optimise, sample=like.sample)
    if any(contender.algorithms == ours for contender in found):
        found.append(Contender("default, audit 0.2", ours, audit=0.2))
    return found


def simulate(
    problem: Problem,
    contenders: Iterable[Contender],
    budget: int,
    seeds: int,
    test_size: float = 0.25,
    on_step: Callable[[str, int, int], None] = lambda name, seed, labels: None,
) -> tuple[list[Result], list[float]]:
    """Return the result of each contender, and per seed the accuracy of the default learner with all labels.

    Parameters
    ----------
    problem
        The data.
    contenders
        Who is compared.
    budget
        Labels to ask for at most; a pool with fewer rows is asked to its end.
    seeds
        Splits, each with its own pool, test rows and randomness.
    test_size
        Share of rows that are only judged on.
    on_step
        Told the contender, the seed and the labels so far, for a progress bar.
    """
    results = [Result(contender) for contender in contenders]
    scores: dict[tuple[int, int], list[tuple[float, ...]]] = {}
    full = []
    for seed in range(seeds):
        split = split_of(problem, seed, test_size)
        full.append(_full_data(split, results[0].contender.algorithms.learner))
        for place, result in enumerate(results):
            for labels, score in _run(split, result, budget, on_step):
                scores.setdefault((place, labels), []).append(score)
    for (place, labels), found in sorted(scores.items()):
        results[place].curve.append(Point(labels, *zip(*found, strict=True)))
    return results, full


def split_of(problem: Problem, seed: int, test_size: float) -> Split:
    """Return the pool and the test rows of one seed: stratified, what belongs together on one side.

    Near duplicates belong together, and so do groups, which cannot be stratified. Features are fitted on the pool.
    """
    if problem.groups is not None:
        splitter = GroupShuffleSplit(1, test_size=test_size, random_state=seed)
        groups = together(problem.originals, problem.groups)
        pool, test = next(splitter.split(problem.labels, groups=groups))
    else:
        firsts = np.unique(problem.originals)
        sides = _stratified(firsts, problem.labels[firsts], test_size, seed)
        pool, test = (np.flatnonzero(np.isin(problem.originals, side)) for side in sides)
    inside = problem.table.take(pool)
    featurizer = featurizer_for(inside)
    features = featurizer.fit_transform(inside, generator(seed, "features"))
    inside_groups = None if problem.groups is None else problem.groups[pool]
    ground = Ground(features, np.ones(len(pool)), inside_groups, Algorithms(), seed)
    outside = featurizer.transform(problem.table.take(test))
    hints = hints_of(featurizer, problem.class_names)
    truth = problem.labels[test]
    return Split(ground, problem.labels[pool], outside, truth, problem.class_names, hints, problem.wrong)


def _stratified(
    rows: NDArray[np.intp], labels: NDArray[np.intp], test_size: float, seed: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    # a class with one row cannot be on both sides: without strata then
    strata = labels if np.bincount(labels).min() >= 2 else None
    try:
        pool, test = train_test_split(rows, test_size=test_size, random_state=seed, stratify=strata)
    except ValueError as error:
        raise BadData(f"{len(rows)} rows cannot be split ({error})", "give more rows, or another --test-size") from None
    return np.sort(pool), np.sort(test)


def _full_data(split: Split, learner: str) -> float:
    model = find("learner", learner)(generator(split.ground.seed, "model"))
    model.fit(split.ground.features, split.labels)
    found = predict(model, split.test, split.n_classes).argmax(axis=1)
    return float((found == split.truth).mean())


def _run(
    split: Split, result: Result, budget: int, on_step: Callable[[str, int, int], None]
) -> Iterable[tuple[int, tuple[float, ...]]]:
    """Yield (labels, (accuracy, macro-F1, and recall where one class is to be found)) at every checkpoint."""
    contender = result.contender
    goal = goal_of(contender.algorithms.optimise, split.class_names)
    ground = replace(split.ground, algorithms=contender.algorithms)
    course = Course(ground, split.gold, contender.audit, split.hints, goal)
    budget = min(budget, len(split.labels))
    for stop in [*(stop for stop in CHECKPOINTS if stop < budget), budget]:
        while len(course.asked) < stop:
            q = min(BATCH, stop - len(course.asked))
            start = time.perf_counter()
            course.go_on(q)
            result.seconds.append((time.perf_counter() - start) / q)
            on_step(contender.name, split.ground.seed, len(course.asked))
        if course.lesson.model is not None and course.lesson.decision is not None:
            found = course.lesson.decision.labels(predict(course.lesson.model, split.test, split.n_classes))
            yield stop, _scores(split.truth, found, goal.target)


def _scores(truth: NDArray[np.intp], found: NDArray[np.intp], target: int | None) -> tuple[float, ...]:
    scores = float((found == truth).mean()), macro_f1(truth, found)
    if target is None:
        return scores
    # a split without a test row of the class has missed none
    theirs = found[truth == target]
    return *scores, float((theirs == target).mean()) if len(theirs) else 1.0
