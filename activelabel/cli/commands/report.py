"""`report`: how good the labels and the model are, how sure that is, and whether to go on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from activelabel.cli.commands.data_card import CardWish, write_data_card
from activelabel.cli.commands.export import check_place
from activelabel.cli.console import open_streams
from activelabel.cli.progress_bar import counting
from activelabel.cli.render.paper import Paper
from activelabel.cli.render.summary import detail_lines, summary_lines
from activelabel.errors import ProjectError
from activelabel.learning.registry import find
from activelabel.project.layout import find_project
from activelabel.project.ledger import Ledger
from activelabel.project.plan import PlanReader
from activelabel.project.store import Store
from activelabel.reporting.summarise import Frame, summarise
from activelabel.reporting.what_if import what_if_of
from activelabel.session.assessment import assess
from activelabel.session.what_if import what_if
from activelabel.session.workshop import open_workshop

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from activelabel.project.layout import Layout
    from activelabel.reporting.summary import Summary
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
    card
        Where a card for the data set is to be written, if anywhere.
    detail
        Print all of it, not only what fits on the screen.
    as_json
        Print pure JSON (docs/report-json.md).
    plain
        Use no styles, and count nothing on a line that is redrawn.
    """

    test: Path | None = None
    label: str = "label"
    strategies: tuple[str, ...] = ()
    card: CardWish | None = None
    detail: bool = False
    as_json: bool = False
    plain: bool = False


class _Project(NamedTuple):
    layout: Layout
    ledger: Ledger
    workshop: Workshop


def report(project: Path | None, wanted: Wanted) -> int:
    """Print the report, on the screen or as JSON; return the exit code.

    Parameters
    ----------
    project
        The project's folder; None for the default one.
    wanted
        What it is to say.

    Raises
    ------
    WrongUse, ProjectError, BadData
        If there is no such project, column or strategy, or a file cannot be read or written.
    """
    streams = open_streams()
    for name in wanted.strategies:
        find("strategy", name)
    found = _opened(find_project(project))
    if wanted.card:
        check_place(wanted.card.out, found.layout, found.workshop.dataset.settings, force=wanted.card.force)
    summary = _summary(found, wanted, streams.talk)
    if wanted.card:
        write_data_card(wanted.card, found.workshop, found.ledger, summary)
        streams.say(f"{wanted.card.out}: a card for the data set; say its licence, source and use before you share it")
    if wanted.as_json:
        streams.emit(summary.to_json())
        return 0
    lines = detail_lines if wanted.detail else summary_lines
    for line in lines(summary, _paper(streams.data)):
        streams.data.print(line.plain if wanted.plain else line, soft_wrap=True)
    return 0


def _opened(layout: Layout) -> _Project:
    with Store(layout.labels, readonly=True) as store:
        ledger = Ledger(store.events())
    if ledger.settings is None:
        raise ProjectError(f"no settings recorded: {layout.labels}", "start again with `activelabel init`")
    return _Project(layout, ledger, open_workshop(layout, ledger.settings))


def _summary(project: _Project, wanted: Wanted, talk: Console) -> Summary:
    layout, ledger, workshop = project
    dataset = workshop.dataset
    table = dataset.read_labelled(wanted.test, wanted.label) if wanted.test else None
    plans = PlanReader(layout)
    plans.refresh()
    with counting(talk, "points of the learning curve judged", plain=wanted.plain) as on_step:
        found = assess(workshop, ledger, table, on_step)
    frame = Frame(str(layout.root), dataset.n_items, dataset.n_units, plans.plan, str(wanted.test or ""))
    summary = summarise(ledger, found, frame)
    if not wanted.strategies:
        return summary
    with counting(talk, "models fitted on other answers", plain=wanted.plain) as on_step:
        tried = what_if(workshop, ledger, wanted.strategies, on_step)
    return replace(summary, what_if=tuple(map(what_if_of, tried)))


def _paper(console: Console) -> Paper:
    return Paper(console.width, console.height, console.encoding)
