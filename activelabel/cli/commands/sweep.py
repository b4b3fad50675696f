"""`sweep`: labels for a whole pool of Parquet files, part by part, and what the model doubts for the working set."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from activelabel.cli.console import open_streams
from activelabel.cli.progress_bar import counting
from activelabel.errors import ProjectError, WrongUse
from activelabel.project.another_file import rows_about
from activelabel.project.config import read_config
from activelabel.project.files import written_aside
from activelabel.project.findings import listed
from activelabel.project.layout import find_project
from activelabel.project.locks import hold
from activelabel.project.pool import SWEEP_VERSION
from activelabel.project.predictions import check_free, predictions_aside
from activelabel.project.readers.files import PARTITION
from activelabel.project.readers.partitions import IN_PARTS, is_part_of
from activelabel.project.readers.remote import url_of
from activelabel.project.recorded import ledger_of
from activelabel.project.settings import settings_of
from activelabel.project.wording import counted
from activelabel.reporting.exports.labels import Labeller, Machine, What
from activelabel.reporting.exports.predicted import known_labels
from activelabel.session.clock import utc_now
from activelabel.session.learner import step_in_turn
from activelabel.session.partitioned.cluster import check_address, open_cluster
from activelabel.session.partitioned.sweep import join_candidates, sweep
from activelabel.session.predictor import fitted
from activelabel.session.workshop import open_workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from activelabel.cli.console import Streams
    from activelabel.project.layout import Layout
    from activelabel.project.ledger import Ledger
    from activelabel.project.predictions import KnownLabels
    from activelabel.project.working_set import Runner
    from activelabel.records.settings import Settings
    from activelabel.session.partitioned.sweep import Swept
    from activelabel.session.predictor import Predictor

__all__ = ["run"]

DRIFTED = 0.1
"""Drift from which the pool is no longer what the working set was drawn from: a random sample has a tenth of it."""

FIRST = f"00000-0000{PARTITION}"
"""A name like those of the files in the folder."""


@dataclass(frozen=True, slots=True)
class Done:
    """A sweep that was made: what was found, and the memory that its workers took."""

    found: Swept
    drift: float
    visitors: int
    peaks: tuple[int, ...]


def run(out: Path | None, project: Path | None, *, cluster: str, force: bool, as_json: bool) -> None:
    """Label the pool of a project into a folder, and have what the model doubts join the working set.

    Raises
    ------
    WrongUse
        If there is no such project, it has no pool in parts, or the address can be none.
    ProjectError
        If something is in the way, or a session is open; what was there is still there.
    BadData, ClusterError
        If the pool cannot be read, or the workers cannot do it.
    LearningError
        If no item has a label.
    """
    streams, layout = open_streams(), find_project(project)
    address = cluster or read_config(layout.config).scheduler
    check_address(address)
    if out and url_of(out):
        raise WrongUse(f"labels are written to a folder, not to {url_of(out)}", "give one that all workers reach")
    ledger = ledger_of(layout)
    settings = _with_parts(settings_of(layout, ledger.settings))
    # what was written without being asked for a place is replaced by what is written there next
    folder, force = (out.absolute(), force) if out else (layout.exports.absolute() / "pool", True)
    if any(is_part_of(each, Path(settings.data)) for each in (folder, folder / FIRST)):
        raise ProjectError(f"this is the project's own data: {folder}", "give another folder")
    check_free(folder, force=force)
    with hold(layout.learner_lock, "a session or its learner", utc_now()):
        predictor = fitted(open_workshop(layout, settings), ledger, human_only=False)
        known = _known(predictor, ledger)
        with (
            predictions_aside(folder, force=force) as to,
            _workers(address, layout, settings, streams) as (who, on_rows),
        ):
            found, drift = sweep(predictor, ledger, known, to, who, on_rows)
        # from here on the labels are there, whatever comes of the rest
        peaks = tuple(sorted(who.peaks.values(), reverse=True))
        done = Done(found, drift, join_candidates(predictor, found, layout), peaks)
        figures = _figures(done, known, len(predictor.answers.rows), folder)
        with written_aside(layout.sweep, durable=False) as file:
            file.write(json.dumps(figures).encode())
        if done.visitors:
            step_in_turn(layout)
    for line in _told(done, known, folder):
        streams.say(line)
    if as_json:
        streams.emit(json.dumps(figures, indent=2))


def _with_parts(settings: Settings) -> Settings:
    if settings.format not in IN_PARTS:
        raise WrongUse(
            f"a sweep reads Parquet files, the data is {settings.format}", "use `activelabel export` instead"
        )
    return settings


def _known(predictor: Predictor, ledger: Ledger) -> KnownLabels:
    lesson, dataset = predictor.lesson, predictor.workshop.dataset
    machine = Machine(lesson.propagation, lesson.proba, 0, dataset.unit, lesson.decision)
    names = [known.name for known in ledger.classes.values()]
    return known_labels(Labeller(ledger, machine, What.ALL), dataset, names)


@contextmanager
def _workers(
    address: str, layout: Layout, settings: Settings, streams: Streams
) -> Iterator[tuple[Runner, Callable[[int], None]]]:
    """Yield who works, and who is to be told how many rows are done."""
    with (
        counting(streams.talk, "rows labelled", partial(rows_about, Path(settings.data))) as on_rows,
        open_cluster(address, layout.cache.absolute() / "workers") as workers,
    ):
        yield workers, on_rows


def _told(done: Done, known: KnownLabels, folder: Path) -> Iterator[str]:
    counts = sorted(zip(known.classes, done.found.labels.tolist(), strict=True), key=lambda each: -each[1])
    each = listed([f"{count:,} {name}" for name, count in counts if count])
    yield f"{folder}: {counted(done.found.items, 'row')} of the whole pool ({each})"
    if done.visitors:
        yield f"{counted(done.visitors, 'row')} that the model doubts joined the working set"
    if done.found.blanks:
        yield f"{counted(done.found.blanks, 'picture')} cannot be read and were taken for blank"
    if done.drift > DRIFTED:
        yield f"the pool is no longer like its working set (drift {done.drift:.2f}): draw anew with `activelabel init`"
    if done.peaks:
        yield f"{counted(len(done.peaks), 'worker')}, at most {done.peaks[0] / 1e6:,.0f} MB of memory each"


def _figures(done: Done, known: KnownLabels, labels: int, folder: Path) -> dict[str, Any]:
    """Return what was found, in the documented form (docs/partitions.md)."""
    return {
        "version": SWEEP_VERSION,
        "out": str(folder),
        "labels": labels,
        "rows": done.found.items,
        "classes": dict(zip(known.classes, done.found.labels.tolist(), strict=True)),
        "visitors": done.visitors,
        "drift": round(done.drift, 4),
        "blank_pictures": done.found.blanks,
        "worker_peak_bytes": list(done.peaks),
    }
