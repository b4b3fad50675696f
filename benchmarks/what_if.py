"""How far `report --what-if` is from the truth: the strategy really run from the start, where all answers are known.

    python benchmarks/what_if.py [--data FOLDER] [--sets digits,austen] [--strategies random,margin] [--answers 200]
                                 [--seeds 5] [--rows 600] [--json FILE]

Each seed is a project of its own that answers so many cards with the default strategy, audit cards among them. What
`report` would say of each strategy then stands beside a project that had it from the start, on the same data with the
same number of answers, judged on all rows, each by a model that has not learnt from it. Given are means over seeds, in
points: the estimate of the difference to the answers as they were asked, the true one, how far the estimate is off on
the mean (its bias, with the standard error of that) and each time (root mean square), and how often the interval
holds the true difference.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import warnings
from collections import Counter
from pathlib import Path
from statistics import mean, stdev
from typing import TYPE_CHECKING, Any

import numpy as np
from in_step import Played, labelled, places, true_accuracy
from threadpoolctl import threadpool_limits

from activelabel.records.settings import Algorithms
from activelabel.reporting.what_if import what_if_of
from activelabel.session.judging.what_if import what_if
from activelabel.session.pipeline import learn

if TYPE_CHECKING:
    from in_step import Labelled


def really(data: Labelled, seed: int, algorithms: Algorithms, sizes: list[int]) -> dict[int, float]:
    """Return how right a project is at each number of answers."""
    played, found = Played(data, seed, algorithms), {}
    for size in sorted(sizes):
        played.go_on(size - len(played.asked))
        found[size] = true_accuracy(played, played.lesson, np.array(played.asked))
    return found


def estimates(data: Labelled, seed: int, strategies: list[str], answers: int) -> dict[str, Any]:
    """Return what a report would say of each strategy, and how right the models on the first answers truly are."""
    played = Played(data, seed, Algorithms())
    played.go_on(answers)
    figures = [what_if_of(one) for one in what_if(played.workshop, played.ledger, strategies)]
    asked = {}
    for size in {point.answers for one in figures for point in one.points}:
        rows = np.array(played.asked[:size])
        asked[size] = true_accuracy(played, learn(played.workshop.ground, data.answers(rows), 0), rows)
    return {"figures": figures, "asked": asked}


def compared(data: Labelled, strategies: list[str], answers: int, seeds: int) -> dict[str, dict[str, dict[str, Any]]]:
    """Return by strategy and number of answers how far the estimates are from the truth.

    The largest number differs from seed to seed for random choices: those stand together under their mean.
    """
    told = [estimates(data, seed, strategies, answers) for seed in range(seeds)]
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for place, strategy in enumerate(strategies):
        points = [(one["figures"][place].points, one["asked"]) for one in told]
        sizes = sorted({point.answers for those, _ in points for point in those})
        truths = [really(data, seed, Algorithms(strategy=strategy), sizes) for seed in range(seeds)]
        true = {size: mean(truth[size] for truth in truths) for size in sizes}
        found[strategy] = {}
        for size in _shared(points):
            seen = [(point, asked) for those, asked in points for point in those[:-1] if point.answers == size]
            found[strategy][str(size)] = _row(seen, true)
        last = [(those[-1], asked) for those, asked in points if those]
        if len(last) > 1:
            found[strategy][f"{mean(point.answers for point, _ in last):.0f}"] = _row(last, true)
    return found


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, metavar="FOLDER")
    parser.add_argument("--sets", default="digits,austen")
    parser.add_argument("--strategies", default="random,margin,representative,default")
    parser.add_argument("--answers", type=int, default=200)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=600)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    if given.seeds < 2:
        parser.error("--seeds must be 2 or more: a standard error needs them")
    result = {}
    chosen = [place for place in places(given.data) if Path(place).stem in given.sets.split(",")]
    for place in chosen:
        with tempfile.TemporaryDirectory() as folder, threadpool_limits(1), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            data = labelled(place, given.rows, Path(folder))
            name = Path(place).stem
            result[name] = compared(data, given.strategies.split(","), given.answers, given.seeds)
        print(f"{name}: done", file=sys.stderr, flush=True)
    print(_table(result))
    if given.json:
        given.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def _shared(points: list[tuple[Any, dict[int, float]]]) -> list[int]:
    """Return the numbers of answers, but for the largest, that half of the seeds or more were looked at."""
    seen = Counter(point.answers for those, _ in points for point in those[:-1])
    return sorted(size for size, times in seen.items() if 2 * times >= len(points) and times > 1)


def _row(seen: list[tuple[Any, dict[int, float]]], true: dict[int, float]) -> dict[str, Any]:
    estimated = [point.difference for point, _ in seen]
    truth = [true[point.answers] - asked[point.answers] for point, asked in seen]
    off = [one.value - really for one, really in zip(estimated, truth, strict=True)]
    return {
        "seeds": len(off),
        "estimated": mean(one.value for one in estimated),
        "true": mean(truth),
        "bias": mean(off),
        "error_of_bias": stdev(off) / len(off) ** 0.5,
        "root_mean_square": float(np.sqrt(np.mean(np.square(off)))),
        "held": sum(one.low <= really <= one.high for one, really in zip(estimated, truth, strict=True)),
    }


def _table(result: dict[str, dict[str, dict[str, dict[str, Any]]]]) -> str:
    lines = [
        "| set | strategy | answers | estimated | true | bias | off by | interval holds |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, strategies in result.items():
        for strategy, sizes in strategies.items():
            for size, row in sizes.items():
                figures = f"{100 * row['estimated']:+.1f} | {100 * row['true']:+.1f}"
                bias = f"{100 * row['bias']:+.1f} ±{100 * row['error_of_bias']:.1f}"
                held = f"{100 * row['root_mean_square']:.1f} | {row['held']} of {row['seeds']}"
                lines.append(f"| {name} | {strategy} | {size} | {figures} | {bias} | {held} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
