"""Accuracy against labels: ours, margin sampling, representatives, the textbook's pipeline, all labels, and peers.

    python benchmarks/label_efficiency.py [PLACE ...] [--budget 200] [--seeds 5] [--rows 2000] [--wrong SHARE]
                                          [--processes 1] [--json FILE] [--figure FILE]

Without PLACE: three data sets that come with scikit-learn. With it: files, or folders and every CSV and Parquet file
below them, with their labels in the column `label`; pictures are listed in such a file too. All contenders see the
same splits, the same features and ten rows at a time. Peers run in the same process when they can be imported:
scikit-activeml, modAL and small-text, each through one adapter (`contenders.py`). With --wrong that share of the
answers is wrong, the same ones for all; ours spends three questions in a hundred on finding out.

Prints a table for each set (mean and standard deviation), then the means over sets, and how far ours is ahead of margin
sampling and of representatives: the mean difference over splits and its standard error, set by set. Splits run side by
side in as many processes as are given, one thread each; the figures do not depend on that.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from comparison import draw, set_tables, summary
from contenders import OURS, contenders, fitted_accuracy
from problems import bundled, in_places
from threadpoolctl import threadpool_limits

from activelabel.session.simulate import split_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from activelabel.session.simulate import Problem

LOOKS = (10, 20, 30, 40, 50, 75, 100, 150, 200)
TEST_SIZE = 0.25
ALL = "all labels"


@dataclass(frozen=True, slots=True)
class Task:
    """One split of one set, and the numbers of labels at which every contender is looked at."""

    name: str
    problem: Problem
    seed: int
    looks: list[int]


def tasks_of(problems: Iterable[tuple[str, Problem]], budget: int, seeds: int) -> list[Task]:
    """Return every split of every set; a set is looked at up to three fifths of its rows."""
    found = []
    for name, problem in problems:
        looks = [look for look in LOOKS if look <= min(budget, int(0.6 * len(problem.labels)))]
        found += [Task(name, problem, seed, looks) for seed in range(seeds)]
    return found


def curves_of(task: Task) -> dict[str, Any]:
    """Return the accuracy of each contender at each look, on one split, and that of all labels."""
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        split = split_of(task.problem, task.seed, TEST_SIZE)
        # ours may ask again; for the others an answer is what was said the first time
        heard = replace(split, labels=split.gold.said())
        found = {
            name: contender(split if name == OURS else heard, task.looks) for name, contender in contenders().items()
        }
        everything = fitted_accuracy(split, np.arange(len(split.labels)), split.labels)
    return {"curves": found, ALL: everything}


def measure(tasks: list[Task], processes: int) -> dict[str, Any]:
    """Return for each set the mean, standard deviation and every value of each contender at each look."""
    workers = ProcessPoolExecutor(processes, get_context("spawn")) if processes > 1 else nullcontext()
    runs: dict[str, list[dict[str, Any]]] = {}
    with workers as pool:
        for task, run in zip(tasks, (pool.map if pool else map)(curves_of, tasks), strict=True):
            runs.setdefault(task.name, []).append(run)
            print(f"{task.name}, split {task.seed + 1}", file=sys.stderr, flush=True)
    looks = {task.name: task.looks for task in tasks}
    return {
        name: {
            "labels": looks[name],
            "contenders": {who: _spread([run["curves"][who] for run in those]) for who in those[0]["curves"]},
            ALL: round(float(np.mean([run[ALL] for run in those])), 4),
        }
        for name, those in runs.items()
    }


def main() -> None:
    """Measure; print the tables, write JSON and figure where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", type=Path, nargs="*", metavar="PLACE")
    parser.add_argument("--budget", type=int, default=200)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--wrong", type=float, default=0.0, metavar="SHARE", help="of the answers; 0 to under 0.5")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--figure", type=Path)
    given = parser.parse_args()
    if given.seeds < 2:
        parser.error("--seeds must be 2 or more: a standard error needs them")
    problems = in_places(given.places, given.rows) if given.places else bundled()
    told = ((name, replace(problem, wrong=given.wrong)) for name, problem in problems)
    found = measure(tasks_of(told, given.budget, given.seeds), given.processes)
    print(set_tables(found))
    print(summary(found))
    if given.json:
        given.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    if given.figure:
        draw(found, given.figure)


def _spread(runs: list[list[float]]) -> dict[str, Any]:
    """Return mean and standard deviation at each look, and what they are made of, split by split."""
    return {
        "mean": np.mean(runs, axis=0).round(4).tolist(),
        "sd": np.std(runs, axis=0).round(4).tolist(),
        "each": np.round(runs, 6).tolist(),
    }


if __name__ == "__main__":
    main()
