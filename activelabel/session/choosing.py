"""Which class a reply chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.errors import WrongUse
from activelabel.project.store import Draft
from activelabel.records import EventKind
from activelabel.session.class_changes import new_class
from activelabel.session.replies import Accepted, Chosen, NewClass

if TYPE_CHECKING:
    from activelabel.project.ledger import Ledger
    from activelabel.records import Card, LabelClass
    from activelabel.session.replies import Reply

__all__ = ["chosen_class"]


def chosen_class(card: Card, reply: Reply, ledger: Ledger) -> tuple[LabelClass, list[Draft]]:
    """Return the class that a reply to a card chooses, and what is to be recorded first where it is a new one.

    Raises
    ------
    WrongUse
        If it chooses none: there is nothing to accept, no such class, or one of that name already.
    """
    if isinstance(reply, NewClass):
        added = new_class(reply.name, ledger)
        return added, [Draft(EventKind.CLASS_ADDED, {"class": added.id, "name": added.name, "key": added.key})]
    if isinstance(reply, Accepted):
        if card.suggestion is None or card.suggestion_hidden:
            raise WrongUse("there is no suggestion to accept on this card", "choose a class")
        return ledger.classes[card.suggestion.class_id], []
    if isinstance(reply, Chosen) and reply.class_id in ledger.classes:
        return ledger.classes[reply.class_id], []
    raise WrongUse(f"no such class: {reply!r}", "press one of the keys that are shown")
