"""`export`: labels as a file, every row with the kind of its label and where that comes from."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from difflib import get_close_matches
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from activelabel.cli.commands.placing import check_place, write_whole
from activelabel.cli.console import open_streams
from activelabel.cli.progress_bar import counting, followed, waiting
from activelabel.errors import BadData, WrongUse
from activelabel.project.identity import item_id
from activelabel.project.layout import find_project
from activelabel.project.ledger import Ledger
from activelabel.project.pool import pool_of_project
from activelabel.project.recorded import plan_of
from activelabel.project.settings import settings_of
from activelabel.project.store import Store
from activelabel.project.wording import counted
from activelabel.reporting.exports.formats import format_for
from activelabel.reporting.exports.formulas import defused_sheet
from activelabel.reporting.exports.labels import Labeller, Machine, What
from activelabel.reporting.exports.rows import column_names, from_dataset, from_store, labelled_sheet
from activelabel.session.answers import gathered
from activelabel.session.pipeline import learn
from activelabel.session.workshop import open_dataset, open_workshop

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from activelabel.project.dataset import Dataset
    from activelabel.project.layout import Layout
    from activelabel.records.settings import Settings
    from activelabel.reporting.exports.sheet import Sheet

__all__ = ["check_place", "export"]


class _Project(NamedTuple):
    layout: Layout
    store: Store
    ledger: Ledger
    settings: Settings


def export(out: Path, project: Path | None, *, what: str, exact: bool, force: bool) -> None:
    """Write the labels to a file and say what is in it.

    Parameters
    ----------
    out
        Its suffix decides the format.
    project
        The project's folder; None for the default one.
    what
        Which labels: see `What`.
    exact
        Leave cells that a spreadsheet would run as they are.
    force
        Replace a file that is there.

    Raises
    ------
    WrongUse
        If there is no such project, format or kind of label.
    ProjectError
        If something is in the way or the file cannot be written; what was there is still there.
    BadData
        If the data is gone and more than people's answers is wanted.
    """
    streams = open_streams()
    wanted, form, layout = _wanted(what), format_for(out), find_project(project)
    with Store(layout.labels, readonly=True) as store:
        ledger = Ledger(store.events())
        settings = settings_of(layout, ledger.settings)
        check_place(out, layout, settings, force=force)
        counts: Counter[str] = Counter()
        sheet, about = _sheet(_Project(layout, store, ledger, settings), wanted, counts, streams.talk)
        sheet = defused_sheet(sheet) if form.spreadsheet and not exact else sheet
        with counting(streams.talk, "rows", lambda: about) as on_rows:
            sheet = replace(sheet, rows=followed(sheet.rows, on_rows))
            write_whole(out, lambda file: form.write(file, sheet))
    streams.say(_told(out, counts))
    pool = pool_of_project(layout)
    if pool and wanted is What.ALL and pool.items > counts.total():
        streams.say(f"these are rows of the working set; of all {pool.items:,} in the pool: activelabel sweep")


def _wanted(what: str) -> What:
    try:
        return What(what)
    except ValueError:
        near = get_close_matches(what, [kind.value for kind in What], n=1)
        hint = f"try {near[0]!r}" if near else f"one of {', '.join(What)}"
        raise WrongUse(f"no kind of label named {what!r}", hint) from None


def _sheet(project: _Project, wanted: What, counts: Counter[str], talk: Console) -> tuple[Sheet, int]:
    """Return the rows wanted: the items of the data, then answered ones no longer in it; and about how many."""
    store, ledger, roles = project.store, project.ledger, project.settings.roles
    dataset, machine = (_data(project), None) if wanted is What.HUMAN else _learnt(project, talk)
    labeller = Labeller(ledger, machine, wanted)
    kept = from_store(store, ledger, roles, dataset)
    if dataset is None:
        names = column_names(from_store(store, ledger, roles))
        return labelled_sheet(kept, names, labeller, counts), len(ledger.answers)
    names = column_names([next(from_dataset(dataset))])
    about = len(ledger.answers) if wanted is What.HUMAN else dataset.n_items
    return labelled_sheet(chain(from_dataset(dataset), kept), names, labeller, counts), about


def _data(project: _Project) -> Dataset | None:
    """Return the data, None where neither the project's copy nor the file is there any more."""
    try:
        return open_dataset(project.layout, project.settings)
    except (BadData, OSError):
        return None


def _learnt(project: _Project, talk: Console) -> tuple[Dataset, Machine]:
    ledger = project.ledger
    with waiting(talk, "the model is fitted", on_screen=True):
        workshop = open_workshop(project.layout, project.settings)
        lesson = learn(workshop.ground, gathered(workshop, ledger), 0)
    dataset = workshop.dataset
    plan = plan_of(project.layout)

    def item_of(row: int) -> str:
        answer = ledger.answers.get(dataset.unit(row))
        return answer.item if answer else item_id(dataset.unit(row), 1)

    generation = plan.generation if plan else 0
    return dataset, Machine(lesson.propagation, lesson.proba, generation, item_of, lesson.decision)


def _told(out: Path, counts: Counter[str]) -> str:
    each = ", ".join(f"{count:,} {kind or 'without a label'}" for kind, count in sorted(counts.items(), reverse=True))
    return f"{out}: {counted(counts.total(), 'row')}" + (f" ({each})" if each else "")
