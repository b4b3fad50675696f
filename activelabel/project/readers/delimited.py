"""Tables in text: cells between commas, tabs, semicolons or bars, every cell kept as it was written.

The fast road is pyarrow's parser on pieces of whole rows; it says only that a row is ragged. The line is then found
with the csv module, in that piece alone.
"""

from __future__ import annotations

import contextlib
import csv
import io
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import csv as arrow_csv

from activelabel.errors import BadData, WrongUse
from activelabel.project.readers.files import Reading, check_names, check_regular, unchanged
from activelabel.project.readers.pieces import Piece, find_encoding, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Delimited"]

DELIMITERS = ",\t;|"
# what the delimiter is guessed from: enough rows to tell, and never much memory
HEAD_CHARACTERS = 1 << 20
HEAD_ROWS = 20


class Delimited:
    """A CSV or TSV file; its first row that is not blank names the columns.

    Every cell is text, never missing: what an empty cell means is decided later. Blank lines are no rows; CRLF is LF,
    inside cells too.

    Parameters
    ----------
    path
        A regular file.
    how
        Its encoding, and its delimiter or "" to look for it among comma, tab, semicolon and bar.

    Raises
    ------
    BadData
        If it is empty, or a column name is empty or appears twice. `batches` refuses, with the line number, rows of
        another length than the header, unclosed quotes, NUL bytes and bytes of another encoding.
    WrongUse
        If there is no such encoding or delimiter.
    """

    def __init__(self, path: Path, how: Reading) -> None:
        check_regular(path)
        self._path = path
        encoding = find_encoding(path, how.encoding)
        head = _head(path, encoding)
        delimiter = _one_character(how.delimiter) or sniff(head)
        self.how = Reading(encoding, delimiter)
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        with _any_length():
            self.names = tuple(next((row for row in reader if row), ()))
        self._header_lines = reader.line_num
        if not self.names:
            raise BadData(f"{path}: no header, every line is blank", hint="give a file with a header and rows")
        check_names(path, self.names)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows in file order, all columns as text."""
        with unchanged(self._path):
            above = self._header_lines
            for piece in pieces(self._path, self.how.encoding, self.how.delimiter):
                rows, above = self._below(piece, above)
                if rows.data.strip(b"\n"):
                    yield from self._parsed(rows).to_batches()

    def _below(self, piece: Piece, above: int) -> tuple[Piece, int]:
        """Return a piece without the lines of the header, and how many of those are still to come."""
        if not above:
            return piece, 0
        self._check_text(piece)  # the parser never sees these lines
        lines = piece.data.splitlines(keepends=True)
        return Piece(piece.line + above, b"".join(lines[above:])), max(0, above - len(lines))

    def _parsed(self, piece: Piece) -> pa.Table:
        try:
            return arrow_csv.read_csv(
                pa.BufferReader(piece.data),
                # one thread: how much memory several take is a matter of luck, and no piece is large enough for them
                read_options=arrow_csv.ReadOptions(
                    column_names=self.names, block_size=len(piece.data) + 1, use_threads=False
                ),
                parse_options=arrow_csv.ParseOptions(delimiter=self.how.delimiter, newlines_in_values=True),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(self.names, pa.string()), strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid as error:
            self._check_text(piece)
            self._check_lengths(piece)
            raise BadData(f"{self._path}: near line {piece.line}: {error}", hint="mend that line") from None

    def _check_text(self, piece: Piece) -> None:
        try:
            piece.data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = piece.line + piece.data.count(b"\n", 0, error.start)
            raise BadData(
                f"{self._path}: line {line}: byte 0x{piece.data[error.start]:02x} is not UTF-8",
                hint="give its encoding, such as --encoding latin-1 or --encoding cp1252",
            ) from None

    def _check_lengths(self, piece: Piece) -> None:
        reader = csv.reader(io.StringIO(piece.data.decode("utf-8"), newline=""), delimiter=self.how.delimiter)
        expected, line = len(self.names), piece.line
        with _any_length():
            for row in reader:
                if row and len(row) != expected:
                    raise BadData(
                        f"{self._path}: line {line}: expected {_cells(expected)}, found {len(row)}",
                        hint=self._hint(row),
                    )
                line = piece.line + reader.line_num

    def _hint(self, row: list[str]) -> str:
        others = [mark for mark in DELIMITERS if mark != self.how.delimiter and mark in "".join((*self.names, *row))]
        if len(self.names) == 1 and others:
            return f"cells were split at {self.how.delimiter!r}; try --delimiter {others[0]!r}"
        return f"a cell that holds {self.how.delimiter!r} or a line end must be quoted"


def sniff(head: str) -> str:
    r"""Return the delimiter that splits the first rows into the most cells, as many in each.

    Examples
    --------
    >>> sniff("a;b\n1,5;2\n")
    ';'
    >>> sniff("text\nno, one column\n")
    ','
    """
    return max(DELIMITERS, key=lambda mark: _evenness(head, mark))


def _evenness(head: str, delimiter: str) -> tuple[float, int]:
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    with _any_length():
        lengths = [len(row) for row, _ in zip((row for row in reader if row), range(HEAD_ROWS), strict=False)]
    if not lengths or lengths[0] == 1:
        return 0.0, 0
    return lengths.count(lengths[0]) / len(lengths), lengths[0]


def _head(path: Path, encoding: str) -> str:
    with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors="replace", newline="") as file:
        return file.read(HEAD_CHARACTERS)


def _one_character(delimiter: str) -> str:
    mark = {"tab": "\t", "\\t": "\t"}.get(delimiter, delimiter)
    if len(mark) > 1 or mark in {'"', "\n", "\r"} or not mark.isascii():
        raise WrongUse(f"{delimiter!r} cannot be a delimiter", hint="give one character, or tab")
    return mark


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


@contextlib.contextmanager
def _any_length() -> Iterator[Any]:
    # the csv module refuses cells above 128 KiB; the limit is global, so it is put back
    before = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(before)
