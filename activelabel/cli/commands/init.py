"""`init`: look at the data, say what was found, make a project of it."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from activelabel.cli.commands.label import who_answers
from activelabel.cli.console import open_streams
from activelabel.cli.progress_bar import counting, waiting
from activelabel.errors import WrongUse
from activelabel.learning.near_duplicates import are_found_soon
from activelabel.project.another_file import rows_about
from activelabel.project.config import write_scheduler
from activelabel.project.dataset import Dataset
from activelabel.project.findings import listed
from activelabel.project.inspection import inspect
from activelabel.project.layout import DEFAULT_PROJECT, Layout
from activelabel.project.readers.files import located
from activelabel.project.readers.partitions import IN_PARTS
from activelabel.project.wording import counted
from activelabel.project.working_set import draw_working_set
from activelabel.session.classes.guidelines import read_guidelines
from activelabel.session.goals import goal_of
from activelabel.session.partitioned.cluster import check_address, open_cluster
from activelabel.session.pipeline import check_algorithms
from activelabel.session.setup import check_place, checked_classes, create_project, with_defined

if TYPE_CHECKING:
    from collections.abc import Callable

    from activelabel.cli.console import Streams
    from activelabel.project.inspection import Wishes
    from activelabel.records.settings import Algorithms, Settings
    from activelabel.session.workshop import Workshop


__all__ = ["Choices", "run"]

WORKING_SET = 100_000
AFTER_READING = "features and first questions"


@dataclass(frozen=True, slots=True)
class Choices:
    """What is decided besides the columns."""

    classes: tuple[str, ...]
    guidelines: Path | None
    algorithms: Algorithms
    audit: float
    seed: int
    dry_run: bool
    yes: bool
    cluster: str = ""
    working_set: int | None = None


def run(data: Path, project: Path | None, wishes: Wishes, choices: Choices) -> None:
    """Make the project, unless something is refused or only asked about; then nothing is written."""
    streams = open_streams()
    root = project or Path(DEFAULT_PROJECT)
    check_place(root)
    check_address(choices.cluster)
    check_algorithms(choices.algorithms)
    definitions = read_guidelines(choices.guidelines) if choices.guidelines else {}
    classes = with_defined(choices.classes, definitions)
    checked_classes(classes)
    found = inspect(data, wishes)
    if not found.settings.roles.label:  # else the column may hold the class, and is read when the project is made
        goal_of(choices.algorithms.optimise, classes)
    settings = replace(
        found.settings,
        data=located(data),
        seed=choices.seed,
        audit=choices.audit,
        algorithms=choices.algorithms,
        working_set=_working_set(choices, found.settings.format),
    )
    for line in found.findings:
        streams.say(line)
    if choices.dry_run or not (choices.yes or _confirmed(streams)):
        streams.say("nothing was written")
        return
    with ExitStack() as shown:
        on_rows = shown.enter_context(counting(streams.talk, "rows", partial(rows_about, data)))

        def build(settings: Settings, cache: Path) -> Dataset:
            dataset = _built(settings, cache, choices.cluster, on_rows)
            shown.close()
            shown.enter_context(waiting(streams.talk, AFTER_READING, on_screen=True))
            return dataset

        workshop = create_project(root, settings, classes, who_answers(), build, definitions)
    if choices.cluster:
        write_scheduler(Layout(root).config, choices.cluster)
    for line in _summary(workshop):
        streams.say(line)
    streams.say(f"project ready: {root}\nstart with: activelabel label --project {root}")


def _working_set(choices: Choices, form: str) -> int | None:
    """Return how many units of the data to keep, None for all."""
    named = "--cluster" if choices.cluster else "--working-set" if choices.working_set else ""
    if named and form not in IN_PARTS:
        raise WrongUse(f"{named} with data that is {form}", "write it as Parquet files; other formats are read whole")
    return choices.working_set or (WORKING_SET if choices.cluster else None)


def _built(settings: Settings, cache: Path, cluster: str, on_rows: Callable[[int], None]) -> Dataset:
    if not settings.working_set:
        return Dataset.build(settings, cache, on_rows)
    with open_cluster(cluster, cache / "workers") as run:
        drawn = draw_working_set(settings, run=run, on_rows=on_rows)
    return Dataset.build(settings, cache, drawn=drawn)


def _confirmed(streams: Streams) -> bool:
    """Ask, where there is somebody to ask; the end of the input is a no."""
    if not (sys.stdin.isatty() and streams.talk.file.isatty()):
        return True
    while True:
        streams.talk.print("go on with this? [Y/n] ", end="")
        line = sys.stdin.readline()
        if not line:
            streams.say("")
            return False
        if line.strip().lower() in {"", "y", "yes", "n", "no"}:
            return line.strip().lower() not in {"n", "no"}


def _rows_line(dataset: Dataset) -> str:
    twins = dataset.n_items - dataset.n_units
    line = f"{counted(dataset.n_items, 'row')}, {dataset.n_units:,} to label"
    if twins:
        line += f": {counted(twins, 'exact duplicate shares its answer', 'exact duplicates share their answer')}"
    if dataset.pool and dataset.pool.items > dataset.n_items:
        line += f"; drawn at random from {dataset.pool.items:,} rows"
    return line


def _summary(workshop: Workshop) -> list[str]:
    dataset = workshop.dataset
    lines = [_rows_line(dataset)]
    if are_found_soon(dataset.n_units) and (near := dataset.n_units - len(workshop.ground.distinct.features)):
        lines.append(f"{counted(near, 'near duplicate')} of other rows, labelled by the answers to those")
    if (asked := dataset.settings.algorithms.clusters or 0) > dataset.n_units:
        lines.append(f"{asked:,} groups are more than there are rows to label: {dataset.n_units:,} will be made")
    if dataset.faults:
        named = listed([f"{path} ({fault})" for path, fault in dataset.faulty])
        lines.append(f"{counted(dataset.faults, 'picture')} cannot be read and will be blank: {named}")
    if dataset.conflicts:
        lines.append(f"{counted(dataset.conflicts, 'duplicate')} had different labels; none of those was imported")
    if imported := sum(map(len, dataset.labels().values())):
        column = dataset.settings.roles.label
        lines.append(f"{counted(imported, 'label')} imported from {column!r}")
        if imported == dataset.n_units:
            lines.append(f"nothing is left to ask; to label afresh, make the project with --ignore {column}")
    return lines
