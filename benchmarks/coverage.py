"""How often the intervals of a report hold the truth, after whole sessions whose answers are known.

    python benchmarks/coverage.py [FILE ...] [--replicates 200] [--rows 600] [--learner logistic-regression]
                                  [--audit 0.5] [--wrong 0] [--processes N] [--json FILE]

Without FILE: the four data sets of `sample_data`. Of each, `--rows` rows become a project, with a tenth of them twice
and a tenth as near duplicates. A replicate is one session with a seed of its own, by the rules of the program: plans in
step, every ten answers; ranked and audit cards; one card in twenty skipped at first, one item in twenty not sure. When
20, 50 and 100 audit answers are there, the figures of the report are held against the truth, which is what models that
had not seen a row's label say of every row whose answer is sure. So duplicates, chosen labels and a model that changes
are all in it.
The default learner is a cheap one, named so that hundreds of sessions can be had; audit cards are half of all rather
than a fifth, so that a hundred of them come within two hundred answers. Both can be changed. With `--wrong`, that share
of answers is wrong, and truth is what this person says. Sessions run side by side, one on each core by default.

Printed per set: coverage with its standard error and mean width of each 95 % interval (`accuracy, as counted` is
Wilson's of the same answers, `accuracy, while labelling` what the status line shows); and, looked at after every audit
answer, the share of sessions in which the bound that holds at every look (`learning/betting.lower_bound_since`, by
which a session ends at `--until`) was ever too high; beside it the lower end of Wilson's interval from the tenth answer
on. Both count whether the model that asked was right, so the truth there is the share of all rows of which it is: the
model that asked for those that were answered, the present one for the others. No model has to be fitted for that.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import cpu_count, get_context
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from sessions import Session
from threadpoolctl import threadpool_limits
from truths import believed_right, compared

from activelabel.learning.accuracy import wilson
from activelabel.learning.betting import lower_bound_since
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
BOUNDS = ("betting", "Wilson")
COPY = "copy"
LABEL = "label"
EDGE = 1e-9


@dataclass(frozen=True, slots=True)
class Task:
    """One session on one file; copies of it are made in a folder that is removed at the end."""

    folder: Path
    path: Path
    seed: int
    rows: int
    learner: str
    audit: float
    wrong: float


class Run(NamedTuple):
    """What one session showed: the intervals at each look, and which bounds were ever too high."""

    looks: dict[int, list[dict[str, Any]]]
    missed: dict[str, bool]


@cache
def workshop_of(within: Path, path: Path, rows: int, learner: str) -> Workshop:
    """Return a project of some rows of a file, a tenth of them twice, and a tenth as near duplicates."""
    rng = np.random.default_rng(0)
    with path.open(encoding="utf-8", newline="") as file:
        names, *cells = list(csv.reader(file))
    cells = [cells[place] for place in rng.permutation(len(cells))[:rows]]
    tenth = len(cells) // 10
    twice = [[*cells[place], ""] for place in rng.permutation(len(cells))[:tenth]]
    near = [[*cells[place], "near"] for place in rng.permutation(len(cells))[:tenth]]
    folder = Path(mkdtemp(dir=within))
    data = folder / path.name
    with data.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*names, COPY], *([*row, ""] for row in cells), *twice, *near])
    pixels = (8, 8) if path.stem == "digits" else None
    wishes = Wishes(known=LABEL, label="", id="", ignored=(COPY,), pixels=pixels)
    settings = replace(inspect(data, wishes).settings, data=str(data), algorithms=Algorithms(learner=learner))
    return open_workshop(Layout(folder / "project"), settings)


def run(task: Task) -> Run:
    """Return what the report said in one session, beside the truth."""
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workshop = workshop_of(task.folder, task.path, task.rows, task.learner)
        session = Session(workshop, task.seed, task.audit, task.wrong)
        looks: dict[int, list[dict[str, Any]]] = {}
        missed = dict.fromkeys(BOUNDS, False)
        looked = 0
        while len(session.sample.rows) < LOOKS[-1] and session.go_on():
            looked = _look_after_every_answer(session, looked, missed)
            for look in LOOKS:
                if len(session.sample.rows) >= look and look not in looks:
                    looks[look] = compared(session)
    return Run(looks, missed)


def _look_after_every_answer(session: Session, looked: int, missed: dict[str, bool]) -> int:
    """Note whether bounds were too high after any audit answer since the last look; return how many there are."""
    foreseen = session.sample.foreseen
    population = session.sample.population - (len(session.sample.rows) - len(foreseen))
    truth = believed_right(session) + EDGE
    for n in range(looked + 1, len(foreseen) + 1):
        missed["betting"] |= lower_bound_since(foreseen[:n], population) > truth
        if n >= HEADLINE_FROM:
            missed["Wilson"] |= wilson(int(foreseen[:n].sum()), n, population).low > truth
    return len(foreseen)


def of_set(runs: list[Run]) -> dict[str, Any]:
    """Return for one set coverage, width and bias of each interval at each look, and how often bounds ever missed."""
    looks: dict[str, dict[str, dict[str, float]]] = {}
    for look in LOOKS:
        found = [figure for one in runs for figure in one.looks.get(look, [])]
        for name in dict.fromkeys(figure["name"] for figure in found):
            of_runs = [[figure for figure in one.looks.get(look, []) if figure["name"] == name] for one in runs]
            looks.setdefault(str(look), {})[name] = _figures([those for those in of_runs if those])
    missed = {who: round(float(np.mean([one.missed[who] for one in runs])), 4) for who in BOUNDS}
    return {"sessions": len(runs), "looks": looks, "ever too high": missed}


def _figures(of_runs: list[list[dict[str, Any]]]) -> dict[str, float]:
    """Return means over the sessions and their standard errors; those of a session are taken together first."""
    figures: dict[str, float] = {"sessions": len(of_runs)}
    for name, key in (("coverage", "held"), ("width", "width"), ("bias", "off")):
        means = np.array([np.mean([figure[key] for figure in those]) for those in of_runs])
        figures[name] = round(float(means.mean()), 4)
        figures[f"{name}_error"] = round(float(means.std(ddof=1) / np.sqrt(len(means))), 4) if len(means) > 1 else 0.0
    return figures


def table(name: str, found: dict[str, Any]) -> str:
    """Return what was measured on one set as Markdown."""
    rows = ["", f"**{name}**, {found['sessions']} sessions: coverage ± its standard error (mean width)", ""]
    rows += [f"| figure | {' | '.join(map(str, LOOKS))} |", "|---" * (len(LOOKS) + 1) + "|"]
    figures = dict.fromkeys(figure for those in found["looks"].values() for figure in those)
    for figure in figures:
        each = [found["looks"].get(str(look), {}).get(figure) for look in LOOKS]
        shown = [
            f"{one['coverage']:.3f} ± {one['coverage_error']:.3f} ({one['width']:.3f})" if one else "" for one in each
        ]
        rows.append(f"| {figure} | {' | '.join(shown)} |")
    ever = ", ".join(f"{who} {share:.3f}" for who, share in found["ever too high"].items())
    return "\n".join([*rows, "", f"Ever too high: {ever}"])


def main() -> None:
    """Measure set by set, print the tables, write JSON as it goes where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE")
    parser.add_argument("--replicates", type=int, default=200)
    parser.add_argument("--rows", type=int, default=600)
    parser.add_argument("--learner", default="logistic-regression")
    parser.add_argument("--audit", type=float, default=0.5)
    parser.add_argument("--wrong", type=float, default=0.0)
    parser.add_argument("--processes", type=int, default=cpu_count())
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    how = given.rows, given.learner, given.audit, given.wrong
    found: dict[str, Any] = {}
    with TemporaryDirectory() as within, ProcessPoolExecutor(given.processes, get_context("spawn")) as workers:
        for path in given.files or [SAMPLES / f"{name}.csv" for name in SETS]:
            runs: list[Run] = []
            tasks = [Task(Path(within), path, seed, *how) for seed in range(given.replicates)]
            for one in workers.map(run, tasks):
                runs.append(one)
                found[path.stem] = of_set(runs)
                print(f"\r{path.stem}: {len(runs)} of {given.replicates}", end="", file=sys.stderr, flush=True)
                if given.json:
                    given.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
            print(file=sys.stderr)
            print(table(path.stem, found[path.stem]), flush=True)


if __name__ == "__main__":
    main()
