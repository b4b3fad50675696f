"""Facts in two columns: what they are about on the left, the words on the right, wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from activelabel.cli.render.text import wrapped

if TYPE_CHECKING:
    from activelabel.cli.render.paper import Paper

__all__ = ["HEAD", "field_rows", "headed"]

HEAD = 12
"""Cells of the column on the left."""


def field_rows(head: str, words: str, paper: Paper, style: str = "") -> list[Text]:
    """Return a fact as rows of the paper's width; whatever is foreign in its words is made safe."""
    room = max(paper.width - HEAD, 1)
    parts = wrapped(paper.foreign(words), room)
    heads = [head, *[""] * len(words)]
    return [
        Text.assemble((f"{left:<{HEAD}}", "field"), (part, style)) for left, part in zip(heads, parts, strict=False)
    ]


def headed(title: str, rows: list[Text]) -> list[Text]:
    """Return rows under a title; nothing where there are none."""
    return [Text(title, "faint"), *rows] if rows else []
