"""`report`: how good the labels and the model are, how sure that is, and whether to go on."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from activelabel.cli.commands.data_card import write_data_card
from activelabel.cli.commands.pictured import pictured
from activelabel.cli.commands.placing import check_place, write_whole
from activelabel.cli.console import open_streams, paper_on
from activelabel.cli.progress_bar import counting, waiting
from activelabel.cli.render.summary import detail_lines, summary_lines
from activelabel.errors import WrongUse
from activelabel.learning.registry import find
from activelabel.project.another_file import read_labelled
from activelabel.project.layout import find_project
from activelabel.project.recorded import ledger_of, plan_of
from activelabel.project.settings import settings_of
from activelabel.reporting.summarise import Frame, summarise
from activelabel.reporting.what_if import what_if_of
from activelabel.session.clock import utc_now
from activelabel.session.judging.assessment import assess, taught
from activelabel.session.judging.what_if import what_if
from activelabel.session.workshop import open_workshop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from activelabel.cli.console import Streams
    from activelabel.project.layout import Layout
    from activelabel.project.ledger import Ledger
    from activelabel.records.contents import ColumnTable, ItemRecord
    from activelabel.reporting.summary import Summary
    from activelabel.session.judging.assessment import Taught
    from activelabel.session.workshop import Workshop

__all__ = ["Wanted", "report"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report is to say, and how.

    Attributes
    ----------
    test, label
        Another file of the same columns to judge the model by, and its column of labels.
    strategies
        Names of those that are to be tried on the answers.
    detail
        On the screen, all of it and not only what fits.
    as_json
        As pure JSON (docs/report-json.md).
    full
        JSON with every point of the map.
    page
        As a page in this file; a name without a folder goes to the project's own folder for reports.
    card
        As a card of the data set in this file.
    force
        Replace files that are there.
    content, names
        Say what items show, and who answered.
    plain
        Use no styles, and count nothing on a line that is redrawn.
    """

    test: Path | None = None
    label: str = "label"
    strategies: tuple[str, ...] = ()
    detail: bool = False
    as_json: bool = False
    full: bool = False
    page: str | None = None
    card: Path | None = None
    force: bool = False
    content: bool = True
    names: bool = True
    plain: bool = False


class _Project(NamedTuple):
    layout: Layout
    ledger: Ledger
    workshop: Workshop


def report(project: Path | None, wanted: Wanted) -> None:
    """Print the report, on the screen or as JSON, or write it as a page or a card.

    Parameters
    ----------
    project
        The project's folder; None for the default one.
    wanted
        What it is to say, and how.

    Raises
    ------
    WrongUse, ProjectError, BadData
        If there is no such project, column or strategy, or a file cannot be read or written.
    """
    streams = open_streams()
    if wanted.full and not wanted.as_json:
        raise WrongUse("--full without --json", "add --json, or --html FILE for a page with the map")
    for name in wanted.strategies:
        find("strategy", name)
    found = _opened(find_project(project))
    page = _place_of_page(wanted, found)
    if wanted.card:
        check_place(wanted.card, found.layout, found.workshop.dataset.settings, force=wanted.force)
    table = read_labelled(found.workshop.dataset, wanted.test, wanted.label) if wanted.test else None
    with waiting(streams.talk, "the model is fitted", on_screen=True, plain=wanted.plain):
        now = taught(found.workshop, found.ledger)
    summary, items = _summary(found, wanted, now, table, streams.talk)
    if page:
        _write_page(page, summary, items)
        streams.say(f"written: {page}")
    if wanted.card:
        dataset = found.workshop.dataset
        write_data_card(wanted.card, dataset, found.ledger, now.lesson, summary, names=wanted.names)
        streams.say(f"{wanted.card}: a card for the data set; say its licence, source and use before you share it")
    if wanted.as_json or not page:
        _tell(summary, wanted, streams)


def _tell(summary: Summary, wanted: Wanted, streams: Streams) -> None:
    if wanted.as_json:
        streams.emit(summary.to_json())
        return
    lines = detail_lines if wanted.detail else summary_lines
    for line in lines(summary, paper_on(streams.data)):
        streams.data.print(line.plain if wanted.plain else line, soft_wrap=True)


def _opened(layout: Layout) -> _Project:
    ledger = ledger_of(layout)
    return _Project(layout, ledger, open_workshop(layout, settings_of(layout, ledger.settings)))


def _summary(
    project: _Project, wanted: Wanted, now: Taught, test: tuple[ColumnTable, Sequence[str]] | None, talk: Console
) -> tuple[Summary, tuple[ItemRecord, ...]]:
    """Return the figures, and the items whose content is told."""
    layout, ledger, workshop = project
    dataset = workshop.dataset
    with counting(talk, "points of the learning curve judged", plain=wanted.plain) as on_step:
        found = assess(workshop, ledger, now, test, on_step)
    plan = plan_of(layout)
    shown = pictured(workshop, layout, ledger, plan, now) if wanted.page is not None or wanted.full else None
    items = shown.items if shown and wanted.content else ()
    frame = Frame(
        project=str(layout.root),
        items=dataset.n_items,
        units=dataset.n_units,
        plan=plan,
        test=str(wanted.test or ""),
        time=utc_now(),
        fingerprint=dataset.fingerprint,
        map=shown.map if shown else None,
        clusters=shown.clusters if shown else (),
        shown=items,
        drawn_from=dataset.pool.items if dataset.pool else None,
    )
    summary = summarise(ledger, found, frame)
    if wanted.strategies:
        with counting(talk, "models fitted on other answers", plain=wanted.plain) as on_step:
            tried = what_if(workshop, ledger, wanted.strategies, on_step)
        summary = replace(summary, what_if=tuple(map(what_if_of, tried)))
    return summary, items


def _place_of_page(wanted: Wanted, project: _Project) -> Path | None:
    """Return where the page goes; refuse before anything is computed."""
    if wanted.page is None:
        return None
    page = Path(wanted.page)
    if page.suffix.lower() not in {".html", ".htm"}:
        raise WrongUse(f"not the name of a page: {page}", "end the name in .html")
    if os.sep not in wanted.page:
        project.layout.reports.mkdir(exist_ok=True)
        page = project.layout.reports / page
    check_place(page, project.layout, project.workshop.dataset.settings, force=wanted.force)
    return page


def _write_page(page: Path, summary: Summary, items: tuple[ItemRecord, ...]) -> None:
    from activelabel.reporting.html import html_page
    from activelabel.reporting.page.sheet import picture_sheet

    text = html_page(summary, picture_sheet(items)).encode()
    write_whole(page, lambda file: file.write(text))
