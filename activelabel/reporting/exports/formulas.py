r"""Cells that a spreadsheet would run, made harmless, and back.

A spreadsheet takes a cell for a formula by its first character: ``= + - @``, their full-width forms, a tab, a line
end, NUL. A quotation mark ``'`` before it makes the cell text. A plain number is left as it is; a cell that bears such
marks already gets one more, so that taking one mark off always gives back what was there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from activelabel.reporting.exports.sheet import Sheet

if TYPE_CHECKING:
    from activelabel.reporting.exports.sheet import Cell

__all__ = ["defused", "defused_sheet", "restored"]

MARK = "'"
SUSPECT = frozenset(f"{MARK}=+-@\t\r\n\x00\uff1d\uff0b\uff0d\uff20")
RUNS = re.compile(rf"{MARK}*[=+\-@\t\r\n\x00\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def defused(cell: str) -> str:
    """Return the cell as text that no spreadsheet runs.

    References
    ----------
    OWASP, CSV Injection; CWE-1236.

    Examples
    --------
    >>> defused("=1+1"), defused("-5"), defused("+49 30 1234"), defused("'=1+1"), defused("ham")
    ("'=1+1", '-5', "'+49 30 1234", "''=1+1", 'ham')
    """
    # nearly every cell ends here: an export has millions of them
    if not cell or cell[0] not in SUSPECT:
        return cell
    return MARK + cell if RUNS.match(cell) and not NUMBER.fullmatch(cell) else cell


def restored(cell: str) -> str:
    """Return the cell that `defused` was given.

    Examples
    --------
    >>> restored("'=1+1"), restored("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith(MARK) and RUNS.match(cell) else cell


def defused_sheet(sheet: Sheet) -> Sheet:
    """Return a sheet whose texts and column names are defused, row by row as it is read."""
    columns = tuple(replace(column, name=defused(column.name)) for column in sheet.columns)
    return Sheet(columns, (tuple(map(_defused, row)) for row in sheet.rows))


def _defused(cell: Cell) -> Cell:
    return defused(cell) if isinstance(cell, str) else cell
