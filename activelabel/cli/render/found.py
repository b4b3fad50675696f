"""What a search has found, one a row, with a mark before what Enter takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from activelabel.cli.render.legend import clipped_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.cli.render.paper import Paper
    from activelabel.cli.search import Found

__all__ = ["found_rows", "group_words"]

LONGEST_NAME = 48  # cells of a name: what stands behind it stays near
MARK = "> "
REST_FROM = 3  # rows from which the last one may say how many more there are


def found_rows(found: Sequence[Found], marked: int, most_rows: int, paper: Paper) -> list[Text]:
    """Return what was found in at most `most_rows` rows, those around the mark; what is below them is counted.

    Names, and what stands behind them, are each in one column. The counts are left out where names need their room.
    """
    if not found:
        return [Text(paper.clip(" no class matches", paper.width), "faint")]
    room = most_rows - (most_rows >= REST_FROM and len(found) > most_rows)
    first = max(0, min(marked - room // 2, len(found) - room))
    seen = found[first : first + room]
    below = len(found) - first - len(seen)
    keys = [f"[{one.key}] " if one.key else "" for one in seen]
    key_cells = max(map(cell_len, keys))
    room_for_name = min(LONGEST_NAME, paper.width - len(MARK) - key_cells - 1)
    names = [clipped_name(one.shown, room_for_name, paper) for one in seen]
    widest = max(map(cell_len, names))
    rows = []
    for place, (one, key, name) in enumerate(zip(seen, keys, names, strict=True), first):
        row = Text(MARK if place == marked else " " * len(MARK), "key")
        row.append(set_cell_size(key, key_cells), "key")
        row.append(name, "suggestion" if place == marked else "class")
        behind = group_words(one) if one.group else f"{one.labels:,}"
        left = paper.width - len(MARK) - key_cells - widest - 2
        if cell_len(behind) <= left:
            row.append(" " * (widest - cell_len(name)) + f"  {behind}", "faint")
        rows.append(row)
    if room < most_rows and below:
        rows.append(Text(f"  {paper.ellipsis} {below:,} more"[: paper.width], "faint"))
    return rows


def group_words(group: Found) -> str:
    """Return how much is in a group.

    Examples
    --------
    >>> from activelabel.cli.search import Found
    >>> group_words(Found("fruit/", 1, group=("fruit",), classes=12))
    '12 classes, 1 label'
    """
    return f"{group.classes:,} classes, {group.labels:,} label{'s' * (group.labels != 1)}"
