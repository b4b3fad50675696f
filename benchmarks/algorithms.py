"""What every algorithm of the registry is worth on two sets: the measured lines of `activelabel algorithms`.

    python benchmarks/algorithms.py [--kind strategy ...] [--new] [--splits 20] [--rows 2000] [--to FILE]

Writes `activelabel/learning/catalogue/measured.json`, anew after every algorithm; kinds that are not named stay as
they are, and what the registry no longer names goes. `--new` measures only what has no figures yet; it also takes up
a run that was broken off. One thread, about ten minutes.

The sets come with the program and differ in kind and difficulty: `digits`, pictures of ten classes whose neighbours are
alike, and `austen`, short texts from six novels that share most of their words. `birdstrikes`, the third candidate,
tells choosers apart less: nine rows in ten are of one class, and the best is about a point above always saying so.

Every split has its own pool, test rows and seed, and all that is compared is compared on the same ones. A strategy is
measured through logistic regression, so that the figure is the chooser's and not the default learner's; one that reads
probabilities starts from the ten rows that `random` asks first. Learners and propagators are given the same 50
representatives, the middles of 50 k-means clusters; their rival is a guess, the commonest class of those labels.
"""

from __future__ import annotations

import argparse
import json
import time
import warnings
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from contenders import LEARNER, accuracy, answers_of
from sklearn.metrics import pairwise_distances_argmin
from threadpoolctl import threadpool_limits

from activelabel.cli.commands.simulate import load_problem
from activelabel.errors import LearningError
from activelabel.learning.catalogue import measured
from activelabel.learning.registry import KINDS, STRATEGIES, find
from activelabel.project.inspection import Wishes
from activelabel.records.settings import Algorithms
from activelabel.session.lessons import generator
from activelabel.session.pipeline import learn
from activelabel.session.simulate import split_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from activelabel.session.simulate import Split

LABELS = 50
BATCH = 10
TEST_SIZE = 0.25
SAMPLES = Path(__file__).parents[1] / "sample_data"
SETS = {
    "digits": (SAMPLES / "digits.csv", Wishes(label="label", pixels=(8, 8))),
    "austen": (SAMPLES / "austen.csv", Wishes(label="label")),
}
FIGURES = Path(measured.__file__).with_name(measured.MEASURED)


@dataclass(frozen=True, slots=True)
class Mark:
    """What an algorithm reached on one split: the share that was right, its rival's, and what else is told of it."""

    right: float
    rival: float | None
    reached: float | None = None
    clusters: float | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """How a kind is measured: in words, who the rival is, and the mark of a named algorithm on a split."""

    measure: str
    rival: str
    mark: Callable[[Split, str], Mark]


def clusterer(split: Split, name: str) -> Mark:
    """Return which share of the other rows are of the class of their cluster's middle row; noise is of none."""
    features, labels = split.ground.features, split.labels
    found = find("clusterer", name)(features, LABELS, generator(split.ground.seed, "clusters"))
    within = found.labels >= 0
    right = within & (labels[found.medoids][found.labels] == labels)
    others = np.setdiff1d(np.arange(len(labels)), found.medoids)
    drawn = random_rows(split, len(found.medoids))
    undrawn = np.setdiff1d(np.arange(len(labels)), drawn)
    nearest = labels[drawn][pairwise_distances_argmin(features[undrawn], features[drawn])]
    rival = float((nearest == labels[undrawn]).mean())
    return Mark(float(right[others].mean()), rival, float(within.mean()), float(len(found.medoids)))


def strategy(split: Split, name: str) -> Mark:
    """Return the accuracy of logistic regression on the rows that a strategy asked."""
    rival = None if name == "random" else learnt(split, random_rows(split, LABELS), LEARNER)
    return Mark(learnt(split, asked(split, name), LEARNER), rival)


def propagator(split: Split, name: str) -> Mark:
    """Return which share of the rows without a label took the right one from the representatives."""
    rows = representatives(split)
    ground = replace(split.ground, algorithms=Algorithms(propagator=name, learner=LEARNER))
    found = learn(ground, answers_of(split, rows), 0).propagation
    assert found is not None
    left = np.setdiff1d(np.arange(len(split.labels)), rows)
    right = found.reached[left] & (found.proba[left].argmax(axis=1) == split.labels[left])
    guess = split.labels[left] == commonest(split, rows)
    return Mark(float(right.mean()), float(guess.mean()), float(found.reached[left].mean()))


def learner(split: Split, name: str) -> Mark:
    """Return the accuracy of a learner that knows the representatives' labels."""
    rows = representatives(split)
    return Mark(learnt(split, rows, name), float((split.truth == commonest(split, rows)).mean()))


TRIALS: dict[Any, Trial] = {
    "clusterer": Trial(
        "share of rows that are of the class of the middle of their cluster, 50 clusters wanted; random: as many "
        "random rows, each with the rows nearest to it",
        "random",
        clusterer,
    ),
    "strategy": Trial(
        "accuracy of logistic regression after 50 answers; random: after 50 random ones", "random", strategy
    ),
    "propagator": Trial(
        "share of unlabelled rows given the right label, from 50 representatives; guessing: the commonest label",
        "guessing",
        propagator,
    ),
    "learner": Trial(
        "accuracy with the labels of 50 representatives; guessing: the commonest label", "guessing", learner
    ),
}


