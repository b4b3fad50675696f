"""Text files in pieces of whole rows: UTF-8, bounded, and each piece knows the line it starts on.

A row ends at a line end outside quotes. Everything about quotes that a lenient parser would swallow in silence is found
here: a quote that is never closed, and text after a closing quote.
"""

from __future__ import annotations

import codecs
import difflib
import re
from encodings.aliases import aliases
from typing import TYPE_CHECKING, NamedTuple

from activelabel.errors import BadData, WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Piece", "find_encoding", "pieces"]

# half a megabyte: large enough for the parser to run at full speed, small enough for memory to stay flat
PIECE_BYTES = 1 << 19
LONGEST_ROW_BYTES = 1 << 25


class Piece(NamedTuple):
    """Whole rows of a file as UTF-8, line ends as LF, and the number of the first line, counted from 1."""

    line: int
    data: bytes


def find_encoding(path: Path, encoding: str) -> str:
    """Return the encoding to read `path` with: the one given, unless the file begins with a UTF-16 mark.

    Raises
    ------
    WrongUse
        If there is no text encoding of that name; the nearest one is proposed.

    Examples
    --------
    >>> from pathlib import Path
    >>> find_encoding(Path("/dev/null"), "Latin-1")
    'iso8859-1'
    """
    try:
        known = codecs.lookup(encoding)
        "".encode(encoding)  # refuses what encodes bytes, such as "hex"
    except (LookupError, ValueError):
        near = difflib.get_close_matches(encoding.lower(), {*aliases, *aliases.values()}, n=1)
        raise WrongUse(
            f"no encoding named {encoding!r}", hint=f"try {near[0]!r}" if near else "try 'utf-8' or 'latin-1'"
        ) from None
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    return "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else known.name


def pieces(path: Path, encoding: str, delimiter: str = "") -> Iterator[Piece]:
    """Yield the file in pieces of whole rows, about half a megabyte each.

    Parameters
    ----------
    path, encoding
        A regular file, and its encoding as `find_encoding` gives it.
    delimiter
        What stands between cells, where cells may be quoted with ``"``; "" where a line is always a row.

    Raises
    ------
    BadData
        With the line number: a NUL byte, bytes of another encoding, an unclosed quote, text after a closing quote, a
        row of more than 32 MiB.
    """
    rows = _RowEnds(path, delimiter)
    line, held, wanted = 1, b"", PIECE_BYTES
    for chunk in _utf8_chunks(path, encoding):
        held += chunk
        if len(held) < wanted:
            continue
        cut = rows.last(held, line)
        if cut == 0:
            if len(held) > LONGEST_ROW_BYTES:
                raise BadData(
                    f"{path}: line {line}: a row of more than {LONGEST_ROW_BYTES >> 20} MiB",
                    hint="is a quote left open there?" if delimiter else "",
                )
            # doubling, so that a long row is not searched again for each chunk
            wanted = min(2 * len(held), LONGEST_ROW_BYTES + 1)
            continue
        yield Piece(line, _unix_lines(held[:cut]))
        line += held.count(rows.newline, 0, cut)
        held, wanted = held[cut:], PIECE_BYTES
    if held:
        rows.check_closed(held, line)
        yield Piece(line, _unix_lines(held))


def _unix_lines(data: bytes) -> bytes:
    # to look for one byte is ten times faster than for two, and most files have none
    return data.replace(b"\r\n", b"\n") if b"\r" in data else data


class _RowEnds:
    """Where rows end in a buffer that begins with a row."""

    def __init__(self, path: Path, delimiter: str) -> None:
        self._path = path
        self.newline = b""
        self._quoted: re.Pattern[bytes] | None = None
        if delimiter:
            ends = re.escape(delimiter.encode()) + rb"\r\n"
            # a quote opens a cell only where a cell begins; group 1 is what a closing quote must not be followed by
            self._quoted = re.compile(
                rb'(?:\A|(?<=[%b]))"[^"]*+(?:""[^"]*+)*+(?:"(?=[%b]|\Z)|("[^%b])|(\Z))' % (ends, ends, ends)
            )

    def last(self, held: bytes, line: int) -> int:
        """Return the end of the last whole row in `held`, 0 where there is none."""
        self._see_newline(held)
        cut = held.rfind(self.newline) + 1
        for start, end in reversed(self._cells_with_newlines(held, line)):
            if start < cut <= end:
                cut = held.rfind(self.newline, 0, start) + 1
        return cut

    def check_closed(self, held: bytes, line: int) -> None:
        """Refuse a buffer at the end of the file whose last cell is still open."""
        self._see_newline(held)
        if self._quoted is None or b'"' not in held:
            return
        for cell in self._quoted.finditer(held):
            self._refuse_stray(cell, held, line)
            if cell[2] is not None:
                self._refuse(held, line, cell.start(), "a quote opens here and is never closed")

    def _see_newline(self, held: bytes) -> None:
        if not self.newline:
            self.newline = b"\r" if b"\r" in held and b"\n" not in held else b"\n"

    def _cells_with_newlines(self, held: bytes, line: int) -> list[tuple[int, int]]:
        if self._quoted is None or b'"' not in held:
            return []
        spans = []
        for cell in self._quoted.finditer(held):
            self._refuse_stray(cell, held, line)
            if self.newline in cell[0]:
                spans.append(cell.span())
        return spans

    def _refuse_stray(self, cell: re.Match[bytes], held: bytes, line: int) -> None:
        if cell[1] is not None:
            self._refuse(held, line, cell.start(1), "text after a closing quote")

    def _refuse(self, held: bytes, line: int, place: int, what: str) -> None:
        number = line + held.count(self.newline, 0, place)
        raise BadData(
            f"{self._path}: line {number}: {what}", hint='inside a quoted cell a quote is written twice: "a ""b"" c"'
        )


def _utf8_chunks(path: Path, encoding: str) -> Iterator[bytes]:
    is_utf8 = encoding in {"utf-8", "utf-8-sig"}
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    line = 1
    with path.open("rb") as file:
        if is_utf8 and file.read(3) != codecs.BOM_UTF8:
            file.seek(0)
        while read := file.read(PIECE_BYTES):
            chunk = read if is_utf8 else _transcoded(path, decoder, read, line)
            if (nul := chunk.find(b"\0")) >= 0:
                at = line + chunk.count(b"\n", 0, nul)
                raise BadData(f"{path}: line {at}: a NUL byte", hint="is it UTF-16? try --encoding utf-16")
            line += chunk.count(b"\n")
            yield chunk
    if not is_utf8:
        _transcoded(path, decoder, b"", line)


def _transcoded(path: Path, decoder: codecs.IncrementalDecoder, chunk: bytes, line: int) -> bytes:
    try:
        return decoder.decode(chunk, final=not chunk).encode("utf-8")
    except UnicodeDecodeError as error:
        near = line + chunk[: error.start].count(b"\n")
        raise BadData(
            f"{path}: near line {near}: not {error.encoding} text: {error.reason}", hint="give its --encoding"
        ) from None
