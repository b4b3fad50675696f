"""Another file with the project's columns, read in the project's way: to be labelled by a model, or to judge one by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from activelabel.errors import BadData
from activelabel.project.building import open_rows
from activelabel.project.cells import as_numbers, as_texts, is_vectors, number_block
from activelabel.project.classes import kept_name
from activelabel.project.identity import item_id, unit_hashes
from activelabel.project.occurrences import Occurrences
from activelabel.project.readers.files import Reading, check_columns
from activelabel.project.readers.partitions import Partitions
from activelabel.project.readers.source import format_of, open_source
from activelabel.project.readers.thumbnails import PICTURE
from activelabel.project.showing import rows_of
from activelabel.project.typed import string_columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from activelabel.project.dataset import Dataset
    from activelabel.project.typed import TableSchema
    from activelabel.records.contents import ColumnTable
    from activelabel.records.settings import Settings

__all__ = ["AnotherFile", "OtherRows", "blank_pictures", "read_labelled", "rows_about", "typed_batch"]

READ_BYTES = 1 << 20
CELL_SHOWN = 40
LINES = frozenset({"csv", "tsv", "jsonl"})


@dataclass(frozen=True, slots=True)
class OtherRows:
    """Some rows of another file, r of them.

    Attributes
    ----------
    units
        Shape (r,): the hash of each by the project's columns, equal to that of a unit of the project whose content it
        shares.
    items
        The id of each: that hash, and which one of its kind it is in the file.
    user_ids
        The text of each in the id column, "" where there is none.
    cells
        The cells of each as (name, text), in the order of the file.
    table
        What is learnt from, typed as the project's own rows are.
    blanks
        Pictures among them that cannot be read.
    """

    units: NDArray[np.bytes_]
    items: list[str]
    user_ids: list[str]
    cells: list[tuple[tuple[str, str], ...]]
    table: ColumnTable
    blanks: int


class AnotherFile:
    """A file whose columns include all that the project learns from; more of them are carried along.

    Parameters
    ----------
    dataset
        The project's own data.
    path
        The file, or folder of files.
    encoding, delimiter
        Of its text; "" reads a file of the project's format as the project's own was read, and looks in another one.

    Attributes
    ----------
    names
        Its columns, in the order of the file.
    missing
        Columns that make an item of the project what it is, are not learnt from, and are not there: without them no
        content of the project is known again.

    Raises
    ------
    BadData
        If it cannot be read, or lacks a column that is learnt from. `batches` refuses cells that are no numbers in a
        column of numbers, and columns of another type, by name.
    """

    def __init__(self, dataset: Dataset, path: Path, encoding: str = "", delimiter: str = "") -> None:
        own = dataset.settings
        self._dataset, self._path = dataset, path
        self._settings = _reading(own, path, encoding, delimiter)
        self._needed = (*own.roles.numbers, *string_columns(own))
        opened = open_source(path, encoding=self._settings.encoding, delimiter=self._settings.delimiter)
        self.names: tuple[str, ...] = opened.names
        check_columns(path, self.names, self._needed)
        self.missing = tuple(name for name in own.roles.identity if name not in self.names)

    @property
    def id_column(self) -> str:
        """The project's id column, "" where this file has none."""
        named = self._dataset.settings.roles.id
        return named if named in self.names else ""

    def batches(self) -> Iterator[OtherRows]:
        """Yield the rows in the order of the file, 4,096 at most at a time, in memory that does not grow with them."""
        with Occurrences() as seen:
            number = 1
            for batch in open_rows(self._settings, self._path, self._needed):
                yield self._rows(batch, number, seen)
                number += batch.num_rows

    def _rows(self, batch: pa.RecordBatch, number: int, seen: Occurrences) -> OtherRows:
        table = typed_batch(self._dataset.schema, self._path, batch, number)
        units = unit_hashes(batch, [name for name in self._settings.roles.identity if name not in self.missing])
        named = zip(units.tolist(), seen.count(units.tolist()), strict=True)
        rows = list(rows_of(batch, self.id_column))
        return OtherRows(
            units=units,
            items=[item_id(unit.decode(), occurrence) for unit, occurrence in named],
            user_ids=[user_id for user_id, _ in rows],
            cells=[cells for _, cells in rows],
            table=table,
            blanks=blank_pictures(batch, self._settings.roles.image),
        )


