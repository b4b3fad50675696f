"""What it costs that a big pool's graph is one of landmarks: accuracy beside the whole graph, on the same splits.

    python benchmarks/landmarks.py [PLACE ...] [--rows 20000] [--share 0.2] [--seeds 3] [--budget 100] [--json FILE]

A place is a CSV or Parquet file with a column `label`, or a folder of them; without one, the digits of scikit-learn are
drawn out: each row lies up to half way from a digit to one of its five nearest. Pools have --rows rows, fewer where
there are not so many, of which --share are landmarks. Both ways start from the same features and ask their own
questions. Given are accuracies on a quarter more rows, means over splits, and the mean paired difference with its
standard error, in points.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from contenders import ours
from problems import bundled, in_places
from sklearn.neighbors import NearestNeighbors
from threadpoolctl import threadpool_limits

from activelabel.learning.propagation import landmarks
from activelabel.session.simulate import Problem, Split, split_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOOKS = (20, 50, 100, 200)
TEST_SIZE = 0.2
NEAREST = 5


def drawn_out(problem: Problem, rows: int) -> Problem:
    """Return so many rows, each up to half way from a row of the problem to one near it, of whose class it is."""
    rng = np.random.default_rng(0)
    pixels = problem.table.numbers
    near = NearestNeighbors(n_neighbors=NEAREST + 1).fit(pixels).kneighbors(pixels)[1][:, 1:]
    start = rng.integers(len(pixels), size=rows)
    goal = near[start, rng.integers(NEAREST, size=rows)]
    part = rng.uniform(0, 0.5, size=(rows, 1)).astype(np.float32)
    numbers = pixels[start] + part * (pixels[goal] - pixels[start])
    return Problem(replace(problem.table, n=rows, numbers=numbers), problem.labels[start], problem.class_names, start)


def course(split: Split, looks: list[int], share: float | None) -> list[float]:
    """Return the accuracy at each look, with a share of the rows as landmarks or, where it is None, the whole graph."""
    # what follows from features is remembered with them: each way has its own
    own = replace(split, ground=replace(split.ground, features=split.ground.features.copy()))
    before = landmarks.FULL_ROWS, landmarks.SHARE
    try:
        landmarks.FULL_ROWS, landmarks.SHARE = (len(split.labels), 1.0) if share is None else (0, share)
        return ours(own, looks)
    finally:
        landmarks.FULL_ROWS, landmarks.SHARE = before


def measure(problems: Iterable[tuple[str, Problem]], looks: list[int], seeds: int, share: float) -> dict[str, Any]:
    """Return for each set the accuracies of both ways, split by split, and how far landmarks are ahead."""
    found: dict[str, Any] = {}
    for name, problem in problems:
        runs: dict[str, list[list[float]]] = {"whole": [], "landmarks": []}
        for seed in range(seeds):
            split = split_of(problem, seed, TEST_SIZE)
            runs["whole"].append(course(split, looks, None))
            runs["landmarks"].append(course(split, looks, share))
            print(f"{name}, split {seed + 1}: {runs['whole'][-1]} {runs['landmarks'][-1]}", file=sys.stderr, flush=True)
        ahead = 100 * (np.array(runs["landmarks"]) - np.array(runs["whole"]))
        found[name] = {
            "rows": len(split.labels),
            "labels": looks,
            "whole": np.mean(runs["whole"], axis=0).round(4).tolist(),
            "landmarks": np.mean(runs["landmarks"], axis=0).round(4).tolist(),
            "points_ahead": ahead.mean(axis=0).round(2).tolist(),
            "standard_error": (ahead.std(axis=0, ddof=1) / np.sqrt(seeds)).round(2).tolist(),
        }
    return found


def mean_over_sets(found: dict[str, Any]) -> dict[str, list[float]]:
    """Return the mean over sets of how far landmarks are ahead, in points, and its standard error."""
    ahead, errors = (np.array([each[name] for each in found.values()]) for name in ("points_ahead", "standard_error"))
    return {
        "points_ahead": ahead.mean(axis=0).round(2).tolist(),
        "standard_error": (np.sqrt((errors**2).sum(axis=0)) / len(errors)).round(2).tolist(),
    }


def problems_of(places: list[Path], rows: int) -> Iterator[tuple[str, Problem]]:
    """Yield the sets, each cut to what makes a pool of so many rows."""
    wanted = round(rows / (1 - TEST_SIZE))
    if places:
        yield from in_places(places, wanted)
        return
    name, digits = next(bundled())
    yield f"{name}, drawn out", drawn_out(digits, wanted)


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", type=Path, nargs="*", metavar="PLACE")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--share", type=float, default=landmarks.SHARE)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--budget", type=int, default=100)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    if given.seeds < 2:
        parser.error("--seeds must be 2 or more: a standard error needs them")
    looks = [look for look in LOOKS if look <= given.budget]
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = measure(problems_of(given.places, given.rows), looks, given.seeds, given.share)
    found["mean"] = mean_over_sets(found)
    print(json.dumps(found, indent=2))
    if given.json:
        given.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
