"""A data set in several Parquet files: a folder of them, a pattern with `*`, or either behind a URL."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from activelabel.errors import BadData
from activelabel.project.readers.files import (
    Reading,
    changed,
    is_partition,
    is_pattern,
    partition_paths,
    partitions_here,
)
from activelabel.project.readers.parquet import Parquet
from activelabel.project.readers.pictures import holds_pictures
from activelabel.project.readers.remote import url_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["IN_PARTS", "Chunk", "ChunkRows", "Partitions", "is_part_of", "is_partitioned"]

IN_PARTS = frozenset({"parquet", "partitions"})
"""Formats of which some rows can be read without the others."""

CHUNK_ROWS = 250_000
"""Rows that are one piece of work: seconds of it, so that losing a piece costs little and many hands can help."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a data set that is read on its own: some row groups of one of its files.

    Attributes
    ----------
    name
        Unlike that of any other chunk of the data set, in the order of its rows; fit for the name of a file.
    path
        Of the file, as text: a `Path` or a URL.
    groups
        Of the file, in their order.
    start
        How many rows of the file stand before these.
    rows
        How many there are.
    """

    name: str
    path: str
    groups: tuple[int, ...]
    start: int
    rows: int


class Partitions:
    """Parquet files as one data set, their rows in the order of their names.

    Files may have their columns in any order. A column that is empty in one file takes the type of the others.

    Attributes
    ----------
    names
        The columns, in the order of the first file.
    schema
        The columns with the types they have in all files.

    Raises
    ------
    BadData
        If there is no such file, one cannot be read, or two differ in their columns.
    """

    def __init__(self, path: Path, how: Reading) -> None:
        self.how = how
        self._files = {each: Parquet(each, how) for each in partition_paths(path)}
        self.schema = _common_schema(self._files)
        self.names: tuple[str, ...] = tuple(self.schema.names)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows of all files, the columns in the order and of the types of `schema`."""
        for file in self._files.values():
            yield from _conforming(file, self.schema)

    def chunks(self) -> tuple[Chunk, ...]:
        """Return the data set in parts of a few row groups each, in the order of its rows."""
        return tuple(
            Chunk(f"{number:05d}-{part:04d}", url_of(path) or str(path), *run)
            for number, (path, file) in enumerate(self._files.items())
            for part, run in enumerate(_runs(file.group_rows))
        )


class ChunkRows:
    """The rows of one chunk, as `Partitions` of this schema gives them.

    Raises
    ------
    BadData
        If the file is not there any more, or cannot be read.
    """

    def __init__(self, chunk: Chunk, schema: pa.Schema) -> None:
        self.how = Reading()
        self.names: tuple[str, ...] = tuple(schema.names)
        self._file = Parquet(Path(chunk.path), self.how)
        self._groups = chunk.groups
        self._schema = schema

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows, the columns in the order and of the types of the schema."""
        return _conforming(self._file, self._schema, self._groups)


def is_partitioned(path: Path) -> bool:
    """Say whether a path means several Parquet files: a URL, a pattern, or a folder of such files and no pictures."""
    if url_of(path) or is_pattern(path):
        return True
    return path.is_dir() and any(partitions_here(path)) and not holds_pictures(path)


def is_part_of(place: Path, data: Path) -> bool:
    """Say whether a file is one of those the data is in, a folder holds one, or a new file would be read as one."""
    if url := url_of(data):
        here = url.removeprefix("file://")
        return here != url and is_part_of(place, Path(here))
    own = place.resolve()
    files = partitions_here(data) if data.is_file() or is_partitioned(data) else []
    if any(own in (each, *each.parents) for each in (file.resolve() for file in files)):
        return True
    if place.exists():
        return any(place.samefile(each) for each in files)
    if not is_partition(place.name):
        return False
    return _fits(own, data) if is_pattern(data) else bool(files) and own.parent == data.resolve()


def _fits(place: Path, pattern: Path) -> bool:
    """Say whether `glob` would find a place by a pattern if something were there; the place is resolved."""
    if place.exists():
        return any(place == Path(each).resolve() for each in glob(str(pattern), recursive=True))
    is_hidden = place.name.startswith(".")
    if pattern.name == "**":
        return _fits(place, pattern.parent) or (not is_hidden and _fits(place.parent, pattern))
    if is_hidden and not pattern.name.startswith("."):
        return False
    return fnmatchcase(place.name, pattern.name) and _fits(place.parent, pattern.parent)


def _runs(group_rows: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], int, int]]:
    """Yield runs of row groups, how many rows stand before each, and how many it has: `CHUNK_ROWS` or just above."""
    groups: list[int] = []
    start = rows = 0
    for group, count in enumerate(group_rows):
        groups.append(group)
        rows += count
        if rows >= CHUNK_ROWS or (rows and group == len(group_rows) - 1):
            yield tuple(groups), start, rows
            groups, start, rows = [], start + rows, 0


def _common_schema(files: dict[Path, Parquet]) -> pa.Schema:
    first, *others = files
    found = {field.name: (field.type, first) for field in files[first].schema}
    for path in others:
        own = {field.name: field.type for field in files[path].schema}
        if odd := sorted(found.keys() ^ own.keys()):
            has, lacks = (path, first) if odd[0] in own else (first, path)
            raise BadData(f"column {odd[0]!r} is in {has} and not in {lacks}", hint="give files of the same columns")
        for name, kind in own.items():
            known, source = found[name]
            if pa.types.is_null(known):
                found[name] = kind, path
            elif kind != known and not pa.types.is_null(kind):
                what = f"column {name!r} is {known} in {source} and {kind} in {path}"
                raise BadData(what, hint="write all files with the same types")
    return pa.schema([(name, pa.string() if pa.types.is_null(kind) else kind) for name, (kind, _) in found.items()])


def _conforming(file: Parquet, schema: pa.Schema, groups: Sequence[int] | None = None) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a file as the data set has them; one written anew meanwhile may have other columns."""
    if not set(schema.names) <= set(file.names):
        raise changed(file.path)
    for batch in file.batches(groups):
        columns = [batch.column(field.name) for field in schema]
        of_type = [
            pa.nulls(len(column), kind) if column.type != kind and column.null_count == len(column) else column
            for column, kind in zip(columns, schema.types, strict=True)
        ]
        if [column.type for column in of_type] != schema.types:
            raise changed(file.path)
        yield pa.RecordBatch.from_arrays(of_type, schema=schema)
