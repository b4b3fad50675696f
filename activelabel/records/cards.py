"""A question with everything that is shown beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from activelabel.records.contents import ItemRecord
    from activelabel.records.kinds import CardKind

__all__ = ["Card", "GivenAnswer", "Precedent", "Pull", "Suggestion", "Why"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the machine guesses for an item: a class id and its probability in [0, 1]."""

    class_id: str
    probability: float


@dataclass(frozen=True, slots=True)
class Why:
    """Why a card is asked.

    contested: ids of the two likeliest classes. stands_for: how many items share the answer or look like this one.
    expected_change: how many predictions the answer is expected to change; None where that is not known.
    """

    strategy: str
    contested: tuple[str, ...] = ()
    stands_for: int = 1
    expected_change: float | None = None


@dataclass(frozen=True, slots=True)
class Pull:
    """A word of a text that speaks for one of two contested classes, as it stands in the text."""

    word: str
    class_id: str


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer that was given before, as a card shows it.

    class_id is "" and said a word in brackets where it was no label.
    """

    uuid: str
    class_id: str
    said: str
    annotator: str
    time: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Precedent:
    """An item that was decided before, near the one on a card."""

    item: ItemRecord
    answer: GivenAnswer


@dataclass(frozen=True, slots=True)
class Card:
    """One question, with everything needed to draw it and to record why it was asked.

    generation, answers_through and model_labels say which plan asked, which counter that plan had seen, and how many
    labels its model was fitted on. inclusion_probability is set on audit cards, drawn at random. repeats is the
    uuid of the answer that a blind repeat asks for again, "" on every other card. answered holds the answers that are
    looked at again: one on a second look, one of each person on an adjudication. near lists units to seek precedents
    among, the nearest first; pulls the words that speak for either contested class; departs the fields in which a
    table row differs most from its cluster, the strangest first; cluster its group, -1 where there is none. flagged
    says whether the item is marked to come back to. token names the card to a program that answers it, "" on cards
    for people. part says in words what was asked about, "" for everything.
    """

    item: ItemRecord
    kind: CardKind
    why: Why
    generation: int = 0
    answers_through: int = 0
    model_labels: int = 0
    suggestion: Suggestion | None = None
    suggestion_hidden: bool = False
    inclusion_probability: float | None = None
    repeats: str = ""
    answered: tuple[GivenAnswer, ...] = ()
    near: tuple[str, ...] = ()
    pulls: tuple[Pull, ...] = ()
    departs: tuple[str, ...] = ()
    cluster: int = -1
    flagged: bool = False
    token: str = ""
    part: str = ""
