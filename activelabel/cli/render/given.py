"""Answers that were given before, as a card shows them, and what the keys then mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import set_cell_size
from rich.text import Text

from activelabel.cli.keys import Action
from activelabel.cli.render.reasons import suggestion_words
from activelabel.cli.render.text import wrapped
from activelabel.records.kinds import CardKind
from activelabel.session.clusters.nouns import ClusterCard
from activelabel.session.resume import ago

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.cli.render.paper import Paper
    from activelabel.records.cards import Card, GivenAnswer
    from activelabel.records.progress import Progress

__all__ = ["enter_means", "given_lines", "given_rows", "key_words", "said_words"]

SIDE_BY_SIDE = 60  # cells from which two answers stand beside each other
NARROWEST = 24  # cells an answer needs beside another
MOST_OF_A_NOTE = 2  # rows
ABOUT_ONE_ITEM = (
    Action.ACCEPT,
    Action.NOT_SURE,
    Action.BAD_ITEM,
    Action.FIND,
    Action.NEW_CLASS,
    Action.NOTE,
    Action.PRECEDENTS,
)


def enter_means(card: Card, progress: Progress) -> str:
    """Return what Enter does with a card: `accept` the suggestion, `keep` the answer given before, or "" for nothing.

    A class that was split up cannot be kept, and between answers that differ there is no default.
    """
    if card.kind is CardKind.SECOND_LOOK:
        return "keep" if card.answered and not _is_split(card.answered[0], progress) else ""
    return "accept" if suggestion_words(card, progress) else ""


def key_words(card: Card, progress: Progress) -> dict[Action, str]:
    """Return what keys are said to do on a card where that is worth saying before all else; "" for nothing."""
    if isinstance(card, ClusterCard) and card.view:
        return {**dict.fromkeys(ABOUT_ONE_ITEM, ""), Action.CLUSTER: "what to do with it", Action.SKIP: "one by one"}
    enter = enter_means(card, progress)
    means = {} if enter == "accept" else {Action.ACCEPT: enter}
    if progress.place or card.answered:
        means[Action.SKIP] = "next" if progress.place else "later"
    if card.answered and card.near:
        means[Action.PRECEDENTS] = Action.PRECEDENTS.value
    return means


def said_words(given: GivenAnswer, progress: Progress, now: str) -> str:
    """Return who said what and how long ago, as on a second look.

    Examples
    --------
    >>> from activelabel.records.cards import GivenAnswer
    >>> from activelabel.records.events import LabelClass
    >>> from activelabel.records.progress import Progress
    >>> given = GivenAnswer("e1", "h", "ham", "ann", "2026-01-01T00:00:00+00:00")
    >>> progress = Progress(80, 900, {}, (LabelClass("h", "ham", "1"),), annotator="ann")
    >>> said_words(given, progress, "2026-01-04T00:00:00+00:00")
    'you said ham, 3 days ago'
    """
    split = ", which was split" if _is_split(given, progress) else ""
    when = f", {ago(given.time, now)}" if now else ""
    return f"{_who(given, progress)} said {_answer(given)}{split}{when}"


def given_lines(card: Card, progress: Progress, now: str) -> list[str]:
    """Return the answers and their notes, one fact a line."""
    return [line for given in card.answered for line in _facts(given, progress, now)]


def given_rows(card: Card, progress: Progress, now: str, most: int, paper: Paper) -> list[Text]:
    """Return the answers given before in at most `most` rows, side by side where there is room.

    Where there is none, notes are left out first; in one row all answers stand behind one another.
    """
    if not card.answered or most < 1:
        return []
    width = paper.width - 2
    columns = len(card.answered)
    beside = columns > 1 and paper.width >= SIDE_BY_SIDE and width // columns >= NARROWEST
    blocks = [_block(given, progress, now, width // columns if beside else width, paper) for given in card.answered]
    rows = _beside(blocks, width // columns) if beside else [row for block in blocks for row in block]
    if len(rows) > most:
        heads = [paper.foreign(said_words(given, progress, now)) for given in card.answered]
        brief = (paper.foreign(f"{_who(given, progress)}: {_answer(given)}") for given in card.answered)
        rows = heads if len(heads) <= most else [", ".join(brief)]
    return [Text(f" {paper.clip(row, width)}", "given") for row in rows]


def _block(given: GivenAnswer, progress: Progress, now: str, width: int, paper: Paper) -> list[str]:
    rows = []
    for line in _facts(given, progress, now):
        parts = wrapped(paper.foreign(line), max(width - 2, 1))
        kept = parts[:MOST_OF_A_NOTE]
        if len(parts) > len(kept):
            kept[-1] = paper.clip(f"{kept[-1]} {parts[len(kept)]}", width - 2)
        rows += kept
    return rows


def _beside(blocks: Sequence[list[str]], width: int) -> list[str]:
    height = max(map(len, blocks))
    filled = [[*block, *[""] * (height - len(block))] for block in blocks]
    return ["".join(set_cell_size(part, width) for part in parts).rstrip() for parts in zip(*filled, strict=True)]


def _facts(given: GivenAnswer, progress: Progress, now: str) -> list[str]:
    whose = "your" if given.annotator == progress.annotator else f"{given.annotator}'s"
    return [said_words(given, progress, now), *(f"{whose} note: {note}" for note in given.notes)]


def _who(given: GivenAnswer, progress: Progress) -> str:
    return "you" if given.annotator == progress.annotator else given.annotator


def _answer(given: GivenAnswer) -> str:
    return given.said if given.class_id else given.said.strip("()")


def _is_split(given: GivenAnswer, progress: Progress) -> bool:
    return bool(given.class_id) and all(known.id != given.class_id for known in progress.classes)
