"""How long the seven nearest of all rows take to be found, and how many are, by cells and by a navigable graph.

    python benchmarks/neighbours.py [PLACE ...] [--rows 100000] [--build-width 80]

A place is a CSV or Parquet file with a column `label`, or a folder of them; without one, rows are normal deviates
around fifty centres. Equal rows are one. What is found is held against an exact search for 500 rows; `hubs` is the
skew of how often rows are found. The graph needs Faiss and is built by one thread; both are searched by as many threads
as OMP_NUM_THREADS says.
"""

from __future__ import annotations

import argparse
import json
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from problems import in_places
from step_time import numbers

from activelabel.learning import indexes
from activelabel.learning.features.choose import featurizer_for
from activelabel.learning.hubs import hubness
from activelabel.learning.indexes import by_cells, by_graph, exactly
from activelabel.session.lessons import generator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from activelabel.learning.indexes import Index

LOOKED_AT = 500
NEAREST = 8  # the row itself among them
ROADS = {"cells": by_cells, "graph": by_graph}


def measure(features: NDArray[np.float32]) -> dict[str, dict[str, float]]:
    """Return for each road the seconds to build and to look up all rows, the share of neighbours found, and hubs."""
    _, true = exactly(features)(features[:LOOKED_AT], NEAREST)
    found = {}
    for name, make in ROADS.items():
        started = time.perf_counter()
        index: Index = make(features)
        built = time.perf_counter()
        _, rows = index(features, NEAREST)
        ended = time.perf_counter()
        shared = [len(set(few) & set(all_)) for few, all_ in zip(rows[:LOOKED_AT].tolist(), true.tolist(), strict=True)]
        found[name] = {
            "build": round(built - started, 1),
            "look_up": round(ended - built, 1),
            "found": round(float(np.mean(shared)) / NEAREST, 4),
            "hubs": round(hubness(rows[:, 1:]), 1),
        }
    return found


def pools(places: list[Path], rows: int) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Yield the features of each set, in random order."""
    if not places:
        yield "blobs", numbers(rows, 10)[0]
    for name, problem in in_places(places, rows):
        features = featurizer_for(problem.table).fit_transform(problem.table, generator(0, "features"))
        distinct = np.unique(features, axis=0)
        yield name, distinct[np.random.default_rng(0).permutation(len(distinct))]


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", type=Path, nargs="*", metavar="PLACE")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--build-width", type=int, default=indexes.BUILD_WIDTH)
    given = parser.parse_args()
    indexes.BUILD_WIDTH = given.build_width
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, features in pools(given.places, given.rows):
            figures = {"rows": len(features), "columns": features.shape[1], **measure(features)}
            print(json.dumps({name: figures}, indent=2), flush=True)


if __name__ == "__main__":
    main()
