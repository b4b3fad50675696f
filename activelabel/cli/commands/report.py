"""`report`: how good the labels and the model are, how sure that is, and whether to go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activelabel.cli.commands.pictured import pictured
from activelabel.cli.commands.placing import check_place, write_whole
from activelabel.cli.console import open_streams
from activelabel.cli.progress_bar import counting
from activelabel.cli.render.paper import Paper
from activelabel.cli.render.summary import detail_lines, summary_lines
from activelabel.errors import ProjectError, WrongUse
from activelabel.project.layout import find_project
from activelabel.project.ledger import Ledger
from activelabel.project.plan import PlanReader
from activelabel.project.store import Store
from activelabel.reporting.summarise import Frame, summarise
from activelabel.session.assessment import assess
from activelabel.session.clock import utc_now
from activelabel.session.workshop import open_workshop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rich.console import Console

    from activelabel.project.layout import Layout
    from activelabel.records import ItemRecord, Settings
    from activelabel.reporting.summary import Summary

__all__ = ["Form", "report"]


@dataclass(frozen=True, slots=True)
class Form:
    """How a report is told.

    Attributes
    ----------
    detail
        On the screen, all of it and not only what fits.
    as_json
        As pure JSON (docs/report-json.md).
    full
        JSON with every point of the map.
    page
        As a page in this file; a name without a folder means the project's own folder for reports.
    force
        Replace a page that is there.
    content
        Say what items show.
    plain
        Use no styles, and count nothing on a line that is redrawn.
    """

    detail: bool = False
    as_json: bool = False
    full: bool = False
    page: Path | None = None
    force: bool = False
    content: bool = True
    plain: bool = False


def report(project: Path | None, *, test: Path | None = None, label: str = "label", form: Form) -> int:
    """Print the report, on the screen or as JSON, or write it as a page; return the exit code.

    Parameters
    ----------
    project
        The project's folder; None for the default one.
    test, label
        Another file of the same columns to judge the model by, and its column of labels.
    form
        How it is told.

    Raises
    ------
    WrongUse, ProjectError, BadData
        If there is no such project or column, a file cannot be read, or the page cannot be written.
    """
    streams = open_streams()
    if form.full and not form.as_json:
        raise WrongUse("--full without --json", "add --json, or --html FILE for a page with the map")
    layout = find_project(project)
    with Store(layout.labels, readonly=True) as store:
        ledger = Ledger(store.events())
    if ledger.settings is None:
        raise ProjectError(f"no settings recorded: {layout.labels}", "start again with `activelabel init`")
    page = _place(form, layout, ledger.settings)
    with counting(streams.talk, "points of the learning curve judged", plain=form.plain) as on_step:
        data = (test, label) if test else None
        summary, items = _summary(layout, ledger, ledger.settings, data, form, on_step)
    if page:
        _write(page, summary, items)
        streams.say(f"written: {page}")
    if form.as_json:
        streams.emit(summary.to_json())
    elif not page:
        lines = detail_lines if form.detail else summary_lines
        for line in lines(summary, _paper(streams.data)):
            streams.data.print(line.plain if form.plain else line, soft_wrap=True)
    return 0


def _summary(
    layout: Layout,
    ledger: Ledger,
    settings: Settings,
    test: tuple[Path, str] | None,
    form: Form,
    on_step: Callable[[int], None],
) -> tuple[Summary, tuple[ItemRecord, ...]]:
    """Return the figures, and the items whose content is told."""
    workshop = open_workshop(layout, settings)
    dataset = workshop.dataset
    table = dataset.read_labelled(*test) if test else None
    plans = PlanReader(layout)
    plans.refresh()
    found = assess(workshop, ledger, table, on_step)
    shown = pictured(workshop, layout, ledger, plans.plan) if form.page or form.full else None
    items = shown.items if shown and form.content else ()
    frame = Frame(
        project=str(layout.root),
        items=dataset.n_items,
        units=dataset.n_units,
        plan=plans.plan,
        test=str(test[0]) if test else "",
        time=utc_now(),
        fingerprint=dataset.fingerprint,
        map=shown.map if shown else None,
        clusters=shown.clusters if shown else (),
        shown=items,
    )
    return summarise(ledger, found, frame), items


def _place(form: Form, layout: Layout, settings: Settings) -> Path | None:
    """Return where the page goes; refuse before anything is computed."""
    page = form.page
    if page is None:
        return None
    if page.suffix.lower() not in {".html", ".htm"}:
        raise WrongUse(f"not the name of a page: {page}", "end the name in .html")
    if page.name == str(page):
        layout.reports.mkdir(exist_ok=True)
        page = layout.reports / page
    check_place(page, layout, settings, force=form.force)
    return page


def _write(page: Path, summary: Summary, items: tuple[ItemRecord, ...]) -> None:
    from activelabel.reporting.html import html_page
    from activelabel.reporting.page.sheet import picture_sheet

    text = html_page(summary, picture_sheet(items)).encode()
    write_whole(page, lambda file: file.write(text))


def _paper(console: Console) -> Paper:
    return Paper(console.width, console.height, console.encoding)
