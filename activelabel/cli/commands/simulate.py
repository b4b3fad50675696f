"""`simulate`: contenders compared on data whose labels are known, as a table, a curve and JSON."""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from activelabel.cli.console import open_streams
from activelabel.cli.render.curves import book_table, curve_table, plot
from activelabel.errors import BadData, ProjectError, WrongUse
from activelabel.project.dataset import Dataset
from activelabel.project.files import written_aside
from activelabel.project.inspection import inspect
from activelabel.project.wording import counted
from activelabel.records.settings import Algorithms
from activelabel.session.book import WHY_THEY_DIFFER, book
from activelabel.session.goals import goal_of
from activelabel.session.lessons import generator
from activelabel.session.pipeline import check_algorithms
from activelabel.session.simulate import Problem, Result, contenders_of, simulate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console

    from activelabel.project.inspection import Wishes

__all__ = ["Trial", "as_json", "load_problem", "run", "run_book"]


@dataclass(frozen=True, slots=True)
class Trial:
    """What is compared and how: names of strategies, clusterers, propagators and learners, and the protocol.

    wrong is the probability, in [0, 0.5), that an answer is wrong.
    """

    named: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    budget: int
    seeds: int
    test_size: float
    rows: int
    nearest: float = 100.0
    wrong: float = 0.0
    optimise: str = "accuracy"
    sample: int | None = None


def run(data: Path | None, wishes: Wishes, trial: Trial, json_to: str) -> None:
    """Compare the contenders and show what came out."""
    if data is None:
        raise WrongUse("simulate needs a file with all its labels", "name one, or use --book")
    if not 0 <= trial.wrong < 0.5:
        raise WrongUse(f"--wrong is {trial.wrong:g}", "give a share from 0 to under 0.5")
    same = Algorithms(nearest=trial.nearest, optimise=trial.optimise, sample=trial.sample)
    contenders = contenders_of(*trial.named, like=same)
    for contender in contenders:
        check_algorithms(contender.algorithms)
    check_place(json_to, data)
    streams = open_streams()
    problem = replace(load_problem(data, wishes, trial.rows), wrong=trial.wrong)
    goal_of(trial.optimise, problem.class_names)
    with _progress(streams.talk, len(contenders) * trial.seeds * trial.budget) as step:
        results, full = simulate(problem, contenders, trial.budget, trial.seeds, trial.test_size, step)
    found = as_json(data, problem, results, full)
    if json_to != "-":
        streams.data.print(curve_table(results, full))
        streams.data.print(plot(results, float(np.mean(full)), streams.data))
        if trial.wrong:
            streams.emit(f"answers are wrong with probability {trial.wrong:g}; three questions in a hundred ask again")
    write_json(found, json_to)


def run_book(json_to: str) -> None:
    """Run the textbook's experiment and show its figures beside the published ones."""
    check_place(json_to)
    streams = open_streams()
    figures = book()
    if json_to != "-":
        streams.data.print(book_table(figures))
        for line in WHY_THEY_DIFFER:
            streams.emit(line)
    found = [
        {"name": figure.name, "published": figure.published, "ours": figure.ours[0], **_spread(figure.ours)}
        for figure in figures
    ]
    write_json({"book": found}, json_to)


def load_problem(data: Path, wishes: Wishes, rows: int) -> Problem:
    """Return the units of a file that have a label, with their labels; a random sample where `rows` is not 0.

    Raises
    ------
    BadData
        If there are fewer than two classes.
    """
    settings = inspect(data, wishes).settings
    with tempfile.TemporaryDirectory(prefix="activelabel-") as folder:
        try:
            dataset = Dataset.build(settings, Path(folder))
        except OSError as error:
            what = f"the data cannot be copied ({error.strerror or error}): {folder}"
            raise BadData(what, "free some space there, or name another place: TMPDIR=FOLDER") from error
        found = dataset.labels()
        names = tuple(sorted(found))
        if len(names) < 2:
            raise BadData(
                f"{counted(len(names), 'class', 'classes')} in {settings.roles.label or 'no column'}: {data}",
                "name it: --label COL",
            )
        kept = np.sort(np.concatenate([np.array(found[name], dtype=np.intp) for name in names]))
        if rows and rows < len(kept):
            kept = np.sort(generator(0, "rows").permutation(kept)[:rows])
        number = {row: place for place, name in enumerate(names) for row in found[name]}
        labels = np.array([number[row] for row in kept.tolist()], dtype=np.intp)
        groups = dataset.groups()
        return Problem(dataset.table(kept), labels, names, None if groups is None else groups[kept])


def check_place(json_to: str, data: Path | None = None) -> None:
    """Raise ProjectError where figures could not be written at the end of a long run, or would replace the data."""
    if json_to in {"", "-"}:
        return
    place = Path(json_to)
    if not place.parent.is_dir():
        raise ProjectError(f"there is no folder {place.parent}", "make it, or give another place")
    if place.exists() and (not place.is_file() or (data and data.exists() and place.samefile(data))):
        raise ProjectError(f"figures cannot take the place of this: {place}", "give another name")


def as_json(data: Path, problem: Problem, results: list[Result], full: list[float]) -> dict[str, Any]:
    """Return what was found, in the documented form (docs/simulate-json.md)."""
    table = problem.table
    about = {"path": str(data), "rows": table.n, "modality": table.modality.value, "classes": list(problem.class_names)}
    mean = float(np.mean(full))
    contenders = [
        {
            "name": result.contender.name,
            "audit": result.contender.audit,
            "optimise": result.contender.algorithms.optimise,
            "curve": [
                {
                    "labels": point.labels,
                    "accuracy": _spread(point.accuracy),
                    "macro_f1": _spread(point.macro_f1),
                    "recall": _spread(point.recall) if point.recall else None,
                }
                for point in result.curve
            ],
            "labels_to": {"95%": result.labels_to(0.95, mean), "99%": result.labels_to(0.99, mean)},
            "seconds_a_question": _spread(result.seconds, each=False),
        }
        for result in results
    ]
    found = {"data": about, "wrong": problem.wrong, "full_data": {"accuracy": mean, "each": full}}
    return {**found, "contenders": contenders}


def write_json(found: dict[str, Any], to: str) -> None:
    """Write JSON to a file, to standard output for "-", or nowhere for ""."""
    text = json.dumps(found, indent=2) + "\n"
    if to == "-":
        sys.stdout.write(text)
    elif to:
        with written_aside(Path(to)) as file:
            file.write(text.encode())


def _spread(values: Sequence[float], *, each: bool = True) -> dict[str, Any]:
    found: dict[str, Any] = {"mean": float(np.mean(values)), "sd": float(np.std(values))}
    return {**found, "each": [float(value) for value in values]} if each else {**found, "max": float(max(values))}


@contextmanager
def _progress(console: Console, steps: int) -> Iterator[Callable[[str, int, int], None]]:
    """Yield what `simulate` tells its steps to: a bar on a terminal, nothing elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=steps)
        before = (("", -1), 0)

        def step(name: str, seed: int, labels: int) -> None:
            nonlocal before
            done = labels - before[1] if before[0] == (name, seed) else labels
            before = ((name, seed), labels)
            bar.update(task, advance=done, description=f"{name}, split {seed + 1}")

        yield step
