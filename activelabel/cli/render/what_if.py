"""What other choices of questions would have given: a short table, and under it what can be said against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from activelabel.cli.render.class_table import columns
from activelabel.cli.render.text import wrapped
from activelabel.reporting.shares import share_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.cli.render.paper import Paper
    from activelabel.learning.what_if import PairedDifference
    from activelabel.reporting.what_if import WhatIf

__all__ = ["what_if_rows"]


def what_if_rows(found: Sequence[WhatIf], paper: Paper) -> list[Text]:
    """Return a row for each strategy and number of answers, and a sentence for each strategy; nothing for none."""
    if not found:
        return []
    table = [("chosen by", "answers", "points", "as asked", "so chosen")]
    table += [
        (
            paper.foreign(one.strategy),
            f"{point.answers:,}",
            _points(point.difference),
            share_words(point.asked),
            share_words(point.otherwise),
        )
        for one in found
        for point in one.points
    ]
    title = wrapped("more or less right, in points, had as many answers been chosen otherwise", paper.width)
    rows = [Text(part, "faint") for part in title]
    rows += columns(table, paper) if len(table) > 1 else []
    for one in found:
        rows += [Text(part) for part in wrapped(paper.foreign(f"{one.strategy}: {one.because}"), paper.width)]
    return rows


def _points(difference: PairedDifference) -> str:
    """Return a difference in points of accuracy with its interval.

    Examples
    --------
    >>> from activelabel.learning.what_if import PairedDifference
    >>> _points(PairedDifference(-0.147, -0.261, -0.017, 34)), _points(PairedDifference(0.0, -0.05, 0.05, 34))
    ('-15 (-26 to -2)', '0 (-5 to +5)')
    """
    value, low, high = (
        f"{points:+d}" if (points := round(100 * share)) else "0"
        for share in (difference.value, difference.low, difference.high)
    )
    return f"{value} ({low} to {high})"
