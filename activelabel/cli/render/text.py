"""Long text, folded to a width in terminal cells."""

from __future__ import annotations

import re

from rich.cells import cell_len

__all__ = ["folded", "wrapped"]

NARROW = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u0482\u048a-\u0556]*")
"""Letters of Europe, each one cell wide: they need not be measured one by one."""


def wrapped(text: str, width: int) -> list[str]:
    r"""Return the rows of a text of several lines, each at most `width` cells wide.

    Parameters
    ----------
    text
        Safe text; its own line ends are kept.
    width
        Cells a row may take, 1 or more. A wide character in a width of 1 stands alone, one cell too wide.

    Examples
    --------
    >>> wrapped("the quick fox\njumps", 9)
    ['the quick', 'fox', 'jumps']
    """
    return [row for line in text.split("\n") for row in folded(line, width)]


def folded(line: str, width: int) -> list[str]:
    """Return the rows of one line, broken at spaces where there are any, else anywhere.

    Examples
    --------
    >>> folded("日本語 text", 6)
    ['日本語', 'text']
    >>> folded("unbreakable", 4)
    ['unbr', 'eaka', 'ble']
    """
    if line.isascii() or NARROW.fullmatch(line):
        return _folded_narrow(line, width)
    return _folded_wide(line, width) if cell_len(line) > width else [line]


def _folded_narrow(line: str, width: int) -> list[str]:
    rows = []
    start, end = 0, len(line)
    while end - start > width:
        space = line.rfind(" ", start + 1, start + width + 1)
        cut = space if space > 0 else start + width
        rows.append(line[start:cut])
        start = cut + (space > 0)
    rows.append(line[start:])
    return rows


def _folded_wide(line: str, width: int) -> list[str]:
    rows = []
    start = used = after_space = 0
    for place, character in enumerate(line):
        size = cell_len(character)
        # twice where what stands behind the last space leaves no room either
        while used + size > width and place > start and character != " ":
            cut = after_space if after_space > start else place
            rows.append(line[start:cut].rstrip(" "))
            start, used = cut, cell_len(line[cut:place])
        if used + size > width and place > start:
            rows.append(line[start:place])
            start, used = place + 1, 0
        else:
            used += size
        if character == " ":
            after_space = place + 1
    rows.append(line[start:])
    return rows
