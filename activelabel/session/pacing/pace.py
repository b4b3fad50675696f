"""How long a person takes for a card, from the answers so far: plain arithmetic, damped against breaks.

Seconds are the median of a kind of card, times what the length of the text makes of it. A card that lay on the screen
over a coffee is one answer in a median. A new project starts from what is usual for its modality.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, log1p
from statistics import fmean, median
from typing import TYPE_CHECKING

from activelabel.records.kinds import CardKind, Modality

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from activelabel.project.plan import PlannedCard
    from activelabel.records.contents import Content
    from activelabel.records.events import Event

__all__ = ["Pace", "Timed", "length_of", "pace_of", "timed"]

OVER = 100
"""The last answers, which the pace rests on: people become faster, and change with the day."""

FEWEST = 3
"""Answers from which a pace is this person's and not the modality's."""

FASTEST = 0.2
"""Seconds under which nobody answers: answers that a program gave count as that."""

PRIOR_SECONDS = {Modality.IMAGE: 3.0, Modality.TABLE: 6.0, Modality.TEXT: 8.0, Modality.VECTORS: 8.0}
"""Before the first answers. A choice and a key take one to two seconds; a picture is seen at once, a row has some
fields to compare, and a paragraph of 500 characters that is skimmed takes what is given here."""

PRIOR_ANSWERS = 3
"""Answers that what is usual counts as: from four on, what was seen outvotes it in a median."""

PRIOR_LENGTH = 500.0
"""Characters of a usual text, before any was answered."""

PRIOR_SLOPE = 0.3
"""Of log seconds on log length: twice the text takes 1.2 times as long, since most of a long text is skimmed."""

PRIOR_SPREAD = 5.0
"""Sum of squares of log length that the prior slope counts as: twenty texts, each half an e-fold from the middle."""

PASSES = 3
"""Times the line is drawn; a fourth changes it by less than a hundredth."""

STEEPEST = 1.0
"""Nobody reads a long text more slowly, letter for letter, than a short one; nor is one read sooner for being long."""

OUTLIER = 4.0
"""Times as long, or as short, as is usual for its kind: beyond that it was a break or a slip, and counts as that."""


@dataclass(frozen=True, slots=True)
class Timed:
    """An answer as a pace sees it: the kind of card, the seconds it took, and the characters of its texts (0: none)."""

    kind: CardKind
    seconds: float
    length: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a person takes.

    Attributes
    ----------
    answers
        How many it rests on.
    usual
        Median seconds of a card of middling length.
    by_kind
        The same by kind of card, for the kinds that were answered.
    slope
        Of log seconds on log length, in [0, 1].
    middle
        Mean log of 1 + characters, at which `usual` holds.
    lift
        Mean seconds over median seconds: of many cards a few take long, and a promise of time has to hold those too.
    """

    answers: int
    usual: float
    by_kind: Mapping[CardKind, float]
    slope: float
    middle: float
    lift: float

    @property
    def is_known(self) -> bool:
        """Whether it is this person's."""
        return self.answers >= FEWEST

    def typical(self, kind: CardKind, length: int = 0) -> float:
        """Return the seconds that half of such cards take at most; a length of 0 is the middling one."""
        return self.by_kind.get(kind, self.usual) * exp(_stretch(length, self.slope, self.middle))

    def expected(self, kind: CardKind, length: int = 0) -> float:
        """Return the seconds that such a card takes on average.

        Examples
        --------
        >>> pace = pace_of([Timed(CardKind.AUDIT, 4.0, 400)] * 50, Modality.TEXT)
        >>> round(pace.expected(CardKind.AUDIT, 400), 1), pace.expected(CardKind.AUDIT, 4000) > 5
        (4.0, True)
        """
        return self.typical(kind, length) * self.lift

    def mean_of(self, cards: Iterable[PlannedCard]) -> float:
        """Return the mean seconds that these cards are expected to take; that of a usual card where there is none."""
        found = [self.expected(card.kind, card.length) for card in cards]
        return fmean(found) if found else self.usual * self.lift

    def slowness(self, answers: Sequence[Timed]) -> float:
        """Return how many times as long as expected of their kinds and lengths these answers took, by their median."""
        return median(max(one.seconds, FASTEST) / self.typical(one.kind, one.length) for one in answers)


