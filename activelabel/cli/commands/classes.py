"""`classes`: the classes of a project listed, and edited from outside a session."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from activelabel.cli.commands.label import who_answers
from activelabel.cli.console import open_streams, paper_on
from activelabel.cli.render.class_entry import class_entry
from activelabel.cli.render.safe import safe
from activelabel.project.config import read_config
from activelabel.project.layout import find_project
from activelabel.project.ledger import Ledger
from activelabel.project.locks import hold
from activelabel.project.store import Store
from activelabel.session.classes.changes import change_of, item_meant
from activelabel.session.classes.edits import Verb
from activelabel.session.clock import utc_now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from activelabel.project.layout import Layout
    from activelabel.records.contents import ItemRecord
    from activelabel.session.classes.edits import ClassEdit

__all__ = ["edit_classes", "list_classes"]


def list_classes(project: Path | None, *, as_json: bool) -> None:
    """Print each class: its key, name, labels, definition and examples.

    Raises
    ------
    WrongUse, ProjectError
        If there is no such project.
    """
    streams = open_streams()
    with Store(find_project(project).labels, readonly=True) as store:
        ledger = Ledger(store.events())
        named = (item_id for known in ledger.classes.values() for item_id in known.examples)
        examples = {item_id: item for item_id in named if (item := store.item(item_id))}
    if as_json:
        streams.emit(json.dumps(list(_plain(ledger)), indent=2, ensure_ascii=False))
        return
    paper = paper_on(streams.data)
    for known in ledger.classes.values():
        for row in class_entry(known, ledger.counts[known.id], examples, paper):
            streams.data.print(row, soft_wrap=True)
    if not ledger.classes:
        streams.say("no classes yet: the first card asks for one, or `activelabel classes add NAME`")


def edit_classes(edit: ClassEdit, project: Path | None, *, annotator: str) -> None:
    """Make an edit and print what came of it.

    Raises
    ------
    WrongUse
        If there is no such project or class, or the edit cannot be made.
    ProjectLocked
        If a session of this annotator is open: there, Ctrl-E does it.
    """
    streams = open_streams()
    layout = find_project(project)
    who = who_answers(annotator, read_config(layout.config).annotator)
    with hold(layout.annotator_lock(who), f"a session of {who}", utc_now()), Store(layout.labels) as store:
        ledger = Ledger(store.events())
        item = _item(edit, layout, ledger, store) if edit.verb is Verb.EXAMPLE else None
        change = change_of(edit, ledger, item)
        store.append(who, utc_now(), change.drafts)
    streams.emit(safe(change.words))


def _plain(ledger: Ledger) -> Iterator[dict[str, object]]:
    imported = Counter(class_id for unit, class_id in ledger.labels().items() if unit not in ledger.answers)
    for known in ledger.classes.values():
        yield {
            "key": known.key,
            "name": known.name,
            "labels": ledger.counts[known.id],
            "imported": imported[known.id],
            "definition": known.definition,
            "examples": list(known.examples),
        }


def _item(edit: ClassEdit, layout: Layout, ledger: Ledger, store: Store) -> ItemRecord | None:
    """Return the item that is to be an example: one that was on a card, else one of the data."""
    if found := item_meant(edit, None, store):
        return found
    from activelabel.project.dataset import Dataset

    dataset = Dataset.open(layout.cache, ledger.settings) if ledger.settings else None
    if dataset is None or not edit.to:
        return None
    row = dataset.row_of(edit.to[0].rpartition("-")[0])
    if row is None:
        row = next((row for _, row, user_id, _ in dataset.iter_items() if user_id == edit.to[0]), None)
    return None if row is None else dataset.item(row)
