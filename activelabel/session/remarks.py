"""What can be said of an item without answering its card: a note, and a mark to come back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.project.store import Draft
from activelabel.records.kinds import EventKind
from activelabel.session.replies import Flagged, Noted

if TYPE_CHECKING:
    from activelabel.project.ledger import Ledger
    from activelabel.records.cards import Card

__all__ = ["remark"]


def remark(card: Card, reply: Noted | Flagged, ledger: Ledger) -> tuple[Draft, str]:
    """Return what is recorded for a note or a flag, and what became of it; a second flag takes the first away.

    Examples
    --------
    >>> from activelabel.project.ledger import Ledger
    >>> from activelabel.records.cards import Card, Why
    >>> from activelabel.records.contents import Content, ItemRecord
    >>> from activelabel.records.kinds import CardKind, Modality
    >>> card = Card(ItemRecord("u-1", "u", Content(Modality.TEXT)), CardKind.AUDIT, Why("audit"))
    >>> draft, word = remark(card, Flagged(), Ledger())
    >>> draft.data, word
    ({'unit': 'u', 'on': True}, 'flagged')
    """
    unit = card.item.unit
    if isinstance(reply, Noted):
        return Draft(EventKind.NOTE, {"unit": unit, "text": reply.text}, card.item), "note kept"
    on = unit not in ledger.flagged
    return Draft(EventKind.FLAG, {"unit": unit, "on": on}, card.item), "flagged" if on else "no longer flagged"
