"""`report`: how good the labels and the model are, how sure that is, and whether to go on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from activelabel.cli.commands.data_card import CardWish, write_data_card
from activelabel.cli.commands.export import check_place
from activelabel.cli.console import open_streams
from activelabel.cli.progress_bar import counting
from activelabel.cli.render.paper import Paper
from activelabel.cli.render.summary import summary_lines
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
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rich.console import Console

    from activelabel.project.layout import Layout
    from activelabel.reporting.summary import Summary
    from activelabel.session.workshop import Workshop

__all__ = ["report"]


class _Project(NamedTuple):
    layout: Layout
    ledger: Ledger
    workshop: Workshop


def report(
    project: Path | None,
    *,
    test: Path | None,
    label: str,
    as_json: bool,
    strategies: Sequence[str] = (),
    card: CardWish | None = None,
) -> int:
    """Print the report, on the screen or as JSON; return the exit code.

    Parameters
    ----------
    project
        The project's folder; None for the default one.
    test, label
        Another file of the same columns to judge the model by, and its column of labels.
    as_json
        Print pure JSON (docs/report-json.md).
    strategies
        Names of those that are to be tried on the answers.
    card
        Where a card for the data set is to be written, if anywhere.

    Raises
    ------
    WrongUse, ProjectError, BadData
        If there is no such project, column or strategy, or a file cannot be read or written.
    """
    streams = open_streams()
    for name in strategies:
        find("strategy", name)
    found = _opened(find_project(project))
    if card:
        check_place(card.out, found.layout, found.workshop.dataset.settings, force=card.force)
    with counting(streams.talk, "points of the learning curve judged") as on_step:
        summary = _summary(found, test, label, on_step)
    if strategies:
        with counting(streams.talk, "models fitted on other answers") as on_step:
            tried = what_if(found.workshop, found.ledger, strategies, on_step)
        summary = replace(summary, what_if=tuple(map(what_if_of, tried)))
    if card:
        write_data_card(card, found.workshop, found.ledger, summary)
        streams.say(f"{card.out}: a card for the data set; say its licence, source and use before you share it")
    if as_json:
        streams.emit(summary.to_json())
        return 0
    for line in summary_lines(summary, _paper(streams.data)):
        streams.data.print(line, soft_wrap=True)
    return 0


def _opened(layout: Layout) -> _Project:
    with Store(layout.labels, readonly=True) as store:
        ledger = Ledger(store.events())
    if ledger.settings is None:
        raise ProjectError(f"no settings recorded: {layout.labels}", "start again with `activelabel init`")
    return _Project(layout, ledger, open_workshop(layout, ledger.settings))


def _summary(project: _Project, test: Path | None, label: str, on_step: Callable[[int], None]) -> Summary:
    dataset = project.workshop.dataset
    table = dataset.read_labelled(test, label) if test else None
    plans = PlanReader(project.layout)
    plans.refresh()
    found = assess(project.workshop, project.ledger, table, on_step)
    frame = Frame(str(project.layout.root), dataset.n_items, dataset.n_units, plans.plan, str(test or ""))
    return summarise(project.ledger, found, frame)


def _paper(console: Console) -> Paper:
    return Paper(console.width, console.height, console.encoding)
