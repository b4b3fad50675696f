"""The classes with their keys and counts, in the rows there are for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from activelabel.cli.keys import hints

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from activelabel.cli.keys import Action
    from activelabel.cli.render.paper import Paper
    from activelabel.records import LabelClass

__all__ = ["chip", "hint_row", "legend_rows"]

GAP = 2  # cells between two classes
LONGEST_NAME = 24  # cells of a class name; the help screen shows more of it


def chip(known: LabelClass, count: int | None, paper: Paper, longest: int = LONGEST_NAME) -> Text:
    """Return one class: its key in brackets, its name, and how many labels it has unless `count` is None."""
    text = Text(f"[{known.key}]" if known.key else "", "key")
    text.append(f" {paper.clip(paper.foreign(known.name), longest)}".lstrip(" " * (not known.key)), "class")
    if count is not None:
        text.append(f" {count:,}", "faint")
    return text


def legend_rows(
    classes: Iterable[LabelClass], counts: Mapping[str, int] | None, most_rows: int, paper: Paper
) -> list[Text]:
    """Return the classes in at most `most_rows` rows.

    In columns if they fit so, else close together, else without counts, else as many as fit and how many more there
    are. Classes stay in the order they were made, so that a new one moves none.
    """
    listed = list(classes)
    # more than could be shown if their names were empty need not be drawn to know that they do not fit
    first = listed[: most_rows * paper.width // len("[1]  ") + 1]
    if counts is not None:
        full = [chip(known, counts.get(known.id, 0), paper) for known in first]
        for widest in (max((text.cell_len for text in full), default=0), 0):
            rows = _packed(full, widest, paper.width)
            if len(rows) <= most_rows and len(first) == len(listed):
                return rows
    bare = [chip(known, None, paper) for known in first]
    rows = _packed(bare, 0, paper.width)
    if len(rows) <= most_rows and len(first) == len(listed):
        return rows
    return _cut(bare, len(listed), most_rows, paper)


def hint_row(width: int, means: Mapping[Action, str], paper: Paper) -> Text:
    """Return the keys to remind of, as one row; `means` says what some do on this card, "" for nothing."""
    row = Text(" ")
    for key, words in hints(width - 1, means):
        if len(row) > 1:
            row.append("  ")
        row.append(paper.foreign(key), "key").append(f" {words}", "faint")
    return row


def _packed(chips: list[Text], widest: int, width: int) -> list[Text]:
    rows: list[Text] = []
    for one in chips:
        piece = one.copy()
        piece.pad_right(max(widest - piece.cell_len, 0))
        if rows and rows[-1].cell_len + GAP + one.cell_len < width:
            rows[-1].append(" " * GAP).append_text(piece)
        else:
            rows.append(Text(" ").append_text(piece))
    return rows


def _cut(chips: list[Text], total: int, most_rows: int, paper: Paper) -> list[Text]:
    low, high = 0, len(chips)
    while low < high:
        middle = (low + high + 1) // 2
        if len(_with_rest(chips[:middle], total, paper)) <= most_rows:
            low = middle
        else:
            high = middle - 1
    return _with_rest(chips[:low], total, paper)


def _with_rest(chips: list[Text], total: int, paper: Paper) -> list[Text]:
    rest = Text(f"{paper.ellipsis} {total - len(chips):,} more: ?", "faint")
    return _packed([*chips, rest], 0, paper.width)
