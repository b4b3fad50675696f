"""Parquet: texts as strings, numbers as numbers, null where a cell has no value. Exact."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from activelabel.reporting.exports.sheet import CellKind

if TYPE_CHECKING:
    from activelabel.reporting.exports.sheet import Cell, Sheet

__all__ = ["write_parquet"]

ROWS = 4096  # a batch: what is held in memory, and a row group of the file
TYPES = {CellKind.TEXT: pa.string(), CellKind.COUNT: pa.int64(), CellKind.SHARE: pa.float64()}


def write_parquet(file: BinaryIO, sheet: Sheet) -> None:
    """Write a sheet; a lone surrogate, which UTF-8 has not, becomes "?"."""
    schema = pa.schema([(column.name, TYPES[column.kind]) for column in sheet.columns])
    with pq.ParquetWriter(file, schema) as writer:
        coming = iter(sheet.rows)
        while rows := list(islice(coming, ROWS)):
            columns = [
                pa.array([_storable(cell) for cell in cells], field.type)
                for cells, field in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(columns, schema=schema))


def _storable(cell: Cell) -> Cell:
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell
