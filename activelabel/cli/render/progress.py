"""How far, how long, how good: the words of the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from activelabel.project.wording import counted
from activelabel.records.progress import HEADLINE_FROM
from activelabel.reporting.shares import between, percent

if TYPE_CHECKING:
    from activelabel.cli.render.paper import Paper
    from activelabel.records.progress import Progress
    from activelabel.reporting.tally import AnswerCounts

__all__ = [
    "accuracy_words",
    "far_words",
    "left_words",
    "place_words",
    "repeat_words",
    "status_line",
    "target_words",
    "time_words",
]


def time_words(seconds: float) -> str:
    """Return a duration as people say it.

    Examples
    --------
    >>> time_words(20), time_words(250), time_words(9500), time_words(400_000)
    ('under a minute', '4 min', '2 h 38 min', '111 h')
    """
    minutes = round(seconds / 60)
    if minutes < 1:
        return "under a minute"
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return f"{minutes} min"
    # nobody plans the minutes of a day's work
    return f"{hours} h {rest} min" if hours < 10 and rest else f"{round(minutes / 60)} h"


def accuracy_words(progress: Progress) -> str:
    """Return the present accuracy with its interval, or when there will be one.

    Examples
    --------
    >>> from activelabel.records.progress import Estimate, Progress
    >>> accuracy_words(Progress(80, 900, {}, (), Estimate(0.91, 0.81, 0.96, 62)))
    '91 % right (81-96, from 62 audit answers)'
    >>> accuracy_words(Progress(12, 900, {}, (), audited=3))
    'accuracy: after 7 more audit answers'
    """
    estimate = progress.accuracy
    if progress.known:
        return f"{percent(progress.known.value)} % right, by the known answers"
    if estimate is None:
        missing = max(1, HEADLINE_FROM - progress.audited)
        return f"accuracy: after {missing} more audit answer{'s' * (missing > 1)}"
    if estimate.n < HEADLINE_FROM:
        return f"{between(estimate)} % right (from {estimate.n} audit answer{'s' * (estimate.n > 1)})"
    return f"{percent(estimate.value)} % right ({between(estimate)}, from {estimate.n} audit answers)"


def repeat_words(counts: AnswerCounts) -> str:
    """Return how often people said the same again; "" before any label was asked for again."""
    if not counts.repeats:
        return ""
    return f"asked again unmarked: {counts.repeats_same:,} of {counted(counts.repeats, 'answer')} the same"


def left_words(progress: Progress) -> str:
    """Return how long it will probably still take, "" where that is not known.

    To the end that was set for the session, else for the whole pool.

    Examples
    --------
    >>> from activelabel.records.progress import Progress
    >>> left_words(Progress(80, 900, {}, (), pace=5.0, ahead=150))
    'about 12 min left'
    >>> left_words(Progress(80, 900, {}, (), pace=5.0))
    'about 1 h 15 min at this pace'
    """
    if progress.pace is None:
        return ""
    end = "at this pace" if progress.ahead is None else "left"
    return f"about {time_words(progress.pace * progress.to_go)} {end}".replace("about under", "under")


def far_words(progress: Progress) -> str:
    """Return how many cards are still to come.

    Examples
    --------
    >>> from activelabel.records.progress import Progress
    >>> far_words(Progress(80, 1900, {}, ())), far_words(Progress(80, 1900, {}, (), ahead=150))
    ('1,900 left', '150 to go')
    """
    return f"{progress.to_go:,} {'left' if progress.ahead is None else 'to go'}"


def target_words(progress: Progress) -> str:
    """Return how far the share to reach is; "" where there is none, or nothing is known of it.

    Examples
    --------
    >>> from activelabel.records.progress import Progress, Target
    >>> target_words(Progress(80, 900, {}, (), target=Target(0.95, 140)))
    '95 %: about 140 more audit answers'
    >>> target_words(Progress(80, 900, {}, (), target=Target(0.95)))
    '95 %: not right that often now'
    """
    if progress.target is None:
        return ""
    share, answers = f"{100 * progress.target.share:g} %", progress.target.answers
    return (
        f"{share}: about {counted(answers, 'more audit answer')}" if answers else f"{share}: not right that often now"
    )


def place_words(progress: Progress) -> str:
    """Return which card of how many this is, where a list is walked through; else ""."""
    return "{:,} of {:,}".format(*progress.place) if progress.place else ""


def status_line(progress: Progress, paper: Paper) -> str:
    """Return the status in one line of the paper's width: what counts most stays when room is short."""
    long_time = left_words(progress)
    time = long_time.removeprefix("about ").removesuffix(" at this pace")
    far = f"{progress.answered:,} answered {paper.dot} {far_words(progress)}"
    short = f"{progress.answered:,} of {progress.answered + progress.to_go:,}"
    good, brief, target = accuracy_words(progress), _brief_accuracy(progress), target_words(progress)
    if progress.part:
        # how much of the whole is right says nothing about a part
        part = f"part: {paper.foreign(progress.part)}"
        good, brief = f"{part}, {progress.part_size}", paper.clip(part, paper.width // 2)
    if place := place_words(progress):
        far = short = place
        long_time = time = target = ""
    wide = [((far, long_time, target), good), ((far, time, target), good), ((short, time, target), brief)]
    for left, right in (
        *(wide if target else ()),
        ((far, long_time), good),
        ((far, time), good),
        ((short, time), good),
        ((short, time), brief),
        ((short,), brief),
    ):
        start = f" {paper.dot} ".join(filter(None, left))
        gap = paper.width - 2 - cell_len(start) - cell_len(right)
        if gap >= 2 or (not right and gap >= 0):
            return f" {start}{' ' * gap}{right}"
    return paper.clip(f" {short}", paper.width)


def _brief_accuracy(progress: Progress) -> str:
    estimate = progress.known or progress.accuracy
    if estimate is None:
        return ""
    if progress.known is None and estimate.n < HEADLINE_FROM:
        return f"{between(estimate)} %"
    return f"{percent(estimate.value)} %"
