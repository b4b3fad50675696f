"""A table row: one field a line, names and values in two columns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from activelabel.cli.render.reasons import is_withheld
from activelabel.cli.render.text import wrapped

if TYPE_CHECKING:
    from activelabel.cli.render.paper import Paper
    from activelabel.records.cards import Card
    from activelabel.records.contents import Content

__all__ = ["MARKED", "departing_first", "field_rows"]

GAP = "  "
MARKED = "* differs most from its cluster"


def departing_first(card: Card) -> Content:
    """Return what an item shows with the fields in which it differs most from its cluster marked and in front.

    Where the card withholds what is thought of its item, this is withheld too: a blind repeat, which knows no cluster,
    must look like all others of that kind.
    """
    content = card.item.content
    strange = (
        [] if is_withheld(card) else [field for name in card.departs for field in content.fields if field[0] == name]
    )
    if not strange:
        return content
    marked = tuple((f"* {name}", value) for name, value in strange)
    return replace(content, fields=marked + tuple(field for field in content.fields if field not in strange))


def field_rows(fields: tuple[tuple[str, str], ...], width: int, paper: Paper) -> list[Text]:
    """Return the rows that show the fields, values aligned and folded within their column.

    Parameters
    ----------
    fields
        Names and values as they come from the data.
    width
        Cells there are for both columns; names take a third of them at most.
    paper
        What can be drawn.

    Examples
    --------
    >>> from activelabel.cli.render.paper import Paper
    >>> rows = field_rows((("species", "Adelie"), ("sex", "")), 40, Paper(40, 10))
    >>> [row.plain for row in rows]
    ['species  Adelie', 'sex      (empty)']
    """
    names = [paper.foreign(name) for name, _ in fields]
    column = min(max(map(cell_len, names), default=0), max(width // 3, 1))
    room = max(width - column - len(GAP), 1)
    rows = []
    for name, (_, value) in zip(names, fields, strict=True):
        head = set_cell_size(paper.clip(name, column), column) + GAP
        for part in wrapped(paper.foreign(value, newlines=True), room) if value else ["(empty)"]:
            rows.append(Text.assemble((head, "field"), (part, "" if value else "faint")))
            head = " " * cell_len(head)
    return rows
