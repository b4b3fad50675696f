"""The help: every key, every class, and what a card leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from activelabel.cli.keys import Action
from activelabel.cli.render.class_entry import class_entry
from activelabel.cli.render.reasons import class_name, is_withheld, suggestion_words, why_words
from activelabel.cli.render.text import wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from activelabel.cli.render.paper import Paper
    from activelabel.records.cards import Card
    from activelabel.records.contents import ItemRecord
    from activelabel.records.progress import Progress

__all__ = ["help_rows"]

TWO_COLUMNS = 60  # cells from which keys and what they do stand side by side


def help_rows(card: Card, progress: Progress, examples: Mapping[str, ItemRecord], paper: Paper) -> list[Text]:
    """Return all there is to know beside a card: what belongs to each class, then the keys.

    Parameters
    ----------
    card, progress
        The card and what stands around it.
    examples
        Item id -> item, of the examples of classes.
    paper
        What can be drawn.
    """
    counts, room = progress.counts, max(paper.width - 2 * len(paper.gutter), 1)
    rows = [row for known in progress.classes for row in class_entry(known, counts.get(known.id, 0), examples, paper)]
    if any(not known.key for known in progress.classes) and not paper.spoken:
        words = f"a class without a key is found with {paper.keys.shown(Action.FIND)}"
        rows += [Text(row, "faint") for row in wrapped(words, room)]
    facts = []
    if why := why_words(card, progress):
        facts.append(f"why: {why}")
    if card.suggestion and not is_withheld(card):
        words = suggestion_words(card, progress)
        what = f"suggestion: {words}" if words else f"{class_name(card.suggestion.class_id, progress)} by the model"
        facts.append(f"{what} ({round(100 * card.suggestion.probability)} %)")
    gap = [] if paper.spoken else [Text("")]
    rows += [*(gap if facts else []), *(Text(row) for fact in facts for row in wrapped(paper.foreign(fact), room))]
    return [*rows, *gap, *_key_rows(paper)]


def _key_rows(paper: Paper) -> list[Text]:
    table = paper.keys.help_table()
    if paper.spoken or paper.width < TWO_COLUMNS:
        return [Text(row) for shown, words in table for row in wrapped(f"{shown}: {words}", paper.width - 4)]
    column = max(cell_len(shown) for shown, _ in table)
    return [Text.assemble((shown.ljust(column), "key"), "  ", words) for shown, words in table]
