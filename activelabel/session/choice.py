"""Which class a reply names, and what is recorded where it is a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.errors import WrongUse
from activelabel.project.store import Draft
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.classes.changes import new_class
from activelabel.session.replies import Accepted, Chosen, NewClass

if TYPE_CHECKING:
    from activelabel.project.ledger import Ledger
    from activelabel.records.cards import Card
    from activelabel.records.events import LabelClass
    from activelabel.session.replies import Reply

__all__ = ["choose"]


def choose(card: Card, reply: Reply, ledger: Ledger) -> tuple[LabelClass, list[Draft]]:
    """Return the class that a reply to a card names, and the event that adds it where it is new.

    Raises
    ------
    WrongUse
        If the reply cannot be meant for this card: nothing to accept, a new class that exists, one that does not.
    """
    if isinstance(reply, NewClass):
        return _new_class(reply.name, ledger)
    if isinstance(reply, Accepted):
        return _accepted(card, ledger), []
    if isinstance(reply, Chosen) and reply.class_id in ledger.classes:
        return ledger.classes[reply.class_id], []
    raise WrongUse(f"no such class: {reply!r}", "press one of the keys that are shown")


def _accepted(card: Card, ledger: Ledger) -> LabelClass:
    """Return the class that Enter stands for: that of the own answer on a second look, else the suggested one."""
    if card.kind is CardKind.SECOND_LOOK:
        before = ledger.classes.get(card.answered[0].class_id) if card.answered else None
        if before is None:
            raise WrongUse("there is no class to keep on this card", "choose a class")
        return before
    if card.suggestion is None or card.suggestion_hidden:
        raise WrongUse("there is no suggestion to accept on this card", "choose a class")
    return ledger.classes[card.suggestion.class_id]


def _new_class(name: str, ledger: Ledger) -> tuple[LabelClass, list[Draft]]:
    added = new_class(name, ledger)
    return added, [Draft(EventKind.CLASS_ADDED, {"class": added.id, "name": added.name, "key": added.key})]
