"""Items and what is said of them, as the rows of a sheet.

Every row begins with ``item``, the item's id, and goes on with its own columns as they are in the data. Then come:

==============  =======================================================================================
``label``       name of the class; nothing for an item without a label
``kind``        ``human``, ``imported``, ``propagated`` or ``predicted``
``confidence``  probability of the label, for the last two
``via``         the item that was labelled, where it is another one: of an exact duplicate, the answered
                one; of a propagated label, its source
``annotator``   who answered
``time``        when, UTC, ISO 8601
``generation``  of the plan that asked, or that the machine's label comes from
``answer``      ``label``, ``skip``, ``not-sure`` or ``bad-item``, where a person answered
==============  =======================================================================================

A column of the data that bears one of these names gets ``data_`` before it.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from activelabel.reporting.exports.sheet import CellKind, Column, Sheet

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from activelabel.project.dataset import Dataset
    from activelabel.project.ledger import Ledger
    from activelabel.project.store import Store
    from activelabel.records.contents import ItemRecord
    from activelabel.records.settings import Roles
    from activelabel.reporting.exports.labels import Labeller, Said
    from activelabel.reporting.exports.sheet import Cell

__all__ = ["Found", "column_names", "from_dataset", "from_store", "labelled_sheet", "unlike"]

Found = tuple[str, str, int | None, tuple[tuple[str, str], ...]]
"""An item: its id, its unit, its row (None when it is not in the data any more), its cells by column."""

FIRST = Column("item")
LAST = (
    Column("label"),
    Column("kind"),
    Column("confidence", CellKind.SHARE),
    Column("via"),
    Column("annotator"),
    Column("time"),
    Column("generation", CellKind.COUNT),
    Column("answer"),
)
OURS = {FIRST.name, *(column.name for column in LAST)}


def labelled_sheet(items: Iterable[Found], names: Sequence[str], labeller: Labeller, counts: Counter[str]) -> Sheet:
    """Return a row for every item that something wanted is said of, in the order they come.

    Parameters
    ----------
    items
        Read once, as the rows are.
    names
        The columns of the data, in order.
    labeller
        Says which items are wanted and what is said of them.
    counts
        Told, as the rows are read, how many there were of each kind; "" counts those without a label.
    """
    columns = (FIRST, *(Column(name) for name in unlike(OURS, names)), *LAST)
    return Sheet(columns, _rows(items, names, labeller, counts))


def from_dataset(dataset: Dataset) -> Iterator[Found]:
    """Yield the items of the data, in the order of the file."""
    for item, row, _, cells in dataset.iter_items():
        yield item, dataset.unit(row), row, tuple(cells)


def from_store(store: Store, ledger: Ledger, roles: Roles, within: Dataset | None = None) -> Iterator[Found]:
    """Yield the answered items as the project keeps them, by id; those that are not in `within`, where it is given.

    They show what their cards showed, so an export can be made when the data file is gone.
    """
    for item in store.items():
        if item.unit in ledger.answers and (within is None or within.row_of(item.unit) is None):
            yield item.id, item.unit, None, _kept_cells(item, roles)


def column_names(items: Iterable[Found]) -> tuple[str, ...]:
    """Return the columns that occur, in the order they are met."""
    return tuple(dict.fromkeys(name for *_, cells in items for name, _ in cells))


def _kept_cells(item: ItemRecord, roles: Roles) -> tuple[tuple[str, str], ...]:
    identified = ((roles.id or "id", item.user_id),) if item.user_id else ()
    located = ((roles.image or "path", item.content.path),) if item.content.path else ()
    shown = {name for name, _ in item.content.fields}
    # a path may be among the fields already
    return tuple(chain(identified, (cell for cell in located if cell[0] not in shown), item.content.fields))


def unlike(ours: Collection[str], names: Sequence[str]) -> list[str]:
    """Return the names of columns of the data, those that are ours or would be taken twice with `data_` before them.

    Examples
    --------
    >>> unlike({"label"}, ["x", "label", "data_label"])
    ['x', 'data_data_label', 'data_label']
    """
    taken, kept = {*ours, *names}, []
    for name in names:
        other = name
        while other in ours or (other != name and other in taken):
            other = f"data_{other}"
        taken.add(other)
        kept.append(other)
    return kept


def _rows(
    items: Iterable[Found], names: Sequence[str], labeller: Labeller, counts: Counter[str]
) -> Iterator[tuple[Cell, ...]]:
    for item, unit, row, cells in items:
        said = labeller.said(item, unit, row)
        if said:
            counts[said.kind or ""] += 1
            found = dict(cells)
            yield (item, *(found.get(name) for name in names), *_last_cells(said))


def _last_cells(said: Said) -> tuple[Cell, ...]:
    kind = said.kind.value if said.kind else None
    answer = said.answer.value if said.answer else None
    origin = (said.via, said.annotator, said.time, said.generation)
    return (said.label, kind, said.confidence, *origin, answer)
