"""Accuracy against labels: ours, margin sampling, the textbook's pipeline, all labels, and peers that are installed.

    python benchmarks/label_efficiency.py [FOLDER] [--budget 100] [--seeds 5] [--rows 2000] [--wrong SHARE] [--json F]
                                          [--figure F]

Without FOLDER: three data sets that come with scikit-learn. With it: every CSV and Parquet file below it, with its
labels in the column `label`. All contenders see the same splits, the same features and ten rows at a time. Peers run in
the same process: scikit-activeml and modAL, each through one adapter, when they can be imported. With --wrong that
share of the answers is wrong, the same ones for all; ours spends three questions in a hundred on finding out.
"""

from __future__ import annotations

import argparse
import json
import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn import datasets
from sklearn.linear_model import LogisticRegression

from activelabel.cli.commands.simulate import load_problem
from activelabel.learning.models.prediction import predict
from activelabel.learning.propagation.cluster import cluster
from activelabel.learning.protocols import Pool
from activelabel.learning.registry import find
from activelabel.project.inspection import Wishes
from activelabel.records import Algorithms, ColumnTable, Modality
from activelabel.session.course import BATCH, Course
from activelabel.session.pipeline import Answers, generator, learn
from activelabel.session.simulate import Problem, split_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from activelabel.session.simulate import Split

LOOKS = (10, 20, 30, 40, 50, 75, 100, 150, 200)


def bundled() -> Iterator[tuple[str, Problem]]:
    """Yield the data sets of scikit-learn."""
    for name, pixels in (("digits", (8, 8)), ("breast_cancer", None), ("wine", None)):
        X, y = getattr(datasets, f"load_{name}")(return_X_y=True)
        columns = tuple(f"x{place}" for place in range(X.shape[1]))
        modality = Modality.IMAGE if pixels else Modality.TABLE
        table = ColumnTable(modality, len(X), columns, X.astype(np.float32), pixels=pixels)
        yield name, Problem(table, y.astype(np.intp), tuple(map(str, np.unique(y))))


def in_folder(folder: Path, rows: int) -> Iterator[tuple[str, Problem]]:
    """Yield the files of a folder that have a column of labels."""
    for path in sorted([*folder.rglob("*.csv"), *folder.rglob("*.parquet")]):
        yield path.stem if path.stem != "data" else path.parent.name, load_problem(path, Wishes(label="label"), rows)


def accuracy_of(split: Split, rows: NDArray[np.intp], labels: NDArray[np.intp]) -> float:
    """Return the accuracy of a logistic regression fitted on rows of the pool."""
    model = find("learner", "logistic-regression")(generator(split.ground.seed, "model"))
    model.fit(split.ground.features[rows], labels)
    return float((predict(model, split.test, split.n_classes).argmax(axis=1) == split.truth).mean())


def ours(split: Split, looks: list[int]) -> list[float]:
    """Return the accuracy of the default at each look."""
    course = Course(split.ground, split.gold)
    found = []
    for look in looks:
        while len(course.asked) < look:
            course.go_on(min(BATCH, look - len(course.asked)))
        if course.lesson.model is not None:
            said = predict(course.lesson.model, split.test, split.n_classes).argmax(axis=1)
            found.append(float((said == split.truth).mean()))
    return found


def textbook(split: Split, looks: list[int]) -> list[float]:
    """Return the accuracy of the textbook's pipeline: representatives, their labels to the nearest 20 %, one model."""
    found = []
    for look in looks:
        clustering = find("clusterer", "k-means")(split.ground.features, look, generator(split.ground.seed, "clusters"))
        rows = np.sort(clustering.medoids)
        everyone = np.ones(len(split.labels))
        known = split.labels[rows]
        pool = Pool(split.ground.features, rows, known, split.n_classes, everyone > 0, everyone, clustering=clustering)
        near = cluster(pool, generator(split.ground.seed, "propagation"), nearest=20.0)
        reached = np.flatnonzero(near.reached)
        found.append(accuracy_of(split, reached, near.proba[reached].argmax(axis=1)))
    return found


def asked_by(choose: Callable[[Split, NDArray[np.intp], int], NDArray[np.intp]]) -> Any:
    """Return a contender that starts with ten random rows, then lets `choose` ask for a logistic regression."""

    def contender(split: Split, looks: list[int]) -> list[float]:
        rows = generator(split.ground.seed, "start").permutation(len(split.labels))[:BATCH]
        found = []
        for look in looks:
            while len(rows) < look:
                rows = np.concatenate([rows, choose(split, rows, min(BATCH, look - len(rows)))])
            found.append(accuracy_of(split, rows, split.labels[rows]))
        return found

    return contender


def margin(split: Split, rows: NDArray[np.intp], q: int) -> NDArray[np.intp]:
    """Choose the smallest margins of a logistic regression."""
    closed = np.isin(np.arange(len(split.labels)), rows)
    named = Algorithms(strategy="margin", learner="logistic-regression")
    ground = type(split.ground)(split.ground.features, split.ground.weights, None, named, split.ground.seed)
    return learn(ground, _answers(split, closed), q).questions


