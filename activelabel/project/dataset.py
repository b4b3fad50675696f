"""The project's own copy of a data set: what learning computes on, what cards show, what exports list.

A *row* here is a unit: a set of exact duplicates, in the order of their hash. So nothing that is computed depends on
the order of the file. The copy is a cache; deleted or damaged, it is built again from the data file.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from activelabel.errors import BadData
from activelabel.project.arrays import ArrayCache
from activelabel.project.building import ITEMS, NUMBERS, VERSION, folder_aside, read_copy, write_copy
from activelabel.project.cells import as_texts
from activelabel.project.changes import Contents, SourceChange, compare, read_contents
from activelabel.project.existing import ExistingLabels, existing_labels
from activelabel.project.identity import audit_keys, item_id, rows_in
from activelabel.project.layout import COPY
from activelabel.project.pool import pool_counts
from activelabel.project.rows import KeptNumbers, KeptRows
from activelabel.project.settings import settings_from_json
from activelabel.project.showing import content_of, rows_of, text_of
from activelabel.project.typed import TableSchema, string_columns
from activelabel.project.views import write_views
from activelabel.records.contents import ItemRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pyarrow as pa
    from numpy.typing import NDArray

    from activelabel.project.working_set import WorkingSet
    from activelabel.records.contents import ColumnTable
    from activelabel.records.settings import Settings

__all__ = ["Dataset"]


class Dataset:
    """A data set that was read, hashed and typed once.

    Attributes
    ----------
    settings
        As the data bore them out: a column of numbers that was none is among the categories.
    n_items, n_units
        Rows of the file, and different contents among them.
    unit_ids
        Shape (n_units,), 20 hex characters each, ascending.
    weights
        Shape (n_units,): how many items each unit stands for.
    pool
        What the rows were drawn from, where they are a working set; None where they are all there is.
    fingerprint
        Of the contents alone: equal for the same rows in any order, quoting or format of line ends.
    source_stamp
        Size in bytes and time of change in nanoseconds of the data when it was read.
    faults, faulty
        How many pictures could not be read, and the first of them as (path, reason).
    names
        Every column that is kept, in file order.
    learnt
        What else the pass over the data told.
    date_forms
        Name of a column of dates -> how they are written, as `dates.to_iso` takes it.
    """

    def __init__(self, folder: Path, made: Mapping[str, Any], index: Mapping[str, NDArray[Any]]) -> None:
        self._folder = folder
        self.learnt = made
        self._members: NDArray[np.intp] = index["members"]
        self._starts: NDArray[np.intp] = index["starts"]
        self._rows = KeptRows(folder / ITEMS, index["batch_starts"])
        self._numbers = KeptNumbers(folder / NUMBERS)
        self.settings: Settings = settings_from_json(made["settings"])
        self.unit_ids: NDArray[np.bytes_] = index["unit_ids"]
        self.n_units = len(self.unit_ids)
        self.n_items = len(self._members)
        self.weights: NDArray[np.float64] = np.diff(self._starts).astype(np.float64)
        self.fingerprint: str = made["fingerprint"]
        size, changed = made["stamp"]
        self.pool = pool_counts(made.get("pool"))
        self.source_stamp: tuple[int, int] = (size, changed)
        self.faults: int = made["faults"]
        self.faulty = tuple((path, fault) for path, fault in made["faulty"])
        self.names: tuple[str, ...] = self._rows.names
        self.date_forms: dict[str, str] = made["date_forms"]

    @classmethod
    def build(
        cls,
        settings: Settings,
        cache: Path,
        on_rows: Callable[[int], None] | None = None,
        drawn: WorkingSet | None = None,
    ) -> Dataset:
        """Read the data once and keep a copy of it, or of its working set, in `cache`: whole or not at all.

        Parameters
        ----------
        settings
            Where the data is, how to read it, what each column is for.
        cache
            A folder for what can be rebuilt; made if it is not there.
        on_rows
            Told how many rows were read so far.
        drawn
            The working set, where one is wanted and was drawn already.

        Raises
        ------
        BadData
            If the file cannot be read, has no rows, or lacks a column. Nothing is left behind.
        """
        with folder_aside(cache / COPY) as aside:
            corrected = write_copy(settings, aside, on_rows, drawn)
        built = cls.open(cache, corrected)
        if built is None:
            raise BadData(f"{cache / COPY}: what was just written cannot be read back", hint="is the disk full?")
        return built

    @classmethod
    def open(cls, cache: Path, settings: Settings) -> Dataset | None:
        """Return the copy in `cache`; None where there is none, or it is damaged or was made for other settings."""
        try:
            found = read_copy(cache / COPY, settings)
            return cls(cache / COPY, *found) if found else None
        except (OSError, ValueError, KeyError, TypeError, EOFError):
            return None

    def unit(self, row: int) -> str:
        """Return the hash of a row."""
        return bytes(self.unit_ids[row]).decode()

    def row_of(self, unit_id: str) -> int | None:
        """Return the row of a hash, None where no item has it."""
        wanted = np.bytes_(unit_id.encode())
        row = int(np.searchsorted(self.unit_ids, wanted))
        return row if row < self.n_units and self.unit_ids[row] == wanted else None

    def rows_of(self, unit_ids: NDArray[np.bytes_]) -> NDArray[np.intp]:
        """Return the row of each hash, shape (r,), -1 where no item has it."""
        return rows_in(self.unit_ids, unit_ids)

    def audit_order(self, seed: int) -> NDArray[np.intp]:
        """Return all rows in one fixed random order, shape (n_units,): a prefix of it is a simple random sample."""
        made_from = {"fingerprint": self.fingerprint, "seed": seed, "version": VERSION}
        return ArrayCache(self._folder.parent).get_or_make("audit-order", made_from, lambda: self._shuffled(seed))

    def _shuffled(self, seed: int) -> NDArray[np.intp]:
        high, low = audit_keys(seed, self.unit_ids)
        return np.lexsort((low, high))

    def table(self, rows: NDArray[np.intp] | None = None) -> ColumnTable:
        """Return the content of some rows, or of all, as typed columns: each unit once."""
        items = self._firsts if rows is None else self._firsts[rows]
        numbers = self._numbers.take(items)
        if self.learnt["kept"] is not None:
            numbers = numbers[:, self.learnt["kept"]]
        return self.schema.table(self._rows.take(items, string_columns(self.settings)), numbers)

    def stream(self) -> Iterator[pa.RecordBatch]:
        """Yield all items as they were read, in file order."""
        return self._rows.stream()

    def column(self, name: str) -> NDArray[np.object_]:
        """Return one column as text, shape (n_units,), "" where it is missing; of twins the first speaks."""
        texts = as_texts(self._rows.take(self._firsts, [name]).column(name).combine_chunks())
        found: NDArray[np.object_] = texts.fill_null("").to_numpy(zero_copy_only=False)
        return found

    def cells(self, name: str) -> pa.ChunkedArray:
        """Return one column of all items as it was read, in file order."""
        return self._rows.column(name)

    def rows_of_items(self) -> NDArray[np.intp]:
        """Return the row of each item, shape (n_items,), in file order."""
        return self._by_item(np.arange(self.n_units))

    def item(self, row: int) -> ItemRecord:
        """Return what a card shows for a row: the first of its twins."""
        return self._shown(row, self._rows.one(int(self._firsts[row])))

    def items(self, rows: NDArray[np.intp]) -> list[ItemRecord]:
        """Return what cards show for some rows, in their order; in one pass over the copy, in bounded memory."""
        found = {each: self._shown(int(rows[each]), row) for each, row in self._rows.some(self._firsts[rows])}
        return [found[each] for each in range(len(rows))]

    def write_views(self, rows: NDArray[np.intp], folder: Path) -> None:
        """Write the pictures of some rows that are larger than their thumbnails, as files named by their units."""
        if name := self.settings.roles.image:
            cells = self._rows.take(self._firsts[rows], [name]).column(name)
            write_views(folder, Path(self.settings.data), [self.unit(row) for row in rows.tolist()], cells)

    def twins(self, row: int) -> list[tuple[str, str]]:
        """Return (item id, text in the id column) of every item of a unit, in the order of their occurrence."""
        places = self._members[self._starts[row] : self._starts[row + 1]]
        return [
            (item_id(self.unit(row), occurrence), self._user_id(self._rows.one(int(place))))
            for occurrence, place in enumerate(places, start=1)
        ]

    def labels(self) -> dict[str, list[int]]:
        """Return the rows of each class in the existing label column, {} where there is no such column.

        Names are trimmed and NFC, in the order of a person: numbers by value, the rest by letter. A unit whose twins
        disagree is left out and counted in `conflicts`; of twins with and without a label the label holds.
        """
        if self._existing is None:
            return {}
        found = {
            name: np.flatnonzero(self._existing.codes == code).tolist()
            for code, name in enumerate(self._existing.names)
        }
        return {name: rows for name, rows in found.items() if rows}

    @property
    def conflicts(self) -> int:
        """How many units have twins with different labels."""
        return self._existing.conflicts if self._existing else 0

    def groups(self) -> NDArray[np.intp] | None:
        """Return the group of each row as a number, shape (n_units,); None where no column names groups."""
        if not self.settings.roles.group:
            return None
        return np.unique(self.column(self.settings.roles.group).astype(str), return_inverse=True)[1]

    def iter_items(self) -> Iterator[tuple[str, int, str, tuple[tuple[str, str], ...]]]:
        """Yield (item id, row, text in the id column, cells) of every item in file order, in bounded memory.

        Cells are (name, text) in file order; a picture is its path, and vectors are left out.
        """
        rows = self.rows_of_items()
        places = np.empty(self.n_items, dtype=np.intp)
        places[self._members] = np.arange(self.n_items)
        start = 0
        for batch in self.stream():
            own = slice(start, start := start + batch.num_rows)
            occurrences = (places[own] - self._starts[rows[own]] + 1).tolist()
            numbered = zip(rows[own].tolist(), occurrences, rows_of(batch, self.settings.roles.id), strict=True)
            for row, occurrence, (user_id, cells) in numbered:
                yield item_id(self.unit(row), occurrence), row, user_id, cells

    def check_source(self, path: Path) -> SourceChange | None:
        """Read a data file again and return how its contents differ from this copy, None where they do not.

        Raises
        ------
        BadData
            If it cannot be read, or lacks a column.
        """
        id_column = self.settings.roles.id
        ids = as_texts(self._rows.column(id_column).combine_chunks()).fill_null("") if id_column else None
        return compare(Contents(self._by_item(self.unit_ids), ids), read_contents(self.settings, path))

    @property
    def schema(self) -> TableSchema:
        """How rows of any file become what `table` makes of its own."""
        kept = self.learnt["kept"]
        width = int(self._numbers.shape[1]) if kept is None else len(kept)
        return TableSchema(self.settings, width, {name: self.learnt[name] for name in ("date_forms", "image_shape")})

    @property
    def _firsts(self) -> NDArray[np.intp]:
        """Shape (n_units,): the item that stands for each unit, the first of its twins."""
        return self._members[self._starts[:-1]]

    @cached_property
    def _existing(self) -> ExistingLabels | None:
        label = self.settings.roles.label
        return existing_labels(self._rows.column(label), self._members, self._starts) if label else None

    def _by_item(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return the value of each item's unit, in file order."""
        found = np.empty(self.n_items, dtype=values.dtype)
        found[self._members] = np.repeat(values, np.diff(self._starts))
        return found

    def _shown(self, row: int, found: pa.RecordBatch) -> ItemRecord:
        low, high = self.learnt["range"]
        content = content_of(self.settings, found, self._numbers.one(int(self._firsts[row])), (low, high))
        return ItemRecord(item_id(self.unit(row), 1), self.unit(row), content, self._user_id(found))

    def _user_id(self, row: pa.RecordBatch) -> str:
        return text_of(row, self.settings.roles.id) if self.settings.roles.id else ""
