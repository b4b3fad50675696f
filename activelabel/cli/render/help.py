"""The help: every key, every class, and what a card leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from activelabel.cli.keys import Action
from activelabel.cli.render.card import suggestion_words
from activelabel.cli.render.legend import chip
from activelabel.cli.render.text import wrapped
from activelabel.project.wording import counted

if TYPE_CHECKING:
    from activelabel.cli.render.paper import Paper
    from activelabel.records import Card, LabelClass, Progress

__all__ = ["help_rows"]

TWO_COLUMNS = 60  # cells from which keys and what they do stand side by side


def help_rows(card: Card, progress: Progress, paper: Paper) -> list[Text]:
    """Return all there is to know beside a card."""
    rows = [*_key_rows(paper), *_gap(paper)]
    if paper.spoken:
        rows += [Text(_spoken(known, progress, paper)) for known in progress.classes]
        return rows + _suggested(card, progress, paper)
    rows += [chip(known, progress.counts.get(known.id, 0), paper, paper.width - 14) for known in progress.classes]
    if any(not known.key for known in progress.classes):
        rows.append(Text(f"a class without a key is found with {paper.keys.shown(Action.FIND)}", "faint"))
    return rows + _suggested(card, progress, paper)


def _suggested(card: Card, progress: Progress, paper: Paper) -> list[Text]:
    if not (card.suggestion and suggestion_words(card, progress)):
        return []
    percent = round(100 * card.suggestion.probability)
    name = paper.foreign(suggestion_words(card, progress))
    return [*_gap(paper), Text(f"suggestion: {name} ({percent} %)")]


def _gap(paper: Paper) -> list[Text]:
    return [] if paper.spoken else [Text("")]


def _spoken(known: LabelClass, progress: Progress, paper: Paper) -> str:
    key = f"key {known.key}" if known.key else f"no key, found with {paper.keys.shown(Action.FIND)}"
    return f"{key}: {paper.foreign(known.name)}, {counted(progress.counts.get(known.id, 0), 'label')}"


def _key_rows(paper: Paper) -> list[Text]:
    table = paper.keys.help_table()
    if paper.spoken or paper.width < TWO_COLUMNS:
        return [Text(row) for shown, words in table for row in wrapped(f"{shown}: {words}", paper.width - 4)]
    column = max(cell_len(shown) for shown, _ in table)
    return [Text.assemble((shown.ljust(column), "key"), "  ", words) for shown, words in table]