def asked(split: Split, name: str) -> NDArray[np.intp]:
    """Return the rows that a strategy asks, ten at a time."""
    if name == "random":
        return random_rows(split, LABELS)
    ground = replace(split.ground, algorithms=Algorithms(strategy=name, learner=LEARNER))
    rows = random_rows(split, BATCH if STRATEGIES[name].reads_proba else 0)
    while len(rows) < LABELS:
        rows = np.concatenate([rows, learn(ground, answers_of(split, rows), BATCH).questions])
    return rows


def random_rows(split: Split, count: int) -> NDArray[np.intp]:
    """Return the first so many rows that `random` asks."""
    ground = replace(split.ground, algorithms=Algorithms(strategy="random"))
    nothing = answers_of(split, np.empty(0, dtype=np.intp))
    return learn(ground, nothing, LABELS).questions[:count]


def representatives(split: Split) -> NDArray[np.intp]:
    """Return the middles of 50 k-means clusters."""
    rng = generator(split.ground.seed, "clusters")
    return find("clusterer", "k-means")(split.ground.features, LABELS, rng).medoids


def learnt(split: Split, rows: NDArray[np.intp], name: str) -> float:
    """Return the accuracy of a learner that knows the labels of these rows."""
    model = learn(replace(split.ground, algorithms=Algorithms(learner=name)), answers_of(split, rows), 0).model
    assert model is not None
    return accuracy(split, model)


def commonest(split: Split, rows: NDArray[np.intp]) -> int:
    """Return the class that most of these rows are of."""
    return int(np.bincount(split.labels[rows]).argmax())


def figure(trial: Trial, name: str, splits: list[Split]) -> dict[str, Any]:
    """Return what is kept of one algorithm on one set: the fields of `measured.Figure`."""
    try:
        marks = [trial.mark(split, name) for split in splits]
    except LearningError as refusal:
        return {"refused": str(refusal)}
    found: dict[str, Any] = dict(zip(("mean", "error"), _spread([mark.right for mark in marks]), strict=True))
    rivals = [mark.rival for mark in marks if mark.rival is not None]
    if rivals:
        ahead, error = _spread([mark.right - rival for mark, rival in zip(marks, rivals, strict=True)])
        found |= {"rival": trial.rival, "beside": _spread(rivals)[0], "ahead": ahead, "ahead_error": error}
    # what was always 1, or never there, is not told
    shares = [mark.reached for mark in marks if mark.reached is not None]
    if min(shares, default=1.0) < 1.0:
        found["reached"] = _spread(shares)[0]
    counts = [mark.clusters for mark in marks if mark.clusters is not None]
    if counts:
        found["clusters"] = _spread(counts)[0]
    return found


def measure(kind: Any, known: dict[str, Any], splits: dict[str, list[Split]]) -> Iterator[str]:
    """Put the figures of a kind into `known` where there are none yet, and yield each name after its figures."""
    for name, entry in KINDS[kind].items():
        if name in known:
            continue
        # a default that stands for another algorithm has its figures
        twin = next((other for other in known if KINDS[kind][other].target == entry.target), None)
        known[name] = known[twin] if twin else {}
        known[name] = known[name] or {place: figure(TRIALS[kind], name, some) for place, some in splits.items()}
        yield name


def main() -> None:
    """Measure and write the file; print each line as it is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", nargs="+", choices=TRIALS, default=list(TRIALS))
    parser.add_argument("--new", action="store_true")
    parser.add_argument("--splits", type=int, default=20)
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--to", type=Path, default=FIGURES)
    given = parser.parse_args()
    kinds = json.loads(given.to.read_text(encoding="utf-8"))["kinds"] if given.to.exists() else {}
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        problems = {place: load_problem(*where, given.rows) for place, where in SETS.items()}
        splits = {
            place: [split_of(problem, seed, TEST_SIZE) for seed in range(given.splits)]
            for place, problem in problems.items()
        }
        for kind in given.kind:
            made_by, before = _made_by(kind, splits), kinds.get(kind)
            kept = before["algorithms"] if given.new and before else {}
            if kept and before["made_by"] != made_by:
                parser.error(f"the figures of each {kind} are of another run ({before['made_by']}): without --new")
            known = {name: those for name, those in kept.items() if name in KINDS[kind]}
            kinds[kind] = {"measure": TRIALS[kind].measure, "made_by": made_by, "algorithms": known}
            started = time.perf_counter()
            for name in measure(kind, known, splits):
                given.to.write_text(json.dumps({"kinds": kinds}, indent=1) + "\n", encoding="utf-8")
                said = "; ".join(f"{place} {measured.Figure(**those)}" for place, those in known[name].items())
                print(f"{time.perf_counter() - started:6.1f} s  {kind} {name}: {said}", flush=True)
                started = time.perf_counter()


def _made_by(kind: str, splits: dict[str, list[Split]]) -> dict[str, Any]:
    """Return the command, and what the figures may depend on."""
    some = next(iter(splits.values()))
    return {
        "command": f"python benchmarks/algorithms.py --kind {kind} --splits {len(some)}",
        "splits": len(some),
        "rows": {place: len(those[0].labels) + len(those[0].truth) for place, those in splits.items()},
        "versions": {name: version(name) for name in ("activelabel", "numpy", "scipy", "scikit-learn")},
    }


def _spread(values: list[float]) -> tuple[float, float]:
    """Return mean and standard error, to four digits."""
    return round(float(np.mean(values)), 4), round(float(np.std(values, ddof=1) / np.sqrt(len(values))), 4)


if __name__ == "__main__":
    main()
