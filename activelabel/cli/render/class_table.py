"""Class by class: how many labels, how right, and what is mistaken for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from activelabel.reporting.shares import share_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.cli.render.paper import Paper
    from activelabel.reporting.summary import ClassSummary, Confusion

__all__ = ["class_rows", "columns", "confusion_rows"]

MOST_CLASSES = 15  # rows of the table; beyond, those that do worst
MOST_COLUMNS = 12  # of the matrix; beyond, what is mistaken most often
MOST_MISTAKES = 8
LONGEST_NAME = 20
GAP = "  "
CELL = 5


def class_rows(classes: Sequence[ClassSummary], paper: Paper, most: int = MOST_CLASSES) -> list[Text]:
    """Return a row a class under a head; of more than `most` classes those with the lowest recall."""
    if not classes or most < 1:
        return []
    shown = list(classes)
    if len(shown) > most:
        shown.sort(key=lambda one: (one.recall is None, one.recall.value if one.recall else 0.0))
        shown = shown[:most]
    table = [("class", "labels", "audit", "precision", "recall", "share of all")]
    table += [
        (
            paper.clip(paper.foreign(one.name), LONGEST_NAME),
            f"{one.labels + one.imported:,}",
            f"{one.support:,}",
            share_words(one.precision),
            share_words(one.recall),
            share_words(one.share),
        )
        for one in shown
    ]
    rows = columns(table, paper)
    hidden = len(classes) - len(shown)
    return [*rows, Text(f"{paper.ellipsis} {hidden} more, no worse: --json", "faint")] if hidden else rows


def confusion_rows(confusion: Confusion, paper: Paper) -> list[Text]:
    """Return the matrix of audit answers, or, where there are too many classes for it, the commonest mistakes."""
    names = [paper.foreign(name) for name in confusion.classes]
    widest = min(LONGEST_NAME, max(map(cell_len, names)))
    if len(names) > MOST_COLUMNS or widest + (CELL + 1) * len(names) > paper.width:
        return _mistakes(confusion, names, paper)
    heads = "".join(f" {_right(paper.clip(name, CELL), CELL)}" for name in names)
    rows = [
        Text("audit: down what is, across predicted", "faint"),
        Text(" " * widest + heads, "faint"),
    ]
    for number, (name, counts) in enumerate(zip(names, confusion.counts, strict=True)):
        row = Text(set_cell_size(paper.clip(name, widest), widest), "field")
        for other, count in enumerate(counts):
            style = "faint" if not count else "" if number == other else "message"
            row.append(f" {count or paper.dot:>{CELL}}", style)
        rows.append(row)
    return rows


def _mistakes(confusion: Confusion, names: Sequence[str], paper: Paper) -> list[Text]:
    found = [
        (count, names[number], names[other])
        for number, counts in enumerate(confusion.counts)
        for other, count in enumerate(counts)
        if count and number != other
    ]
    if not found:
        return [Text("no audit answer was predicted wrongly", "faint")]
    found.sort(key=lambda mistake: -mistake[0])
    longest = max(1, min(LONGEST_NAME, (paper.width - len("9999   taken for ")) // 2))
    return [
        Text("audit: commonest mistakes", "faint"),
        *(
            Text(f"{count:>4}  {paper.clip(true, longest)} taken for {paper.clip(predicted, longest)}")
            for count, true, predicted in found[:MOST_MISTAKES]
        ),
    ]


def columns(table: Sequence[tuple[str, ...]], paper: Paper) -> list[Text]:
    """Return rows of cells aligned, the first as head; the last columns are left out where the paper is too narrow."""
    widths = [max(cell_len(row[place]) for row in table) for place in range(len(table[0]))]
    while len(widths) > 1 and sum(widths) + len(GAP) * (len(widths) - 1) > paper.width:
        widths.pop()
    rows = []
    for number, cells in enumerate(table):
        row = Text(set_cell_size(cells[0], widths[0]), "field" if number else "faint")
        for cell, width in zip(cells[1:], widths[1:], strict=False):
            row.append(GAP + _right(cell, width), "" if number else "faint")
        rows.append(row)
    return rows


def _right(text: str, width: int) -> str:
    return " " * max(0, width - cell_len(text)) + text
