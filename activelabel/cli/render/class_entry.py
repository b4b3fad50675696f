"""One class with all that is written of it: for the help, and for the list of classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from activelabel.cli.keys import Action
from activelabel.cli.render.content import content_line
from activelabel.cli.render.legend import chip
from activelabel.cli.render.text import wrapped
from activelabel.project.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from activelabel.cli.render.paper import Paper
    from activelabel.records.contents import ItemRecord
    from activelabel.records.events import LabelClass

__all__ = ["class_entry"]

INDENT = "    "


def class_entry(known: LabelClass, count: int, examples: Mapping[str, ItemRecord], paper: Paper) -> Iterator[Text]:
    """Yield a class with its key and count, under it its definition and a line of each example.

    Parameters
    ----------
    known
        The class.
    count
        Its labels.
    examples
        Item id -> item, of the examples of classes; one that is not known is named by its id.
    paper
        What can be drawn.
    """
    room = max(paper.width - 2 * len(paper.gutter) - len(INDENT), 1)
    if paper.spoken:
        key = f"key {known.key}" if known.key else f"no key, found with {paper.keys.shown(Action.FIND)}"
        yield Text(f"{key}: {paper.foreign(known.name)}, {counted(count, 'label')}")
    else:
        yield chip(known, count, paper, max(paper.width - 14, 1))
    if known.definition:
        yield from (Text(INDENT + row) for row in wrapped(paper.foreign(known.definition), room))
    for item_id in known.examples:
        item = examples.get(item_id)
        shown = content_line(item.content) if item else ""
        words = f"example: {(item and item.user_id) or item_id}" + (f", {shown}" if shown else "")
        yield Text(INDENT + paper.clip(paper.foreign(words), room), "faint")
