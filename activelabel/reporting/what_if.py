"""What other choices of questions would have given: the figures, each with what can be said against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activelabel.learning.accuracy import wilson
from activelabel.learning.what_if import AUDITED_FROM, paired_difference
from activelabel.project.wording import counted

if TYPE_CHECKING:
    from activelabel.learning.what_if import Otherwise, PairedDifference, Trial
    from activelabel.records.progress import Estimate

__all__ = ["WhatIf", "WhatIfPoint", "what_if_of"]


@dataclass(frozen=True, slots=True)
class WhatIfPoint:
    """Two models on the same number of answers, judged by the same audit answers.

    asked is the share right of the one that learnt from the first answers as they were asked, otherwise that of the
    other one; difference is how much higher the latter is.
    """

    answers: int
    asked: Estimate
    otherwise: Estimate
    difference: PairedDifference


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What one strategy would have given.

    Attributes
    ----------
    strategy
        Its name.
    points
        By number of answers; empty where it cannot be known from these answers.
    unbiased
        Whether the comparison is free of bias; None where there is none.
    because
        What it rests on and what is wrong with it, or why it cannot be known.
    """

    strategy: str
    points: tuple[WhatIfPoint, ...]
    unbiased: bool | None
    because: str


def what_if_of(found: Otherwise) -> WhatIf:
    """Return the figures of one strategy."""
    if not found.trials:
        return WhatIf(found.strategy, (), None, _why_not(found))
    points = tuple(_point(trial, found.population) for trial in found.trials)
    unbiased = found.strategy == "random"
    return WhatIf(found.strategy, points, unbiased, _drawn(found) if unbiased else _replayed(found))


def _point(trial: Trial, population: int) -> WhatIfPoint:
    asked, otherwise = (wilson(int(right.sum()), len(right), population) for right in (trial.asked, trial.otherwise))
    return WhatIfPoint(trial.answers, asked, otherwise, paired_difference(trial.asked, trial.otherwise, population))


def _why_not(found: Otherwise) -> str:
    if found.audited < AUDITED_FROM:
        lacking = f"needs {AUDITED_FROM} audit answers, there are {found.audited}"
    else:
        lacking = "too few answers are left when those that judge are left out"
    return f"cannot be known from these answers: {lacking}"


def _drawn(found: Otherwise) -> str:
    sample = f"the {counted(found.audited, 'audit answer')} are a random sample, so their first ones are random choices"
    return f"{sample}: without bias; the interval is for this draw of them"


def _replayed(found: Otherwise) -> str:
    if found.strategy == found.asked_by:
        picked = "which it had picked itself, so that a difference is that bias or chance"
    else:
        picked = f"which {found.asked_by} picked, and not find what it would have found elsewhere"
    among = f"it could choose only among {counted(found.given, 'answer')}"
    return f"a replay, with a bias: {among}, {picked}; up to half of them"