def pace_of(answers: Sequence[Timed], modality: Modality) -> Pace:
    """Return a person's pace.

    Parameters
    ----------
    answers
        Of this person, oldest first; the last hundred count.
    modality
        Says what is usual before there are answers.

    Examples
    --------
    >>> round(pace_of([], Modality.IMAGE).usual, 1)
    3.0
    >>> round(pace_of([Timed(CardKind.AUDIT, 2.0)] * 9 + [Timed(CardKind.AUDIT, 900.0)], Modality.IMAGE).usual, 1)
    2.0
    """
    recent = answers[-OVER:]
    logs = [log(max(one.seconds, FASTEST)) for one in recent]
    slope, middle = _slope(recent, logs, modality)
    level = [seconds - _stretch(one.length, slope, middle) for one, seconds in zip(recent, logs, strict=True)]
    usual = median([*[log(PRIOR_SECONDS[modality])] * PRIOR_ANSWERS, *level])
    of_kind: dict[CardKind, list[float]] = {}
    for one, seconds in zip(recent, level, strict=True):
        of_kind.setdefault(one.kind, [usual] * PRIOR_ANSWERS).append(seconds)
    by_kind = {kind: median(each) for kind, each in of_kind.items()}
    ratios = [exp(_damped(seconds - by_kind[one.kind])) for one, seconds in zip(recent, level, strict=True)]
    return Pace(
        answers=len(recent),
        usual=exp(usual),
        by_kind={kind: exp(level) for kind, level in by_kind.items()},
        slope=slope,
        middle=middle,
        lift=max(1.0, fmean([*[1.0] * PRIOR_ANSWERS, *ratios])),
    )


def timed(answer: Event) -> Timed:
    """Return an answer as a pace sees it."""
    data = answer.data
    return Timed(CardKind(data["card"]), data["seconds"], data.get("length", 0))


def length_of(content: Content) -> int:
    """Return how many characters there are to read.

    Examples
    --------
    >>> from activelabel.records.contents import Content
    >>> length_of(Content(Modality.TEXT, (("subject", "hello"), ("body", ""))))
    5
    """
    return sum(len(value) for _, value in content.fields)


def _slope(recent: Sequence[Timed], logs: Sequence[float], modality: Modality) -> tuple[float, float]:
    """Return the slope of log seconds on log length, by least squares shrunk to its prior, and the mean log length.

    What lies far from the line is damped towards it, and the line drawn again.
    """
    kinds: dict[CardKind, list[float]] = {}
    for one, seconds in zip(recent, logs, strict=True):
        kinds.setdefault(one.kind, []).append(seconds)
    centre = {kind: median(each) for kind, each in kinds.items()}
    points = [
        (log1p(one.length), seconds - centre[one.kind]) for one, seconds in zip(recent, logs, strict=True) if one.length
    ]
    middle = fmean(x for x, _ in points) if points else log1p(PRIOR_LENGTH)
    prior = slope = PRIOR_SLOPE if modality is Modality.TEXT else 0.0
    squares = sum((x - middle) ** 2 for x, _ in points) + PRIOR_SPREAD
    for _ in range(PASSES):
        damped = [(x - middle, slope * (x - middle) + _damped(y - slope * (x - middle))) for x, y in points]
        products = sum(x * y for x, y in damped) + prior * PRIOR_SPREAD
        slope = min(max(products / squares, 0.0), STEEPEST)
    return slope, middle


def _stretch(length: int, slope: float, middle: float) -> float:
    return slope * (log1p(length) - middle) if length else 0.0


def _damped(difference: float) -> float:
    return min(max(difference, -log(OUTLIER)), log(OUTLIER))
