"""Precedents: the nearest items that a person has decided already, on both sides of the border in question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.records.cards import Precedent
from activelabel.session.cards import given_answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from activelabel.project.ledger import Ledger
    from activelabel.records.cards import Card
    from activelabel.records.contents import ItemRecord

__all__ = ["precedents"]

EACH_SIDE = 3


def precedents(
    card: Card, ledger: Ledger, annotator: str, item_of: Callable[[str], ItemRecord | None]
) -> tuple[Precedent, ...]:
    """Return up to three decided items of each contested class, then up to three of other classes, nearest first.

    Where a card withholds what the model thinks, so do its precedents: they are the nearest ones, whatever their class.

    Parameters
    ----------
    card
        Its `near` units are looked through.
    ledger
        What was decided.
    annotator
        By whom.
    item_of
        What an item with this id showed; None if that is lost.
    """
    sides: dict[str, list[Precedent]] = {} if card.suggestion_hidden else {side: [] for side in card.why.contested}
    others: list[Precedent] = []
    for unit in card.near:
        answer = ledger.answers.get(unit)
        if answer is None or answer.annotator != annotator or unit == card.item.unit:
            continue
        found = sides.get(ledger.class_of(answer) or "", others)
        item = item_of(answer.item) if len(found) < EACH_SIDE and ledger.class_of(answer) else None
        if item:
            found.append(Precedent(item, given_answer(answer, ledger)))
    return tuple(precedent for side in (*sides.values(), others) for precedent in side)