def by_skactiveml(split: Split, rows: NDArray[np.intp], q: int) -> NDArray[np.intp]:
    """Choose as scikit-activeml's margin sampling does."""
    from skactiveml.classifier import SklearnClassifier
    from skactiveml.pool import UncertaintySampling

    y = np.full(len(split.labels), np.nan)
    y[rows] = split.labels[rows]
    model = SklearnClassifier(LogisticRegression(max_iter=1000), classes=list(range(split.n_classes)))
    strategy = UncertaintySampling(method="margin_sampling", random_state=split.ground.seed)
    return np.asarray(strategy.query(X=split.ground.features, y=y, clf=model, batch_size=q), dtype=np.intp)


def by_modal(split: Split, rows: NDArray[np.intp], q: int) -> NDArray[np.intp]:
    """Choose as modAL's margin sampling does; its learner is made anew, because its `teach` no longer runs."""
    from modAL.models import ActiveLearner
    from modAL.uncertainty import margin_sampling

    X = split.ground.features
    learner = ActiveLearner(LogisticRegression(max_iter=1000), margin_sampling, X[rows], split.labels[rows])
    rest = np.setdiff1d(np.arange(len(X)), rows)
    return rest[np.asarray(learner.query(X[rest], n_instances=q)[0], dtype=np.intp)]


def contenders() -> dict[str, Any]:
    """Return who can run here."""
    found: dict[str, Any] = {"activelabel": ours, "margin": asked_by(margin), "textbook": textbook}
    for name, module, choose in (
        ("scikit-activeml margin", "skactiveml", by_skactiveml),
        ("modAL margin", "modAL", by_modal),
    ):
        try:
            __import__(module)
        except ImportError:
            continue
        found[name] = asked_by(choose)
    return found


def measure(problem: Problem, budget: int, seeds: int) -> dict[str, Any]:
    """Return mean and standard deviation of each contender at each look, and of all labels, none of them wrong."""
    curves: dict[str, list[list[float]]] = {}
    full = []
    looks = [look for look in LOOKS if look <= min(budget, int(0.6 * len(problem.labels)))]
    for seed in range(seeds):
        split = split_of(problem, seed, 0.25)
        full.append(accuracy_of(split, np.arange(len(split.labels)), split.labels))
        # ours may ask again; for the others an answer is what was said the first time
        heard = replace(split, labels=split.gold.said())
        for name, contender in contenders().items():
            curves.setdefault(name, []).append(contender(split if contender is ours else heard, looks))
    summary = {
        name: {"mean": np.mean(runs, axis=0).round(4).tolist(), "sd": np.std(runs, axis=0).round(4).tolist()}
        for name, runs in curves.items()
    }
    return {
        "labels": looks,
        "wrong": problem.wrong,
        "contenders": summary,
        "all labels": round(float(np.mean(full)), 4),
    }


def draw(found: dict[str, Any], path: Path) -> None:
    """Draw one small plot a data set."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, len(found), figsize=(4 * len(found), 3.2), squeeze=False, layout="constrained")
    for axis, (name, result) in zip(axes[0], found.items(), strict=True):
        for contender, curve in result["contenders"].items():
            style = {"linewidth": 2.4} if contender == "activelabel" else {"linewidth": 1.2, "linestyle": "--"}
            axis.plot(result["labels"], curve["mean"], label=contender, **style)
        axis.axhline(result["all labels"], color="grey", linewidth=0.8, label="logistic regression, all labels")
        axis.set(title=name, xlabel="labels", ylabel="accuracy")
    axes[0][0].legend(fontsize="x-small", loc="lower right")
    mpl.rcParams["svg.hashsalt"] = "activelabel"
    figure.savefig(path, metadata={"Date": None})


def table(found: dict[str, Any]) -> str:
    """Return the means as Markdown."""
    lines = []
    for name, result in found.items():
        looks = result["labels"]
        lines += [f"| {name} | {' | '.join(map(str, looks))} |", f"|---|{'---|' * len(looks)}"]
        for contender, curve in result["contenders"].items():
            cells = (f"{mean:.3f} ±{sd:.3f}" for mean, sd in zip(curve["mean"], curve["sd"], strict=True))
            lines.append(f"| {contender} | {' | '.join(cells)} |")
        lines += [f"| all labels | {result['all labels']:.3f} |{' |' * (len(looks) - 1)}", ""]
    return "\n".join(lines)


def main() -> None:
    """Measure; print the table, write JSON and figure where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--budget", type=int, default=100)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--wrong", type=float, default=0.0, metavar="SHARE", help="of the answers; 0 to under 0.5")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--figure", type=Path)
    given = parser.parse_args()
    problems = in_folder(given.folder, given.rows) if given.folder else bundled()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = {
            name: measure(replace(problem, wrong=given.wrong), given.budget, given.seeds) for name, problem in problems
        }
    print(table(found))
    if given.json:
        given.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    if given.figure:
        draw(found, given.figure)


def _answers(split: Split, closed: NDArray[np.bool_]) -> Answers:
    rows = np.flatnonzero(closed)
    return Answers(rows, split.labels[rows], split.n_classes, closed.copy())


if __name__ == "__main__":
    main()
