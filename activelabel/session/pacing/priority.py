"""Which of the ranked cards serve a session first: pure orders of cards, as the queue takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import PlannedCard
    from activelabel.session.pacing.pace import Pace

__all__ = ["by_worth", "short_first", "suggested_class"]

HALF_WORTH = 20
"""Places down the ranking at which a card is taken to teach half as much as the first one: a round, after which a new
plan has been made."""


def by_worth(cards: Sequence[PlannedCard], pace: Pace) -> list[PlannedCard]:
    """Return ranked cards by what each is expected to teach in a second, the most first.

    What a card teaches falls with its rank, to a half after twenty places. Where the plan says of all cards how many
    predictions each should change, it also grows with those, beside their mean: so the ranking, which knows of groups
    that nobody has looked at yet, keeps its say.

    Parameters
    ----------
    cards
        The most worth asking first.
    pace
        Gives the seconds of each.
    """
    changes = [card.why.expected_change for card in cards]
    told = [change for change in changes if change is not None]
    usual = sum(told) / len(cards) if cards and len(told) == len(cards) else 0.0

    def worth(place: int) -> float:
        card, change = cards[place], changes[place]
        more = change / usual if usual and change is not None else 0.0
        return (1 + more) / (1 + place / HALF_WORTH) / pace.expected(card.kind, card.length)

    return [cards[place] for place in sorted(range(len(cards)), key=lambda place: -worth(place))]


def short_first(cards: Sequence[PlannedCard], ledger: Ledger, at_least: int) -> list[PlannedCard]:
    """Return the cards with those in front that are suggested to be of a class with fewer labels; else as they are.

    A suggestion that its card will not show counts as well.
    """

    def is_short(card: PlannedCard) -> bool:
        known = suggested_class(card, ledger)
        return known is not None and ledger.counts[known] < at_least

    return sorted(cards, key=lambda card: not is_short(card))


def suggested_class(card: PlannedCard, ledger: Ledger) -> str | None:
    """Return the class that a card is suggested to be of, as it counts today; None where there is none."""
    return ledger.resolve(card.suggestion.class_id) if card.suggestion else None
