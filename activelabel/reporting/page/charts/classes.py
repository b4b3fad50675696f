"""Precision, recall and share of each class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.text import Text

from activelabel.project.wording import counted
from activelabel.reporting.page.charts.canvas import area, canvas, styled
from activelabel.reporting.page.gate import visible
from activelabel.reporting.page.inline import COLOURS, Note, inline
from activelabel.reporting.shares import share_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup
    from matplotlib.axes import Axes

    from activelabel.reporting.summary import ClassSummary

__all__ = ["MOST", "class_by_class"]

MOST: Final = 40
"""Classes at most, those with most labels: more rows are better read as a table."""

PANELS: Final = (("precision", "precision", "first"), ("recall", "recall", "second"), ("share", "of all", "third"))
"""Field of `ClassSummary`, its heading, and its colour, from left to right."""

LONGEST: Final = 14
"""Cells of a name at most; a cell is as wide as a letter of the terminal."""

CELL: Final = 11
"""Units of the drawing that a cell takes in the letters of a small screen."""

ROW: Final = 22
GAP: Final = 30
TOP, BOTTOM = 28, 32


@styled()
def class_by_class(classes: Sequence[ClassSummary]) -> Markup:
    """Return a row for each class, in three panels: dots with 95 % intervals; what is not known is left out."""
    drawn = _most_labelled(classes)
    names = [_cut(one.name) for one in drawn]
    left = 14 + CELL * max(map(cell_len, names))
    width = (460 - left - 2 * GAP) / len(PANELS)
    figure = canvas(480, TOP + ROW * len(drawn) + BOTTOM)
    parts: dict[str, list[Note]] = {}
    for number, (field, heading, colour) in enumerate(PANELS):
        axes = area(figure, left + number * (width + GAP), BOTTOM, width, ROW * len(drawn))
        axes.set_xlim(0, 1)
        axes.set_xticks([0, 0.5, 1], ["0", "50", "100"])
        axes.set_ylim(len(drawn) - 0.5, -0.5)
        axes.set_yticks(range(len(drawn)) if number == 0 else [])
        axes.grid(axis="x")
        axes.set_title(f"{heading}, %", fontsize="medium")
        parts |= _mark(axes, drawn, field, colour)
        for label in axes.get_yticklabels():
            label.set_gid("name")  # the number of a row holds the place of its name
    parts["name"] = [Note(one.name, text=name) for one, name in zip(drawn, names, strict=True)]
    title = (
        f"Precision, recall and share of all items of {counted(len(drawn), 'class', 'classes')}: the numbers are below"
    )
    return inline(figure, "classes", Note(title, attributes={"role": "img"}), parts)


def _most_labelled(classes: Sequence[ClassSummary]) -> list[ClassSummary]:
    """Return those that are drawn, in the order of all."""
    common = sorted(range(len(classes)), key=lambda number: -classes[number].labels - classes[number].imported)
    return [classes[number] for number in sorted(common[:MOST])]


def _mark(axes: Axes, classes: Sequence[ClassSummary], field: str, colour: str) -> dict[str, list[Note]]:
    """Draw one share of each class; return what its dots and intervals are called."""
    known = [(row, one.name, share) for row, one in enumerate(classes) if (share := getattr(one, field)) is not None]
    rows, shares = [row for row, _, _ in known], [share for _, _, share in known]
    low, high = [share.low for share in shares], [share.high for share in shares]
    axes.hlines(rows, low, high, colors=COLOURS[colour], alpha=0.45, linewidth=4, gid=f"{field}-interval")
    axes.plot([share.value for share in shares], rows, "o", markersize=7, color=COLOURS[colour], gid=field)
    notes = [Note(f"{name}: {field} {share_words(share)}") for _, name, share in known]
    return {field: notes, f"{field}-interval": notes}


def _cut(name: str) -> str:
    """Return a name as the margin has room for it."""
    text = Text(str(visible(name)))
    text.truncate(LONGEST, overflow="ellipsis")
    return text.plain
