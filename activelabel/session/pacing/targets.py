"""What a session may end by: from the words a person gives, and how far it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil, sqrt
from typing import TYPE_CHECKING

from activelabel.errors import WrongUse

if TYPE_CHECKING:
    from activelabel.project.plan import Measures

__all__ = ["Targets", "answers_until", "seconds_in", "share_in"]

DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


@dataclass(frozen=True, slots=True)
class Targets:
    """What a session aims at; None where nothing was said.

    Attributes
    ----------
    budget
        Seconds that it may take.
    until
        Share of right predictions in (0.5, 1) that is to be reached, by its bound from the audit answers.
    at_least
        Labels that each class is to have.
    """

    budget: float | None = None
    until: float | None = None
    at_least: int | None = None


def seconds_in(text: str) -> float | None:
    """Return the seconds in a duration; None for no words.

    Raises
    ------
    WrongUse
        If it is none, or of no length.

    Examples
    --------
    >>> seconds_in("90s"), seconds_in("20m"), seconds_in("1h30m"), seconds_in("")
    (90.0, 1200.0, 5400.0, None)
    """
    if not text:
        return None
    found = DURATION.fullmatch(text.strip().lower())
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    total = 3600 * hours + 60 * minutes + seconds
    if not total:
        raise WrongUse(f"--budget is {text!r}", "write a time, as in --budget 20m, 90s or 1h30m")
    return float(total)


def share_in(text: str) -> float | None:
    """Return the share in a target; None for no words.

    Raises
    ------
    WrongUse
        If it is no share, or not between a half and all.

    Examples
    --------
    >>> share_in("95%"), share_in("0.9"), share_in("")
    (0.95, 0.9, None)
    """
    if not text:
        return None
    number = text.strip()
    try:
        share = float(number.removesuffix("%")) / (100 if number.endswith("%") else 1)
    except ValueError:
        share = 0.0
    if not 0.5 < share < 1:
        raise WrongUse(f"--until is {text!r}", "write a share between 50% and 100%, as in --until 95%")
    return share


def answers_until(share: float, measures: Measures, askable: int) -> int | None:
    """Return about how many more audit answers lift the bound to a share, if the accuracy stays as it is.

    The bound lies below the accuracy p by about sqrt(2 p (1 - p) c / n) + c / n after n answers. What c is follows
    from where it lies now, and n from where it should lie. After all units are answered there is no doubt left.

    Parameters
    ----------
    share
        To be reached.
    measures
        With accuracy and bound.
    askable
        Units that can still be asked.

    Returns
    -------
    int | None
        1 or more; None while the accuracy itself is not above the share, or not known.
    """
    right, bound = measures.accuracy, measures.at_least
    if right is None or bound is None or right.value <= share:
        return None

    def root(gap: float) -> float:
        variance = 2 * right.value * (1 - right.value)
        return (sqrt(variance + 4 * max(gap, 0.0)) - sqrt(variance)) / 2

    wanted = right.n * (root(right.value - bound) / root(right.value - share)) ** 2
    return max(1, min(ceil(wanted) - right.n, askable))
