"""Time and memory of one step of the learner (learn from 50 labels, choose 100 questions), beside scikit-learn.

    python benchmarks/step_time.py [--rows 1000 2000 10000 20000 100000] [--labels 50] [--runs 3] [--patience 60]

The floor is one fit of scikit-learn's `LabelSpreading(kernel="knn")` on the same rows and labels, in the same process;
`ratio` is the step divided by it. The first step also builds the neighbour graph, which later steps keep; both are
given. Each size has a process of its own, one thread; `memory_mb` is the most that was held on top of the imports: the
rows, the graph, the steps; read before the floor is run. A step on 200 rows comes first, so that all is imported.

Times are medians of as many runs as asked, or of as many as fit into `--patience` seconds: at 100,000 rows the floor
compares ten thousand million pairs of rows, which takes about a minute, and once tells as much as three times.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
import warnings
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

import numpy as np
from sklearn.semi_supervised import LabelSpreading
from threadpoolctl import threadpool_limits

from activelabel.records.settings import Algorithms
from activelabel.session.lessons import Answers, Ground
from activelabel.session.pipeline import learn

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

CENTRES = 50
CLASSES = 10
COLUMNS = 64
QUESTIONS = 100
WARM = 200


def numbers(rows: int) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """Return normal deviates around fifty centres, five of them a class, and the classes."""
    rng = np.random.default_rng(0)
    homes = rng.integers(CENTRES, size=rows)
    features = rng.standard_normal((rows, COLUMNS), dtype=np.float32)
    # centre by centre: a second matrix would count as memory of the step
    for home, centre in enumerate(rng.standard_normal((CENTRES, COLUMNS), dtype=np.float32)):
        features[homes == home] += centre
    return features, (homes % CLASSES).astype(np.intp)


def seconds(work: Callable[[], object]) -> float:
    """Return how long something took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median_seconds(work: Callable[[], object], runs: int, patience: float) -> float:
    """Return the median of so many runs, or of those that were begun while patience lasted."""
    took = [seconds(work)]
    while len(took) < runs and sum(took) < patience:
        took.append(seconds(work))
    return statistics.median(took)


def peak_mb() -> float:
    """Return the most memory that this process has held, in megabytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def works(rows: int, labels: int) -> tuple[Callable[[], object], Callable[[], object]]:
    """Return a step on so many rows and labels, and the floor on the same."""
    features, truth = numbers(rows)
    labelled = np.sort(np.random.default_rng(1).permutation(rows)[:labels])
    closed = np.isin(np.arange(rows), labelled)
    answers = Answers(labelled, truth[labelled], CLASSES, closed)
    ground = Ground(features, np.ones(rows), None, Algorithms(), 0)
    y = np.where(closed, truth, -1)
    return lambda: learn(ground, answers, QUESTIONS), lambda: LabelSpreading(kernel="knn").fit(features, y)


def measure(rows: int, labels: int, runs: int, patience: float) -> dict[str, float]:
    """Return times and memory at one size, and the ratio to the floor; to be called in a fresh process."""
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for work in works(WARM, labels):
            work()
        before = peak_mb()
        step, floor = works(rows, labels)
        first = seconds(step)
        again = median_seconds(step, runs, patience)
        memory = peak_mb() - before
        spreading = median_seconds(floor, runs, patience)
    return {
        "first_step": first,
        "step": again,
        "label_spreading": spreading,
        "ratio": again / spreading,
        "memory_mb": memory,
    }


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 2_000, 10_000, 20_000, 100_000])
    parser.add_argument("--labels", type=int, default=50)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--patience", type=float, default=60.0)
    given = parser.parse_args()
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as fresh:
        tasks = {rows: fresh.submit(measure, rows, given.labels, given.runs, given.patience) for rows in given.rows}
        found = {str(rows): task.result() for rows, task in tasks.items()}
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
