"""Precedents as a leaf: what a person decided about the nearest items, class by class, and why this one is hard."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from activelabel.cli.render.picture import picture_rows
from activelabel.cli.render.reasons import class_name, is_withheld
from activelabel.cli.render.text import wrapped
from activelabel.records.kinds import Modality
from activelabel.session.resume import ago

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from activelabel.cli.render.paper import Paper
    from activelabel.records.cards import Card, Precedent, Pull
    from activelabel.records.contents import Content
    from activelabel.records.progress import Progress

__all__ = ["NO_PRECEDENTS", "precedent_rows"]

NO_PRECEDENTS = "no precedents: nothing that you decided is known to be near"

MOST_OF_THE_TEXT = 8  # rows of the item's own text; of a longer one those with words that pull
MOST_OF_AN_ITEM = 2  # rows of an item that was decided
PICTURES = ((20, 8), (14, 6))
"""Height of the screen from which a picture is drawn, and its rows: in fewer than six nothing can be made out."""


def precedent_rows(
    card: Card, found: Sequence[Precedent], now: str, progress: Progress, paper: Paper
) -> list[Text | str]:
    """Return the rows of the leaf.

    Parameters
    ----------
    card
        Its words that pull come first, its fields that depart from its cluster first among those of table rows.
    found
        Those of one class stand together; none is a fact too, and said.
    now
        As UTC, ISO 8601.
    progress
        Knows the names of the classes.
    paper
        What can be drawn.
    """
    rows = list(_pulling(card, progress, paper))
    if not found:
        rows.append(NO_PRECEDENTS)
    for said, group in groupby(found, key=lambda precedent: precedent.answer.said):
        rows += [*([""] if rows and not paper.spoken else []), Text(f"{paper.foreign(said)}:", "title")]
        for precedent in group:
            rows += _decided(precedent, card, now, paper)
    return rows


def _pulling(card: Card, progress: Progress, paper: Paper) -> Iterator[Text | str]:
    """Yield the item's own text with the words that pull underlined, and in words which pull where."""
    if not card.pulls or is_withheld(card):
        return
    text = paper.foreign("\n".join(value for _, value in card.item.content.fields), newlines=True)
    if not paper.spoken:
        yield from _underlined(wrapped(text, _room(paper)), card.pulls)
    sides = dict.fromkeys((*card.why.contested, *(pull.class_id for pull in card.pulls)))
    for side in sides:
        if words := [pull.word for pull in card.pulls if pull.class_id == side]:
            line = f"for {class_name(side, progress)}: {', '.join(words)}"
            yield from wrapped(paper.foreign(line), _room(paper))


def _underlined(lines: Sequence[str], pulls: Iterable[Pull]) -> Iterator[Text]:
    words = "|".join(re.escape(pull.word) for pull in pulls)
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    if len(lines) > MOST_OF_THE_TEXT:
        lines = [line for line in lines if pattern.search(line)][:MOST_OF_THE_TEXT]
    for line in lines:
        row = Text(line)
        for match in pattern.finditer(line):
            row.stylize("pull", *match.span())
        yield row


def _decided(precedent: Precedent, card: Card, now: str, paper: Paper) -> Iterator[Text | str]:
    content, width = precedent.item.content, _room(paper) - 2
    yield from _shown(content, card.departs, width, paper)
    name = paper.foreign(precedent.item.user_id or precedent.item.id)
    when = ago(precedent.answer.time, now) + "".join(
        f"; note: {paper.foreign(note)}" for note in precedent.answer.notes
    )
    # a note says more than a name
    line = f"{name}, {when}" if cell_len(f"{name}, {when}") <= width else when
    yield Text(f"  {paper.clip(line, width)}", "faint")


def _shown(content: Content, departs: Sequence[str], width: int, paper: Paper) -> Iterator[Text | str]:
    height = next((rows for least, rows in PICTURES if paper.height >= least), 0)
    drawn = content.picture is not None and height > 0
    if content.picture is not None and drawn:
        yield from (Text("  ") + row for row in picture_rows(content.picture, width, height, paper))
    facts = [] if drawn or not content.path else [content.path]
    if content.modality is Modality.TABLE:
        first = sorted(content.fields, key=lambda field: _place(field[0], departs))
        facts += [f"{name} {value or '(empty)'}" for name, value in first]
    else:
        facts += [value for _, value in content.fields]
    line = f" {paper.dot} ".join(paper.foreign(" ".join(fact.split())) for fact in facts)
    if not line and not drawn:
        picture = content.picture
        line = f"picture: {picture.width} x {picture.height}" if picture else "(nothing to show)"
    rows = wrapped(line, width) if line else []
    if len(rows) > MOST_OF_AN_ITEM:
        rows = [*rows[: MOST_OF_AN_ITEM - 1], paper.clip(" ".join(rows[MOST_OF_AN_ITEM - 1 :]), width)]
    yield from (f"  {row}" for row in rows)


def _place(name: str, departs: Sequence[str]) -> int:
    return departs.index(name) if name in departs else len(departs)


def _room(paper: Paper) -> int:
    return max(paper.width - 2 * len(paper.gutter), 4)