def read_labelled(dataset: Dataset, path: Path, label: str) -> tuple[ColumnTable, list[str]]:
    """Return the rows of another file with the same columns, in file order, and the text of its label column.

    Raises
    ------
    BadData
        If it cannot be read, has no rows or lacks a column; and, as for `AnotherFile`, if a cell in a column of numbers
        is none or a column is of another type.
    """
    settings = _reading(dataset.settings, path)
    needed = (*settings.roles.numbers, *string_columns(settings), label)
    kept: list[pa.RecordBatch] = []
    blocks: list[NDArray[np.float32]] = []
    labels: list[str] = []
    for batch in open_rows(settings, path, needed):
        rows, block = _checked(dataset.schema, path, batch, len(labels) + 1)
        kept.append(rows)
        blocks.append(block)
        labels += map(kept_name, as_texts(batch.column(label)).fill_null("").to_pylist())
    if not labels:
        raise BadData(f"{path}: no rows", "a file to judge by needs one row or more")
    return dataset.schema.table(pa.Table.from_batches(kept), np.concatenate(blocks)), labels


def rows_about(path: Path) -> int | None:
    """Return how many rows a file has, at most as many as its lines; None where only reading it would tell.

    Text is counted by its line ends, which takes a second for a gigabyte and overstates cells of several lines: enough
    to say how much is left.

    Raises
    ------
    BadData
        If there is nothing there, or nothing that can be read.
    """
    form = format_of(path)
    if form == "parquet":
        return int(pq.ParquetFile(path).metadata.num_rows)
    if form == "partitions":
        return sum(chunk.rows for chunk in Partitions(path, Reading()).chunks())
    if form == "npy":
        return len(np.load(path, mmap_mode="r", allow_pickle=False))
    if form not in LINES:
        return None
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(READ_BYTES), b"")) - (form != "jsonl")


def _reading(own: Settings, path: Path, encoding: str = "", delimiter: str = "") -> Settings:
    """Return the project's settings as they read another file: its text as the project's own where formats agree."""
    alike = format_of(path) == own.format
    return replace(
        own,
        encoding=encoding or (own.encoding if alike else "utf-8"),
        delimiter=delimiter or (own.delimiter if alike else ""),
    )


def typed_batch(schema: TableSchema, path: Path, batch: pa.RecordBatch, number: int) -> ColumnTable:
    """Return the rows of a batch as the project types them; number is that of the first row, from 1 on.

    Raises
    ------
    BadData
        If a cell is no number in a column of numbers, or a column is of another type.
    """
    columns, block = _checked(schema, path, batch, number)
    return schema.table(pa.Table.from_batches([columns]), block)


def _checked(
    schema: TableSchema, path: Path, batch: pa.RecordBatch, number: int
) -> tuple[pa.RecordBatch, NDArray[np.float32]]:
    """Return the columns that a batch is typed from, and its numbers; the first of its r rows is that of this number.

    The numbers have shape (r, `schema.width`). A batch that differs in type from the project's is refused.
    """
    columns, roles = string_columns(schema.settings), schema.settings.roles
    block, failed = number_block(batch, roles.numbers)
    if failed:
        row, cell = _first_other(batch.column(failed[0]))
        hint = "mend it; the project learns from numbers there"
        raise BadData(f"{path}: row {number + row}: {cell!r} in column {failed[0]!r} is no number", hint)
    if block.shape[1] != schema.width:
        what = f"{path}: {block.shape[1]:,} numbers a row, the project has {schema.width:,}"
        raise BadData(what, "give rows made in the same way")
    for name in columns:
        kind = batch.schema.field(name).type
        if is_vectors(kind) or (kind == PICTURE) != (name == roles.image):
            held = "vectors" if is_vectors(kind) else "pictures" if kind == PICTURE else "no pictures"
            raise BadData(
                f"{path}: column {name!r} holds {held}, unlike the project's", "give a column of the same type"
            )
    return batch.select(columns), block


def _first_other(column: pa.Array) -> tuple[int, str]:
    """Return the place and the text of the first cell of a column that is no number."""
    place = next((row for row in range(len(column)) if as_numbers(column.slice(row, 1)) is None), 0)
    return place, (as_texts(column.slice(place, 1))[0].as_py() or "")[:CELL_SHOWN]


def blank_pictures(batch: pa.RecordBatch, image: str) -> int:
    """Return how many pictures of a column cannot be read; 0 for no column."""
    if not image:
        return 0
    return int(pc.sum(pc.not_equal(pc.struct_field(batch.column(image), "fault"), "")).as_py() or 0)
