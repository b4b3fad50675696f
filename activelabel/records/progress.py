"""How far, how good, how long: what stands around a card."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from activelabel.records.events import LabelClass

__all__ = ["HEADLINE_FROM", "ROUND", "Estimate", "Outlook", "Progress", "Target"]


HEADLINE_FROM = 10
"""Audit answers from which one number is given; below, the interval is all that can be said."""

ROUND = 20
"""Answers in a round: what the next round would bring is foretold, and after each it is told."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share in [0, 1] with its 95 % interval and the number of answers it rests on."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Target:
    """A share of right predictions that is to be reached, and how far that is.

    answers is about how many more audit answers it takes if things stay as they are; None while what is right now is
    not more than the share.
    """

    share: float
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the next `answers` answers should bring, at the end of a round.

    seconds is what they take at this person's pace; gain what they should add to the share right, None where that is
    not known; of `signs` signs that are known `for_stop` say stop.
    """

    answers: int
    seconds: float | None = None
    gain: float | None = None
    signs: int = 0
    for_stop: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """What stands around a card: how far, how good, how long.

    answered counts answers in force by this project; left counts askable units; counts maps class id -> labels in
    force; accuracy is None until audit answers allow it, and audited counts those; known is the share right against
    answers known beforehand, None in all but demonstrations; pace is seconds a card, None before the first few answers;
    message is one line about the last action or a change ("" for none); doubted counts the labels that are asked for
    again because their class was split: those left, and all of them. recent maps class id -> how often and how
    lately this person chose it; typed maps what was typed to find a class -> the id of the one that was chosen then.
    annotator is who is asked; place says which card of how many this is where a list is walked through.
    ahead counts the cards that will probably still be asked where the session has an end of its own, None where it has
    none; target is the share to reach, wanted how many labels each class is to have (0: no matter), outlook what comes
    next, on the card after a round. part says what is
    asked about, "" for everything, and part_size how large that is; answered and left count in it.
    """

    answered: int
    left: int
    counts: Mapping[str, int]
    classes: tuple[LabelClass, ...]
    accuracy: Estimate | None = None
    audited: int = 0
    known: Estimate | None = None
    model_labels: int = 0
    propagated: int = 0
    pace: float | None = None
    message: str = ""
    ahead: int | None = None
    target: Target | None = None
    wanted: int = 0
    outlook: Outlook | None = None
    doubted: tuple[int, int] = (0, 0)
    recent: Mapping[str, float] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    part_size: str = ""
    annotator: str = ""
    place: tuple[int, int] | None = None

    @property
    def to_go(self) -> int:
        """Cards that are still to come: to the end of the session where it has one, else all that are left."""
        return self.left if self.ahead is None else self.ahead
