"""Why a card is asked and what the machine thinks of it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from activelabel.cli.render.cluster_words import cluster_card_words
from activelabel.project.wording import counted
from activelabel.records.kinds import CardKind
from activelabel.session.cards import ASKED_FOR, SPLIT
from activelabel.session.clusters.nouns import ClusterCard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from activelabel.cli.render.paper import Paper
    from activelabel.records.cards import Card
    from activelabel.records.progress import Progress

__all__ = ["class_name", "how_sure", "is_withheld", "suggestion_words", "why_in", "why_words"]

LIKELY_FROM = 0.8
"""Probability from which a suggestion is called likely, below it maybe."""

CHANGE_FROM = 0.5
"""Predictions that an answer is expected to change, from which it is worth saying so."""


def is_withheld(card: Card) -> bool:
    """Say whether what is thought of a card's item is kept from whoever answers."""
    return card.suggestion_hidden or card.kind is CardKind.AUDIT


def why_words(card: Card, progress: Progress) -> str:
    """Return why the card is asked; "" where saying so would set an audit card apart from the others."""
    if isinstance(card, ClusterCard):
        return cluster_card_words(card, progress)
    return ", ".join(_reasons(card, progress))


def why_in(width: int, card: Card, progress: Progress, paper: Paper) -> str:
    """Return why the card is asked in at most `width` cells: the last reasons are left out first."""
    if isinstance(card, ClusterCard):
        return paper.clip(paper.foreign(cluster_card_words(card, progress, width)), width)
    reasons = [paper.foreign(reason) for reason in _reasons(card, progress)]
    while len(reasons) > 1 and cell_len(", ".join(reasons)) > width:
        reasons.pop()
    return paper.clip(", ".join(reasons), width)


def suggestion_words(card: Card, progress: Progress) -> str:
    """Return the suggestion as a word, "" where there is none, or it is withheld, or Enter would not accept it."""
    if card.suggestion is None or is_withheld(card) or card.kind is CardKind.SECOND_LOOK:
        return ""
    return f"{class_name(card.suggestion.class_id, progress)}, {how_sure(card.suggestion.probability)}"


def how_sure(share: float) -> str:
    """Return in a word how sure the model is of a class, by the probability or the share of items that it gives it."""
    return "likely" if share >= LIKELY_FROM else "maybe"


def class_name(class_id: str, progress: Progress) -> str:
    """Return the name of a class, its id if it is not known."""
    return next((known.name for known in progress.classes if known.id == class_id), class_id)


def _reasons(card: Card, progress: Progress) -> Iterator[str]:
    """Yield the reasons, what matters most first."""
    if card.why.strategy == ASKED_FOR:
        yield "you went to it"
        return
    if is_withheld(card):
        return
    if card.kind in {CardKind.SECOND_LOOK, CardKind.ADJUDICATION}:
        yield from filter(None, [_why_again(card, progress)])
        return
    if card.why.contested and card.kind is not CardKind.REPRESENTATIVE:
        yield "between " + " and ".join(class_name(one, progress) for one in card.why.contested[:2])
    if card.why.stands_for > 1:
        alike = f"{card.why.stands_for:,}"
        yield f"stands for {alike} items" if card.kind is CardKind.REPRESENTATIVE else f"{alike} look like it"
    change = card.why.expected_change
    if change is not None and change >= CHANGE_FROM:
        yield f"should change about {counted(max(1, round(change)), 'prediction')}"


def _why_again(card: Card, progress: Progress) -> str:
    """Return why answers are looked at again, "" where a person asked for it."""
    if card.kind is CardKind.ADJUDICATION:
        return "these answers differ"
    if card.why.strategy == SPLIT:
        return "{:,} of {:,} left".format(*progress.doubted)
    return f"the model says {class_name(card.suggestion.class_id, progress)}" if card.suggestion else ""
