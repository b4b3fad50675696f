"""Figures as the page says them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from activelabel.project.wording import counted
from activelabel.reporting.shares import between, percent
from activelabel.reporting.summary import Verdict

if TYPE_CHECKING:
    from activelabel.reporting.summary import Accuracy, Confusion, Summary
    from activelabel.reporting.timeline import Sitting

__all__ = ["date", "duration", "lasted", "mistakes", "title", "verdict", "whole"]

VERDICTS = {
    Verdict.GO_ON: "worth going on",
    Verdict.STOP: "you can stop",
    Verdict.UNKNOWN: "too early to say whether to stop",
    Verdict.DONE: "done",
}
MINUTE, HOUR, DAY = 60, 3_600, 86_400


def title(summary: Summary) -> str:
    """Return the name of the project: that of its folder, or of its data where the folder is the current one."""
    return summary.project.rpartition("/")[2].strip(".") or summary.data.path.rpartition("/")[2]


def verdict(summary: Summary) -> str:
    """Return how good, how sure, and whether to go on, in one sentence."""
    advice = summary.advice
    return f"{_how_good(summary.accuracy)}; {VERDICTS[advice.verdict]}: {advice.because}."


def _how_good(found: Accuracy) -> str:
    if found.right is None:
        return f"How good the labels are is not known yet: {counted(found.answers_needed, 'audit answer')} would tell"
    answers = counted(found.right.n, "audit answer")
    if not found.headline:
        more = f"{found.answers_needed} more give one number"
        return f"Somewhere in {between(found.right)} % of all items get the right label, by {answers}: {more}"
    return f"{percent(found.right.value)} % of all items get the right label ({between(found.right)}, by {answers})"


def date(time: str) -> str:
    """Return a time as day and minute, UTC.

    Examples
    --------
    >>> date("2026-01-31T10:05:59.123+00:00")
    '2026-01-31 10:05'
    """
    return datetime.fromisoformat(time).strftime("%Y-%m-%d %H:%M")


def duration(seconds: float) -> str:
    """Return a time span in the unit that fits what is said of it: never 60 s for a minute, nor 24 h for a day.

    Examples
    --------
    >>> duration(2.34), duration(90), duration(5_400), duration(200_000)
    ('2.3 s', '2 min', '1.5 h', '2.3 days')
    >>> duration(59.96), duration(3_590), duration(86_390)
    ('1 min', '1 h', '1 day')
    """
    if (said := round(seconds, 1)) < MINUTE:
        return f"{said:g} s"
    if (minutes := round(seconds / MINUTE)) < MINUTE:
        return f"{minutes} min"
    if (hours := round(seconds / HOUR, 1)) < DAY / HOUR:
        return f"{hours:g} h"
    return "1 day" if (days := round(seconds / DAY, 1)) == 1 else f"{days:g} days"


def lasted(sitting: Sitting) -> float:
    """Return how many seconds went by from its first answer to its last."""
    return (datetime.fromisoformat(sitting.end) - datetime.fromisoformat(sitting.start)).total_seconds()


def mistakes(confusion: Confusion) -> list[tuple[int, str, str]]:
    """Return what is taken for what, as (times, is, predicted), the commonest first.

    Examples
    --------
    >>> from activelabel.reporting.summary import Confusion
    >>> mistakes(Confusion(("owl", "tit"), ((3, 1), (2, 4))))
    [(2, 'tit', 'owl'), (1, 'owl', 'tit')]
    """
    names = confusion.classes
    found = [
        (count, names[true], names[said])
        for true, row in enumerate(confusion.counts)
        for said, count in enumerate(row)
        if count and true != said
    ]
    return sorted(found, key=lambda mistake: -mistake[0])


def whole(number: float) -> str:
    """Return a whole number with its thousands apart.

    Examples
    --------
    >>> whole(12_345)
    '12,345'
    """
    return f"{number:,.0f}"
