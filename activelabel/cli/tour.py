"""What the demonstration says on the way: each thing once, when it first happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from activelabel.cli.keys import Action
from activelabel.records.kinds import CardKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from activelabel.cli.keys import KeyTable
    from activelabel.records.cards import Card
    from activelabel.records.progress import Progress

__all__ = ["LENGTH", "Tour"]

LENGTH = 40
"""Answers after which the tour is over."""
NOW_AND_THEN = 4  # answers between which an audit card is spoken of, so that none is given away


@dataclass(frozen=True, slots=True)
class Sight:
    """What there is to see on a card: the card, what stands around it, the answers of this tour, audit cards so far."""

    card: Card
    progress: Progress
    given: int
    audited: int


class Stop(NamedTuple):
    """One line of the tour, and when it is due."""

    words: str
    is_due: Callable[[Sight], bool]


class Tour:
    """A guide through the demonstration; each line fits a screen of 40 columns.

    Parameters
    ----------
    keys
        The keys in force.

    Examples
    --------
    >>> from activelabel.cli.keys import DEFAULT_KEYS
    >>> from activelabel.records.cards import Card, Why
    >>> from activelabel.records.contents import Content, ItemRecord
    >>> from activelabel.records.kinds import Modality
    >>> from activelabel.records.progress import Progress
    >>> card = Card(ItemRecord("a-1", "a", Content(Modality.TEXT)), CardKind.REPRESENTATIVE, Why("margin"))
    >>> tour = Tour(DEFAULT_KEYS)
    >>> [tour(card, Progress(0, 9, {}, ()), given) for given in range(2)]
    ['the middle of a group: press its digit', 'one answer speaks for the whole group']
    """

    def __init__(self, keys: KeyTable) -> None:
        self._left = _stops(keys)
        self._from: int | None = None
        self._audited = 0

    def __call__(self, card: Card, progress: Progress, given: int) -> str:
        """Return what there is to say about this card or what has come with it, "" where all is said."""
        self._from = given if self._from is None else self._from
        sight = Sight(card, progress, given - self._from, self._audited)
        # counted for the cards to come: what is said on the card itself would give it away
        self._audited += card.kind is CardKind.AUDIT
        due = next((stop for stop in self._left if stop.is_due(sight)), None)
        if due is None:
            return ""
        self._left.remove(due)
        return due.words


def _stops(keys: KeyTable) -> list[Stop]:
    undo = [f"{keys.shown(Action.UNDO)} takes the last answer back"] if keys.keys_of(Action.UNDO) else []
    guess = [f"a guess comes with it: {keys.shown(Action.ACCEPT)} takes it"] if keys.keys_of(Action.ACCEPT) else []
    return [
        Stop("the middle of a group: press its digit", _is_representative),
        Stop("one answer speaks for the whole group", lambda sight: sight.given >= 1),
        *(Stop(words, lambda sight: sight.given >= 3) for words in undo),
        *(Stop(words, _has_suggestion) for words in guess),
        Stop("it has learnt; see how much is right", _has_learnt),
        Stop("one card in five is drawn to measure", _has_audited),
        Stop("a few more answers, then the report", lambda sight: sight.given >= LENGTH - 4),
    ]


def _is_representative(sight: Sight) -> bool:
    return sight.card.kind is CardKind.REPRESENTATIVE


def _has_suggestion(sight: Sight) -> bool:
    return sight.card.suggestion is not None and not sight.card.suggestion_hidden


def _has_learnt(sight: Sight) -> bool:
    return sight.progress.known is not None or sight.progress.accuracy is not None


def _has_audited(sight: Sight) -> bool:
    return sight.audited > 0 and sight.given % NOW_AND_THEN == 0
