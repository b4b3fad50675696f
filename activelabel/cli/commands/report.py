"""`report`: how good the labels and the model are, how sure that is, and whether to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.cli.console import open_streams
from activelabel.cli.progress_bar import counting
from activelabel.cli.render.paper import Paper
from activelabel.cli.render.summary import detail_lines, summary_lines
from activelabel.errors import ProjectError
from activelabel.project.another_file import read_labelled
from activelabel.project.layout import find_project
from activelabel.project.ledger import Ledger
from activelabel.project.plan import PlanReader
from activelabel.project.store import Store
from activelabel.reporting.summarise import Frame, summarise
from activelabel.session.assessment import assess
from activelabel.session.workshop import open_workshop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rich.console import Console

    from activelabel.project.layout import Layout
    from activelabel.reporting.summary import Summary

__all__ = ["report"]


def report(
    project: Path | None, *, test: Path | None, label: str, as_json: bool, detail: bool = False, plain: bool = False
) -> int:
    """Print the report, on the screen or as JSON; return the exit code.

    Parameters
    ----------
    project
        The project's folder; None for the default one.
    test, label
        Another file of the same columns to judge the model by, and its column of labels.
    detail
        Print all of it, not only what fits on the screen.
    as_json
        Print pure JSON (docs/report-json.md).
    plain
        Use no styles, and count nothing on a line that is redrawn.

    Raises
    ------
    WrongUse, ProjectError, BadData
        If there is no such project or column, or a file cannot be read.
    """
    streams = open_streams()
    with counting(streams.talk, "points of the learning curve judged", plain=plain) as on_step:
        summary = _summary(find_project(project), test, label, on_step)
    if as_json:
        streams.emit(summary.to_json())
        return 0
    lines = detail_lines if detail else summary_lines
    for line in lines(summary, _paper(streams.data)):
        streams.data.print(line.plain if plain else line, soft_wrap=True)
    return 0


def _summary(layout: Layout, test: Path | None, label: str, on_step: Callable[[int], None]) -> Summary:
    with Store(layout.labels, readonly=True) as store:
        ledger = Ledger(store.events())
    if ledger.settings is None:
        raise ProjectError(f"no settings recorded: {layout.labels}", "start again with `activelabel init`")
    workshop = open_workshop(layout, ledger.settings)
    table = read_labelled(workshop.dataset, test, label) if test else None
    plans = PlanReader(layout)
    plans.refresh()
    found = assess(workshop, ledger, table, on_step)
    dataset = workshop.dataset
    frame = Frame(str(layout.root), dataset.n_items, dataset.n_units, plans.plan, str(test or ""))
    return summarise(ledger, found, frame)


def _paper(console: Console) -> Paper:
    return Paper(console.width, console.height, console.encoding)
