"""What a person is used to: the classes chosen of late, and what was typed to find them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from activelabel.session.replies import Chosen

if TYPE_CHECKING:
    from activelabel.project.ledger import Ledger
    from activelabel.session.replies import Reply

__all__ = ["habits", "typed_data"]

REMEMBERED: Final = 2000  # latest answers that are looked at: about a millisecond before each card
HALVED_AFTER: Final = 50  # answers after which a choice counts half
LONGEST_TYPED: Final = 60  # characters: whoever types more of a name has no need of memory


def habits(annotator: str, ledger: Ledger) -> tuple[dict[str, float], dict[str, str]]:
    """Return what one annotator's latest answers tell, but for those that were taken back.

    Returns
    -------
    recent
        Class id -> how often it was chosen, each time worth half as much for every fifty answers since.
    typed
        What was typed -> the id of the class that was chosen for it last.
    """
    recent: dict[str, float] = {}
    typed: dict[str, str] = {}
    for age, event in enumerate(islice(reversed(ledger.said), REMEMBERED)):
        if event.annotator != annotator or ledger.withdrawn(event.uuid):
            continue
        chosen = ledger.class_of(event)
        if chosen is None:
            continue
        recent[chosen] = recent.get(chosen, 0.0) + 0.5 ** (age / HALVED_AFTER)
        if isinstance(words := event.data.get("typed"), str):
            typed.setdefault(words, chosen)
    return recent, typed


def typed_data(reply: Reply) -> dict[str, str]:
    """Return what an answer records of how its class was found.

    Examples
    --------
    >>> typed_data(Chosen("c1", "sp")), typed_data(Chosen("c1"))
    ({'typed': 'sp'}, {})
    """
    if isinstance(reply, Chosen) and 0 < len(reply.typed) <= LONGEST_TYPED:
        return {"typed": reply.typed}
    return {}
