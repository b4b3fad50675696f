"""Are our features of tables better than skrub's own for the same classifier? Accuracy at 50 labels and at all labels.

    python benchmarks/table_features.py [DATA ...] [--label label] [--splits 10] [--rows 2000]

Ours are what `activelabel init` computes. The peer is skrub's `tabular_pipeline` for a logistic regression: its
`TableVectorizer`, imputing and scaling as it recommends. Both see the same random pools and the same random labels, and
feed scikit-learn's logistic regression. Without DATA: the tables among the sample data.
"""

from __future__ import annotations

import argparse
import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from skrub import tabular_pipeline

from activelabel.cli.commands.simulate import load_problem
from activelabel.learning.features.choose import featurizer_for
from activelabel.project.inspection import Wishes
from activelabel.session.lessons import generator

if TYPE_CHECKING:
    from activelabel.session.simulate import Problem

SAMPLES = Path(__file__).parents[1] / "sample_data"
LABELS = 50


def as_frame(problem: Problem) -> pd.DataFrame:
    """Return the columns of a problem as skrub takes them."""
    table = problem.table
    columns = {name: table.numbers[:, place] for place, name in enumerate(table.number_names)}
    texts = {**table.categories, **table.dates, **table.texts}
    return pd.DataFrame({**columns, **{name: pd.Series(cells).replace("", None) for name, cells in texts.items()}})


def accuracies(problem: Problem, seed: int) -> dict[str, tuple[float, float]]:
    """Return (at 50 labels, at all labels) of ours and of skrub's, on one split."""
    rng = np.random.default_rng(seed)
    shuffled = rng.permutation(len(problem.labels))
    pool, test = shuffled[len(shuffled) // 4 :], shuffled[: len(shuffled) // 4]
    y, truth = problem.labels[pool], problem.labels[test]
    inside, outside = problem.table.take(pool), problem.table.take(test)
    featurizer = featurizer_for(inside).fit(inside, generator(seed, "features"))
    X, X_test = featurizer.transform(inside), featurizer.transform(outside)
    frame = as_frame(problem)
    scores: dict[str, tuple[float, float]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ours = [LogisticRegression(max_iter=1000).fit(X[:n], y[:n]).score(X_test, truth) for n in (LABELS, len(pool))]
        # its vectorizer may see the pool without labels too, as ours does
        vectorizer, *rest = (step for _, step in tabular_pipeline(LogisticRegression(max_iter=1000)).steps)
        Z, Z_test = vectorizer.fit_transform(frame.iloc[pool]), vectorizer.transform(frame.iloc[test])
        for step in rest[:-1]:
            Z, Z_test = step.fit_transform(Z), step.transform(Z_test)
        Z, Z_test = np.asarray(Z), np.asarray(Z_test)
        theirs = [rest[-1].fit(Z[:n], y[:n]).score(Z_test, truth) for n in (LABELS, len(pool))]
    scores["activelabel"], scores["skrub"] = (ours[0], ours[1]), (theirs[0], theirs[1])
    return scores


def main() -> None:
    """Measure and print JSON: means over splits, and the mean paired difference with its standard error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="*", default=[SAMPLES / "penguins.csv", SAMPLES / "birdstrikes.csv"])
    parser.add_argument("--label", default="label")
    parser.add_argument("--splits", type=int, default=10)
    parser.add_argument("--rows", type=int, default=2_000)
    given = parser.parse_args()
    found = {}
    for path in given.data:
        problem = load_problem(path, Wishes(label=given.label), given.rows)
        runs = [accuracies(problem, seed) for seed in range(given.splits)]
        means = {name: np.mean([run[name] for run in runs], axis=0).round(4).tolist() for name in runs[0]}
        ahead = np.array([np.subtract(run["activelabel"], run["skrub"]) for run in runs])
        error = (ahead.std(axis=0, ddof=1) / np.sqrt(len(runs))).round(4).tolist()
        found[path.stem if path.stem != "data" else path.parent.name] = {
            **means,
            "ahead": ahead.mean(axis=0).round(4).tolist(),
            "standard_error": error,
        }
    print(json.dumps({"columns": [f"{LABELS} labels", "all labels"], **found}, indent=2))


if __name__ == "__main__":
    main()
