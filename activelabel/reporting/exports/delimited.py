"""CSV and TSV: UTF-8, one header line, quoted by the rules of RFC 4180, lines ending in a line feed."""

from __future__ import annotations

import csv
import io
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from activelabel.reporting.exports.sheet import Sheet

__all__ = ["write_csv", "write_tsv"]


def write_delimited(file: BinaryIO, sheet: Sheet, *, delimiter: str) -> None:
    """Write a sheet; a cell without a value is empty, and a lone surrogate, which UTF-8 has not, becomes "?"."""
    text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
    writer = csv.writer(_Lines(text), delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(column.name for column in sheet.columns)
    writer.writerows(sheet.rows)
    text.flush()
    # the file is its owner's to close
    text.detach()


class _Lines:
    """Takes the rows of a `csv.writer`, and ends them with a line feed.

    The writer quotes a cell for the characters of its own line end: told that it is a line feed, it would let a
    carriage return in a cell pass, which readers take for a line end.
    """

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text

    def write(self, row: str) -> int:
        """Write one row."""
        return self._text.write(row.removesuffix("\r\n") + "\n")


write_csv = partial(write_delimited, delimiter=",")
write_tsv = partial(write_delimited, delimiter="\t")
