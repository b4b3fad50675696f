"""How often the intervals of a report hold the truth, after whole sessions whose answers are known.

    python benchmarks/coverage.py [FILE ...] [--replicates 200] [--rows 600] [--learner logistic-regression]
                                  [--audit 0.5] [--wrong 0] [--processes 1] [--json FILE]

Without FILE: the four data sets of `sample_data`. Of each, `--rows` rows become a project, with a tenth of them twice
and a tenth as near duplicates. A replicate is one session with a seed of its own, by the rules of the program: plans in
step, every ten answers; ranked and audit cards; one card in twenty skipped at first, one item in twenty not sure. At
20, 50 and 100 audit answers the figures of the report are held against the truth, which is what models that had not
seen a row's label say of every row whose answer is sure. So duplicates, chosen labels and a model that changes are all
in it.
The default learner is a cheap one, named so that hundreds of sessions can be had; audit cards are half of all rather
than a fifth, so that a hundred of them come within two hundred answers. Both can be changed. With `--wrong`, that share
of answers is wrong, and truth is what this person says.

Printed per set: coverage and mean width of each 95 % interval; and, looked at after every audit answer, the share of
sessions in which the bound that holds at every look (`learning/betting.lower_bound_since`, by which a session ends at
`--until`) was ever above the truth; beside it a bound by betting that counts all answers anew by each new model, which
is no promise of its method, and Wilson's interval from the tenth answer on, on either side.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
import warnings
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sessions import Session
from threadpoolctl import threadpool_limits
from truths import compared, hits_of

from activelabel.learning.accuracy import wilson
from activelabel.learning.betting import confidence_sequence, lower_bound_since
from activelabel.project.inspection import Wishes, inspect
from activelabel.project.layout import Layout
from activelabel.records.progress import HEADLINE_FROM
from activelabel.records.settings import Algorithms
from activelabel.session.workshop import open_workshop

if TYPE_CHECKING:
    from activelabel.session.workshop import Workshop

LOOKS = (20, 50, 100)
SAMPLES = Path(__file__).parents[1] / "sample_data"
SETS = ("digits", "penguins", "birdstrikes", "austen")
SIDES = ("every look, too high", "counted anew, too high", "Wilson, too high", "Wilson, too low")
COPY = "copy"
LABEL = "label"
EDGE = 1e-9


@dataclass(frozen=True, slots=True)
class Task:
    """One session on one file."""

    path: Path
    seed: int
    rows: int
    learner: str
    audit: float
    wrong: float


@cache
def workshop_of(path: Path, rows: int, learner: str) -> Workshop:
    """Return a project of some rows of a file, a tenth of them twice, and a tenth as near duplicates."""
    rng = np.random.default_rng(0)
    with path.open(encoding="utf-8", newline="") as file:
        names, *cells = list(csv.reader(file))
    cells = [cells[place] for place in rng.permutation(len(cells))[:rows]]
    tenth = len(cells) // 10
    twice = [[*cells[place], ""] for place in rng.permutation(len(cells))[:tenth]]
    near = [[*cells[place], "near"] for place in rng.permutation(len(cells))[:tenth]]
    folder = Path(tempfile.mkdtemp(prefix="activelabel-coverage-"))
    data = folder / path.name
    with data.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*names, COPY], *([*row, ""] for row in cells), *twice, *near])
    pixels = (8, 8) if path.stem == "digits" else None
    wishes = Wishes(known=LABEL, label="", id="", ignored=(COPY,), pixels=pixels)
    settings = replace(inspect(data, wishes).settings, data=str(data), algorithms=Algorithms(learner=learner))
    return open_workshop(Layout(folder / "project"), settings)


def run(task: Task) -> dict[str, Any]:
    """Return what the report said in one session, beside the truth."""
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workshop = workshop_of(task.path, task.rows, task.learner)
        session = Session(workshop, task.seed, task.audit, task.wrong)
        looks: dict[int, list[dict[str, Any]]] = {}
        missed = dict.fromkeys(SIDES, False)
        while session.audited < LOOKS[-1] and session.go_on():
            _look_after_every_answer(session, missed)
            for look in LOOKS:
                if session.audited >= look and look not in looks:
                    looks[look] = compared(session)
    return {"looks": looks, "missed": missed}


def _look_after_every_answer(session: Session, missed: dict[str, bool]) -> None:
    """Note whether bounds missed the truth of the model of this step, at any audit answer since the one before."""
    hits, truth = hits_of(session)
    unseen = session.audited - len(session.foreseen)
    for n in range(max(session.audited_before - unseen, 0), len(session.foreseen)):
        bound = lower_bound_since(session.foreseen[: n + 1], session.population - unseen)
        missed["every look, too high"] |= truth < bound - EDGE
    anew = confidence_sequence(hits, session.population)
    for n in range(session.audited_before, len(hits)):
        missed["counted anew, too high"] |= bool(truth < anew.lower[n] - EDGE)
        if n + 1 >= HEADLINE_FROM:
            interval = wilson(int(hits[: n + 1].sum()), n + 1, session.population)
            missed["Wilson, too high"] |= truth < interval.low - EDGE
            missed["Wilson, too low"] |= truth > interval.high + EDGE


def measured(tasks: list[Task], processes: int) -> dict[str, Any]:
    """Return for one set coverage, width and number of each interval at each look, and how often bounds ever missed."""
    workers = ProcessPoolExecutor(processes, get_context("spawn")) if processes > 1 else nullcontext()
    runs = []
    with workers as pool:
        for task, found in zip(tasks, (pool.map if pool else map)(run, tasks), strict=True):
            runs.append(found)
            print(f"{task.path.stem}, session {task.seed + 1}", file=sys.stderr, flush=True)
    return _of_set(runs)


def _of_set(runs: list[dict[str, Any]]) -> dict[str, Any]:
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for look in LOOKS:
        found = [figure for one in runs for figure in one["looks"].get(look, [])]
        for name in dict.fromkeys(figure["name"] for figure in found):
            those = [figure for figure in found if figure["name"] == name]
            figures.setdefault(str(look), {})[name] = {
                "coverage": round(float(np.mean([figure["held"] for figure in those])), 4),
                "width": round(float(np.mean([figure["width"] for figure in those])), 4),
                "bias": round(float(np.mean([figure["off"] for figure in those])), 4),
                "intervals": len(those),
            }
    missed = {who: round(float(np.mean([one["missed"][who] for one in runs])), 4) for who in runs[0]["missed"]}
    return {"sessions": len(runs), "looks": figures, "ever missed": missed}


def table(name: str, found: dict[str, Any]) -> str:
    """Return what was measured on one set as Markdown."""
    rows = ["", f"**{name}**, {found['sessions']} sessions: coverage (mean width)", ""]
    rows += [f"| figure | {' | '.join(map(str, LOOKS))} |", "|---" * (len(LOOKS) + 1) + "|"]
    figures = dict.fromkeys(figure for those in found["looks"].values() for figure in those)
    for figure in figures:
        each = [found["looks"].get(str(look), {}).get(figure) for look in LOOKS]
        shown = [f"{one['coverage']:.3f} ({one['width']:.3f})" if one else "" for one in each]
        rows.append(f"| {figure} | {' | '.join(shown)} |")
    ever = ", ".join(f"{who} {share:.3f}" for who, share in found["ever missed"].items())
    return "\n".join([*rows, "", f"Ever missed: {ever}"])


def main() -> None:
    """Measure set by set, print the tables, write JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE")
    parser.add_argument("--replicates", type=int, default=200)
    parser.add_argument("--rows", type=int, default=600)
    parser.add_argument("--learner", default="logistic-regression")
    parser.add_argument("--audit", type=float, default=0.5)
    parser.add_argument("--wrong", type=float, default=0.0)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    found: dict[str, Any] = {}
    for path in given.files or [SAMPLES / f"{name}.csv" for name in SETS]:
        how = given.rows, given.learner, given.audit, given.wrong
        found[path.stem] = measured([Task(path, seed, *how) for seed in range(given.replicates)], given.processes)
        print(table(path.stem, found[path.stem]), flush=True)
        if given.json:
            given.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
