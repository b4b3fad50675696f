"""Whole clusters accepted by a probe: what they are worth beside the same keys one by one, and whether the bound holds.

    python benchmarks/cluster_answers.py [PLACE ...] [--answers 10] [--seeds 5] [--draws 400] [--rows 2000]

Without PLACE: the digits that come with scikit-learn. With it: files with their labels in the column `label`.

*Worth*: the default learner asks ranked questions one by one until a cluster looks pure (as in a project: 95 % of it of
one class to the model, two labels in it and none against, twenty members open). Then all of it is said to be of that
class: one key for that, one for each of ten members drawn at random that has no answer yet, one to accept, if at most
two of the ten are of another class. So on, until as many clusters were accepted as asked, or 300 answers given. The
same number of keys is then spent on the same split by the default alone. Both are judged on test rows, and by the share
of the pool that has its right label: given by a person, with its cluster, or by the model.

*Bound*: of every cluster of twenty or more, with its commonest class, ten members are drawn as often as --draws says.
Given are the shares of all probes, and of those accepted, whose bound is not above the true purity: of the whole, of
the core, of the better one of the two, and of those members of the whole that would get the label.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from problems import bundled, in_places
from threadpoolctl import threadpool_limits

from activelabel.learning.models.prediction import predict
from activelabel.learning.purity import purity_bound
from activelabel.learning.registry import find
from activelabel.session.clusters.finding import AGREEING, DRAWN, OPEN, PURE_FROM, clusters_wanted
from activelabel.session.lessons import Answers, Ground, Lesson, Spread, generator
from activelabel.session.pipeline import learn
from activelabel.session.simulate import Problem, Split, split_of

WRONG = 3  # as in cluster_cards
BATCH = 10
MOST = 300  # answers after which no more clusters are waited for
bound_of = lru_cache(None)(purity_bound)


@dataclass
class Person:
    """Whoever answers: rows with an answer, clusters with one label, keys pressed."""

    split: Split
    homes: np.ndarray
    away: np.ndarray
    rng: np.random.Generator

    def __post_init__(self):
        self.answered: list[int] = []
        self.accepted: list[tuple[np.ndarray, int, np.ndarray, float]] = []
        self.spoken: set[int] = set()
        self.keys = 0

    def learn(self) -> Lesson:
        """Return what follows from all that was said."""
        rows = np.array(sorted(self.answered), dtype=np.intp)
        truth, closed = self.split.labels, np.zeros(len(self.split.labels), dtype=bool)
        closed[rows] = True
        answers = Answers(rows, truth[rows], self.split.n_classes, closed, spread=self.spread(closed))
        return learn(self.split.ground, replace(answers, hints=self.split.hints), BATCH)

    def spread(self, closed: np.ndarray) -> Spread:
        """Return the labels of accepted clusters, for rows without an answer."""
        found = [
            (row, label, source)
            for source, (rows, label, _, _) in enumerate(self.accepted)
            for row in rows.tolist()
            if not closed[row]
        ]
        if not found:
            return Spread()
        rows, labels, sources = np.array(sorted(found), dtype=np.intp).T
        bounds = np.array([bound for *_, bound in self.accepted])
        speakers = np.array([probe[0] for *_, probe, _ in self.accepted], dtype=np.intp)
        return Spread(rows, labels, sources, bounds, speakers, tuple(probe for *_, probe, _ in self.accepted))

    def ask(self, row: int) -> None:
        """Press the key of a row's class."""
        self.answered.append(int(row))
        self.keys += 1

    def pure_cluster(self, lesson: Lesson) -> tuple[int, int] | None:
        """Return the biggest cluster that looks pure, and its class."""
        if lesson.predicted is None:
            return None
        asked = np.zeros(len(self.homes), dtype=bool)
        asked[self.answered] = True
        for number in range(self.homes.max() + 1):
            members = self.homes == number
            told = self.split.labels[members & asked]
            shares = np.bincount(lesson.predicted[members], minlength=self.split.n_classes) / members.sum()
            label = int(shares.argmax())
            looks = shares[label] >= PURE_FROM and len(told) >= AGREEING and (told == label).all()
            if looks and number not in self.spoken and (members & ~asked).sum() >= OPEN:
                return number, label
        return None

    def probe(self, number: int, label: int) -> bool:
        """Ask the members drawn from a cluster, and accept all of it where at most two are of another class."""
        members = np.flatnonzero(self.homes == number)
        drawn = self.rng.permutation(members)[:DRAWN]
        self.spoken.add(number)
        self.keys += 2  # all are ..., and what to do after the probe
        wrong = 0
        for row in drawn.tolist():
            if row not in self.answered:
                self.ask(row)
            wrong += int(self.split.labels[row] != label)
            if wrong == WRONG:
                self.keys -= 1  # withdrawn: there is nothing to decide
                return False
        bound = purity_bound(len(drawn) - wrong, len(drawn), len(members))
        self.accepted.append((members, label, drawn, bound))
        return True


