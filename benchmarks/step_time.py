"""Time and memory of one step of the learner (learn from 50 labels, choose 100 questions), beside two floors.

    python benchmarks/step_time.py [--rows 1000 2000 10000 20000 100000] [--labels 50] [--classes 10] [--runs 3]
                                   [--patience 60]

One floor is a fit of scikit-learn's `LabelSpreading(kernel="knn")` on the same rows and labels, up to 200,000 rows, in
the same process. The other is to predict all rows once by each of the learner's members, fitted on the same labels:
`members_ratio` is the step divided by that, `ratio` the step divided by the first. Peers that are installed fit a
logistic regression on the same labels and choose 100 rows by its margins (`contenders.py`). The first step also builds
the neighbour graph, which later steps keep; each of those has ten labels more. `skipped_step` has the same labels and
one question less to ask, as after an item was skipped: the model stays, and chooses anew. Each size has a process of
its own, one thread; `memory_mb` is the most that was held on top of the imports: the rows, the graph, the steps; read
before the floors are run. A step on 200 rows comes first, so that all is imported.

Times are medians of as many runs as asked, or of as many as fit into `--patience` seconds: at 100,000 rows the first
floor compares ten thousand million pairs of rows, which takes about a minute, and once tells as much as three times.
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
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from contenders import PEERS
from sklearn.semi_supervised import LabelSpreading
from threadpoolctl import threadpool_limits

from activelabel.learning.models.evidence import MEMBERS, Evidence
from activelabel.learning.models.prediction import predict
from activelabel.records.settings import Algorithms
from activelabel.session.lessons import Answers, Ground
from activelabel.session.pipeline import learn
from activelabel.session.simulate import Split

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from activelabel.session.lessons import Lesson

CENTRES = 50
COLUMNS = 64
QUESTIONS = 100
WARM = 200
NEW = 10
MOST_SPREADING = 200_000


def numbers(rows: int, classes: int) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """Return normal deviates around fifty centres, or one for each of more classes, and the classes."""
    rng = np.random.default_rng(0)
    centres = max(CENTRES, classes)
    homes = rng.integers(centres, size=rows)
    features = rng.standard_normal((rows, COLUMNS), dtype=np.float32)
    # centre by centre: a second matrix would count as memory of the step
    for home, centre in enumerate(rng.standard_normal((centres, COLUMNS), dtype=np.float32)):
        features[homes == home] += centre
    return features, (homes % classes).astype(np.intp)


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


class Bench(NamedTuple):
    """A pool of so many rows and classes, and the rows in the order in which they are labelled."""

    ground: Ground
    truth: NDArray[np.intp]
    order: NDArray[np.intp]
    classes: int

    def step(
        self, labels: int, skipped: int = 0, before: tuple[Answers, Lesson] | None = None
    ) -> tuple[Answers, Lesson]:
        """Learn from so many labels, choose questions, and return both; so many rows were skipped."""
        labelled = np.sort(self.order[:labels])
        closed = np.isin(np.arange(len(self.truth)), self.order[: labels + skipped])
        answers = Answers(labelled, self.truth[labelled], self.classes, closed)
        return answers, learn(self.ground, answers, QUESTIONS, before)

    def members(self, labels: int) -> None:
        """Fit each member on so many labels, and ask it about all rows."""
        features = self.ground.features
        order = self.order[:labels]
        _, codes = np.unique(self.truth[order], return_inverse=True)
        by_class = np.argsort(codes, kind="stable")
        evidence = Evidence(features, order[by_class], codes[by_class], 0)
        for member in MEMBERS.values():
            model = member(evidence).model
            if getattr(model, "label_distributions_", None) is None:
                predict(model, features, evidence.n_classes)

    def peer(self, name: str, labels: int) -> None:
        """Let a peer fit on so many labels and choose."""
        nobody = np.empty((0, COLUMNS), dtype=np.float32), np.empty(0, dtype=np.intp)
        split = Split(self.ground, self.truth, *nobody, tuple(map(str, range(self.classes))), None)
        PEERS[name][1](split, self.order[:labels], QUESTIONS)

    def spreading(self, labels: int) -> None:
        """Fit scikit-learn's label spreading on so many labels."""
        y = np.where(np.isin(np.arange(len(self.truth)), self.order[:labels]), self.truth, -1)
        LabelSpreading(kernel="knn").fit(self.ground.features, y)


def bench_of(rows: int, classes: int) -> Bench:
    """Return the bench of one size."""
    features, truth = numbers(rows, classes)
    ground = Ground(features, np.ones(rows), None, Algorithms(), 0)
    return Bench(ground, truth, np.random.default_rng(1).permutation(rows), classes)


def measure(rows: int, labels: int, classes: int, runs: int, patience: float) -> dict[str, float | None]:
    """Return times and memory at one size, and the ratios to the floors; to be called in a fresh process."""
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warm = bench_of(WARM, classes)
        for work in (warm.step, warm.members, warm.spreading):
            work(labels)
        before = peak_mb()
        bench = bench_of(rows, classes)
        first = seconds(lambda: bench.step(labels))
        more = iter(range(labels + NEW, rows, NEW))
        again = median_seconds(lambda: bench.step(next(more)), runs, patience)
        memory = peak_mb() - before
        known = bench.step(labels)
        skipped = median_seconds(lambda: bench.step(labels, 1, known), runs, patience)
        members = median_seconds(lambda: bench.members(labels), runs, patience)
        peers = {
            name: median_seconds(partial(bench.peer, name, labels), runs, patience)
            for name, (module, _) in PEERS.items()
            if find_spec(module)
        }
        spreading = None
        if rows <= MOST_SPREADING:
            spreading = median_seconds(lambda: bench.spreading(labels), runs, patience)
    return {
        "first_step": first,
        "step": again,
        "skipped_step": skipped,
        "members": members,
        "members_ratio": again / members,
        "label_spreading": spreading,
        "ratio": spreading and again / spreading,
        "memory_mb": memory,
        **peers,
    }


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 2_000, 10_000, 20_000, 100_000])
    parser.add_argument("--labels", type=int, default=50)
    parser.add_argument("--classes", type=int, default=10)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--patience", type=float, default=60.0)
    given = parser.parse_args()
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as fresh:
        tasks = {
            rows: fresh.submit(measure, rows, given.labels, given.classes, given.runs, given.patience)
            for rows in given.rows
        }
        found = {str(rows): task.result() for rows, task in tasks.items()}
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
