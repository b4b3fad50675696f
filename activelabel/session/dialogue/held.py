"""The card that a program was given and has not answered: kept from one call to the next, in the claims."""

from __future__ import annotations

from dataclasses import asdict
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from activelabel.project.contents import item_from_json, item_to_json
from activelabel.records.cards import Card, GivenAnswer, Pull, Suggestion, Why
from activelabel.records.kinds import CardKind
from activelabel.session.cards import as_it_stands
from activelabel.session.clusters.nouns import ClusterCard, probe_from

if TYPE_CHECKING:
    from collections.abc import Mapping

    from activelabel.project.claims import Claims
    from activelabel.project.ledger import Ledger

__all__ = ["Held"]


class Held:
    """The card that one annotator holds.

    It is kept whole, so that an answer records what was shown, whatever plan is in force by then. Losing it costs a
    question asked anew.

    Parameters
    ----------
    claims
        Where it is kept, and from where others see that the item is taken.
    annotator
        Who holds it.
    """

    def __init__(self, claims: Claims, annotator: str) -> None:
        self.annotator = annotator
        self._claims = claims

    def keep(self, card: Card, counter: int, since: float) -> None:
        """Keep a card that was asked at `since` (seconds), when `counter` was the last event."""
        found = self._claims.mine(self.annotator) or {}
        found.pop("held", None)
        # what the asker claimed stays beside it, for a session at a terminal resumes from that
        is_its_own = (found.get("repeats") or found.get("card", {}).get("unit")) == (card.repeats or card.item.unit)
        held = {"card": _to_json(card), "counter": counter, "since": since}
        self._claims.claim(self.annotator, card.item.unit, {**(found if is_its_own else {}), "held": held})

    def find(self, ledger: Ledger) -> tuple[Card, float] | None:
        """Return the card that is held and when it was asked; None once it was answered in any other way."""
        held = (self._claims.mine(self.annotator) or {}).get("held")
        if held is None:
            return None
        try:
            card = as_it_stands(_from_json(held["card"]), ledger)
            if card.repeats:
                ledger.answer(card.repeats)  # labels put back from a backup may not hold it, and must not refer to it
            counter, since = int(held["counter"]), float(held["since"])
        except (KeyError, TypeError, ValueError):
            return None
        later = takewhile(lambda event: event.counter > counter, reversed(ledger.said))
        is_open = all(event.annotator != self.annotator and event.data["unit"] != card.item.unit for event in later)
        return (card, since) if is_open else None

    def give_back(self) -> None:
        """Hold nothing any more."""
        self._claims.release(self.annotator)


def _to_json(card: Card) -> dict[str, Any]:
    return {**asdict(card), "item": item_to_json(card.item)}


def _from_json(found: Mapping[str, Any]) -> Card:
    why, guess = found["why"], found["suggestion"]
    card = Card(
        item=item_from_json(found["item"]),
        kind=CardKind(found["kind"]),
        why=Why(**{**why, "contested": tuple(why["contested"])}),
        generation=found["generation"],
        answers_through=found["answers_through"],
        model_labels=found["model_labels"],
        suggestion=Suggestion(guess["class_id"], guess["probability"]) if guess else None,
        suggestion_hidden=found["suggestion_hidden"],
        inclusion_probability=found["inclusion_probability"],
        repeats=found["repeats"],
        answered=tuple(GivenAnswer(**{**given, "notes": tuple(given["notes"])}) for given in found["answered"]),
        near=tuple(found["near"]),
        pulls=tuple(Pull(**pull) for pull in found["pulls"]),
        departs=tuple(found["departs"]),
        cluster=found["cluster"],
        flagged=found["flagged"],
        token=found["token"],
        part=found["part"],
    )
    # members that were drawn of a cluster come to a program when their answers are taken back
    return ClusterCard.of(card, probe_from(found["probe"])) if found.get("probe") else card
