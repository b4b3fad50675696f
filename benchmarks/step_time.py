"""Time and memory of one step of the learner (learn from 50 labels, choose 100 questions), beside scikit-learn.

    python benchmarks/step_time.py [--rows 1000 2000 10000 20000] [--labels 50] [--runs 3]

The floor is one fit of scikit-learn's `LabelSpreading(kernel="knn")` on the same rows and labels, in the same process.
The first step also builds the neighbour graph, which later steps keep; both are given. One thread.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
import warnings
from typing import TYPE_CHECKING

import numpy as np
from sklearn.semi_supervised import LabelSpreading
from threadpoolctl import threadpool_limits

from activelabel.records import Algorithms
from activelabel.session.pipeline import Answers, Ground, learn

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

CLASSES = 10
COLUMNS = 64


def numbers(rows: int) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """Return normal deviates around fifty centres, five of them a class, and the classes."""
    rng = np.random.default_rng(0)
    homes = rng.integers(50, size=rows)
    features = rng.normal(size=(50, COLUMNS))[homes] + rng.normal(size=(rows, COLUMNS))
    return features.astype(np.float32), (homes % CLASSES).astype(np.intp)


def seconds(work: Callable[[], object]) -> float:
    """Return how long something took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measure(rows: int, labels: int, runs: int) -> dict[str, float]:
    """Return the times of one size, and their ratio."""
    features, truth = numbers(rows)
    labelled = np.sort(np.random.default_rng(1).permutation(rows)[:labels])
    closed = np.isin(np.arange(rows), labelled)
    answers = Answers(labelled, truth[labelled], CLASSES, closed)
    ground = Ground(features, np.ones(rows), None, Algorithms(), 0)
    first = seconds(lambda: learn(ground, answers, 100))
    y = np.where(closed, truth, -1)
    floors, steps = [], []
    for _ in range(runs):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            floors.append(seconds(lambda: LabelSpreading(kernel="knn").fit(features, y)))
        steps.append(seconds(lambda: learn(ground, answers, 100)))
    floor, step = statistics.median(floors), statistics.median(steps)
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return {"first_step": first, "step": step, "label_spreading": floor, "ratio": step / floor, "peak_mb": peak / 1e6}


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 2_000, 10_000, 20_000])
    parser.add_argument("--labels", type=int, default=50)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with threadpool_limits(1):
        found = {str(rows): measure(rows, given.labels, given.runs) for rows in given.rows}
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