def worth(problem: Problem, seed: int, wanted: int) -> dict[str, float]:
    """Return keys and accuracies of one split, with clusters and one by one."""
    split = split_of(problem, seed, 0.25)
    ground: Ground = split.ground
    k = clusters_wanted(None, split.n_classes, len(split.labels))
    found = find("clusterer", "default")(ground.features, k, generator(seed, "clusters"))
    order = np.argsort(-found.sizes, kind="stable").argsort()
    person = Person(split, order[found.labels], found.distances, np.random.default_rng(seed))
    lesson = person.learn()
    while len(person.accepted) < wanted and len(person.answered) < min(MOST, len(split.labels) // 2):
        if pure := person.pure_cluster(lesson):
            person.probe(*pure)
        else:
            for row in lesson.questions[:BATCH].tolist():
                person.ask(row)
        lesson = person.learn()
    alone = Person(split, person.homes, person.away, person.rng)
    other = alone.learn()
    while alone.keys < person.keys:
        queue = [row for row in other.questions.tolist() if row not in alone.answered]
        for row in queue[: min(BATCH, person.keys - alone.keys)]:
            alone.ask(row)
        other = alone.learn()
    given = np.concatenate([rows for rows, *_ in person.accepted]) if person.accepted else np.empty(0, int)
    said = np.concatenate([np.full(len(rows), label) for rows, label, *_ in person.accepted]) if len(given) else given
    return {
        "keys": person.keys,
        "answers with clusters": len(person.answered),
        "clusters accepted": len(person.accepted),
        "members labelled": len(given),
        "of those right": float((split.labels[given] == said).mean()) if len(given) else float("nan"),
        "test, clusters": tested(split, lesson),
        "test, one by one": tested(split, other),
        "pool, clusters": pooled(split, lesson, person, given, said),
        "pool, one by one": pooled(split, other, alone, np.empty(0, int), np.empty(0, int)),
    }


def tested(split: Split, lesson: Lesson) -> float:
    labels = lesson.decision.labels(predict(lesson.model, split.test, split.n_classes))
    return float((labels == split.truth).mean())


def pooled(split: Split, lesson: Lesson, person: Person, given: np.ndarray, said: np.ndarray) -> float:
    labels = lesson.predicted.copy()
    labels[given] = said
    labels[person.answered] = split.labels[person.answered]
    return float((labels == split.labels).mean())


def coverage(problem: Problem, draws: int, named: int | None) -> dict[str, float]:
    """Return how often the bound is not above the true purity."""
    split = split_of(problem, 0, 0.25)
    k = clusters_wanted(named, split.n_classes, len(split.labels))
    found = find("clusterer", "default")(split.ground.features, k, generator(0, "clusters"))
    rng = np.random.default_rng(0)
    held: dict[str, list[tuple[bool, bool]]] = {
        name: [] for name in ("whole", "core", "better of both", "members labelled")
    }
    for number in range(len(found.medoids)):
        members = np.flatnonzero(found.labels == number)
        members = members[np.argsort(found.distances[members], kind="stable")]
        if len(members) < OPEN:
            continue
        label = np.bincount(split.labels[members]).argmax()
        right = split.labels[members] == label
        half = (len(members) + 1) // 2
        for _ in range(draws):
            drawn = rng.permutation(len(members))[:DRAWN]
            inside = drawn[drawn < half]
            seen = int(right[drawn].sum())
            accepted = DRAWN - seen < WRONG
            whole = bound_of(seen, len(drawn), len(members))
            core = bound_of(int(right[inside].sum()), len(inside), half)
            rest = (round(whole * len(members)) - seen) / (len(members) - len(drawn))
            others = np.delete(right, drawn)
            fits = {
                "whole": whole <= right.mean() + 1e-9,
                "core": core <= right[:half].mean() + 1e-9,
                "members labelled": rest <= others.mean() + 1e-9,
            }
            fits["better of both"] = fits["whole"] if whole >= core else fits["core"]
            for name, fit in fits.items():
                held[name].append((fit, accepted))
    sizes = {"clusters": float(len(found.medoids)), "accepted": float(np.mean([kept for _, kept in held["whole"]]))}
    return sizes | {
        f"{name}, {of}": float(np.mean([fit for fit, kept in pairs if kept or of == "all"]))
        for name, pairs in held.items()
        for of in ("all", "accepted")
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("places", nargs="*", type=Path)
    parser.add_argument("--answers", type=int, default=10)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--draws", type=int, default=400)
    parser.add_argument("--rows", type=int, default=2_000)
    options = parser.parse_args()
    sets = in_places(options.places, options.rows) if options.places else list(bundled())[:1]
    warnings.simplefilter("ignore")
    found = {}
    with threadpool_limits(1):
        for name, problem in sets:
            runs = [worth(problem, seed, options.answers) for seed in range(options.seeds)]
            means = {
                part: [round(float(f([run[part] for run in runs])), 4) for f in (np.mean, np.std)] for part in runs[0]
            }
            few = max(2, len(problem.class_names))
            bounds = {k: coverage(problem, options.draws, k) for k in (50, few)}
            found[name] = {"mean and deviation": means, "bound": bounds}
    json.dump(found, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
