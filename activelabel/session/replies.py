"""What an annotator can say to a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from activelabel.session.classes.edits import ClassEdit
from activelabel.session.clusters.replies import ClusterReply

__all__ = [
    "REASONS",
    "Accepted",
    "BadItem",
    "Chosen",
    "ClassEdit",
    "ClusterReply",
    "Decided",
    "Flagged",
    "GoTo",
    "NewClass",
    "NotSure",
    "Noted",
    "Redo",
    "Reply",
    "Skipped",
    "Stop",
    "Undo",
]


REASONS: Final = ("slip", "guideline unclear", "item ambiguous", "other")
"""Why answers of several people differed, in the words of whoever decides between them."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The item is of the class with this id; typed is what was typed to find it, "" where a key was enough."""

    class_id: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class NewClass:
    """A class that did not exist before; it is added and chosen."""

    name: str


@dataclass(frozen=True, slots=True)
class Decided:
    """The answer to an adjudication, with one of REASONS why the answers before it differed."""

    answer: Chosen | NewClass
    reason: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The suggestion that is on screen; on a second look, the answer that was given before."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Ask me later."""


@dataclass(frozen=True, slots=True)
class NotSure:
    """I cannot tell; do not ask me again."""


@dataclass(frozen=True, slots=True)
class BadItem:
    """Not an item of the data set at all; leave it out of training and of counts."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A note on the item on screen; the card stays."""

    text: str


@dataclass(frozen=True, slots=True)
class GoTo:
    """Ask about this item next: its id, ours or the data's. Nothing is said of the one on screen, which comes back."""

    item: str


@dataclass(frozen=True, slots=True)
class Flagged:
    """Mark the item on screen to come back to, or take its mark away; the card stays."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the last answer back."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Take the last undo back."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Leave; everything is kept."""


Reply = (
    Chosen
    | NewClass
    | Decided
    | Accepted
    | Skipped
    | NotSure
    | BadItem
    | Noted
    | Flagged
    | ClassEdit
    | ClusterReply
    | GoTo
    | Undo
    | Redo
    | Stop
)
