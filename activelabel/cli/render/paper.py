"""What there is to draw on: how many cells, which characters, how many colours."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from activelabel.cli.render.safe import safe

__all__ = ["Paper"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A drawing surface.

    width and height count cells; encoding is the terminal's; colours says how many there are, and a picture is drawn
    with them from 256 on. spoken says that rows are read aloud one by one: no columns, no decoration. cell is the width
    and height of a cell in pixels where pictures are drawn in pixels, None where they are drawn with characters.
    """

    width: int
    height: int
    encoding: str = "utf-8"
    colours: int = 1 << 24
    spoken: bool = False
    cell: tuple[int, int] | None = None

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

        Examples
        --------
        >>> Paper(80, 24, encoding="ascii").foreign("naïve")
        'na?ve'
        """
        shown = safe(text, newlines=newlines)
        if shown.isascii() or not self.plain_ascii:
            return shown
        return shown.encode(self.encoding, "replace").decode(self.encoding)

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
        return set_cell_size(text, kept).rstrip() + self.ellipsis if kept > 0 else set_cell_size(text, max(width, 0))
