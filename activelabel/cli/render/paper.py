"""What there is to draw on: how many cells, which characters, how many colours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len, set_cell_size

from activelabel.cli.keys import DEFAULT_KEYS, KeyTable
from activelabel.cli.render.safe import safe

__all__ = ["Paper"]

RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
LEFT_TO_RIGHT_MARK: Final = "\u200e"
"""Written after text of Arabic, Hebrew and their like. A terminal that turns such text round would else turn what
stands beside it too: `[1] name 3  [2] name 4` would show each class with the key of the other."""
FACES: Final = re.compile("[\ufe0e\ufe0f]")
"""Variation selectors of emoji: whether they make one wider is what terminals agree on least."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A drawing surface.

    width and height count cells; encoding is the terminal's; colours says how many there are, and a picture is drawn
    with them from 256 on. spoken says that rows are read aloud one by one: no columns, no decoration. cell is the width
    and height of a cell in pixels where pictures are drawn in pixels, None where they are drawn with characters. keys
    are those in force, for what is drawn names them.
    """

    width: int
    height: int
    encoding: str = "utf-8"
    colours: int = 1 << 24
    spoken: bool = False
    cell: tuple[int, int] | None = None
    keys: KeyTable = DEFAULT_KEYS

    @property
    def plain_ascii(self) -> bool:
        """Whether lines and shades must do without Unicode."""
        return not self.encoding.lower().startswith("utf")

    @property
    def gutter(self) -> str:
        """What data stays behind: it cannot draw to the left of it."""
        bar = "|" if self.plain_ascii else "│"
        return f" {bar} " if self.width >= 40 else f"{bar} "

    @property
    def rule(self) -> str:
        """The character of a horizontal line."""
        return "-" if self.plain_ascii else "─"

    @property
    def dot(self) -> str:
        """What stands between two facts on one line."""
        return "-" if self.plain_ascii else "·"

    @property
    def ellipsis(self) -> str:
        """What stands where something was cut."""
        return "..." if self.plain_ascii else "…"

    def foreign(self, text: str, *, newlines: bool = False) -> str:
        """Return foreign text that is safe here and can be written in this encoding.

        A single line that reads from right to left ends in a mark that keeps it to itself.

        Examples
        --------
        >>> Paper(80, 24, encoding="ascii").foreign("naïve")
        'na?ve'
        """
        shown = safe(text, newlines=newlines)
        if shown.isascii():
            return shown
        if self.plain_ascii:
            return shown.encode(self.encoding, "replace").decode(self.encoding)
        shown = FACES.sub("", shown)
        return shown if newlines or self.spoken else _apart(shown)

    def clip(self, text: str, width: int) -> str:
        """Return a text of at most `width` cells, cut with an ellipsis.

        Examples
        --------
        >>> Paper(80, 24).clip("a long name", 6)
        'a lon…'
        """
        if cell_len(text) <= width:
            return text
        kept = width - len(self.ellipsis)
        if kept <= 0:
            return set_cell_size(text, max(width, 0))
        return _apart(set_cell_size(text, kept).rstrip() + self.ellipsis)


def _apart(text: str) -> str:
    return text + LEFT_TO_RIGHT_MARK if RIGHT_TO_LEFT.search(text) else text
