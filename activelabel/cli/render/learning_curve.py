"""The learning curve in characters: the share right by answers given, its interval as a band."""

from __future__ import annotations

from itertools import pairwise
from math import ceil, floor, log
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from activelabel.records.progress import HEADLINE_FROM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.cli.render.paper import Paper
    from activelabel.records.progress import Estimate
    from activelabel.reporting.summary import CurvePoint

__all__ = ["curve_rows"]

HEIGHT = 8
WIDEST = 64
AXIS = 6  # cells left of the plot: "100 % "
NARROWEST = 16
UNIT = " answers"


class _Place(NamedTuple):
    column: int
    right: Estimate
    answers: int


class _Scale(NamedTuple):
    bottom: float
    top: float

    def row(self, share: float) -> int:
        return round((HEIGHT - 1) * (self.top - share) / (self.top - self.bottom))


def curve_rows(curve: Sequence[CurvePoint], paper: Paper) -> list[Text]:
    """Return the rows of the plot; none where fewer than two points have answers enough for one number, or no room.

    The axis of answers is logarithmic: the second ten tell as much as the second hundred. Between points, line and
    band are drawn straight.

    Examples
    --------
    >>> from activelabel.cli.render.paper import Paper
    >>> from activelabel.records.progress import Estimate
    >>> from activelabel.reporting.summary import CurvePoint
    >>> points = [CurvePoint(10, Estimate(0.6, 0.5, 0.7, 50), None), CurvePoint(40, Estimate(0.9, 0.8, 1.0, 50), 0.7)]
    >>> rows = curve_rows(points, Paper(40, 20, encoding="ascii"))
    >>> len(rows), rows[-1].plain
    (9, '      10                     40 answers')
    """
    width = min(WIDEST, paper.width - AXIS - len(UNIT))
    known = [(point.answers, point.right) for point in curve if point.right and point.right.n >= HEADLINE_FROM]
    if len(known) < 2 or width < NARROWEST:
        return []
    places = _places(known, width)
    top = max(0.1, ceil(10 * max(place.right.high for place in places)) / 10)
    scale = _Scale(min(floor(10 * min(place.right.low for place in places)) / 10, top - 0.1), top)
    grid = _drawn(places, scale, width, paper)
    rows = []
    for number, cells in enumerate(grid):
        head = {0: f"{100 * scale.top:3.0f} % ", HEIGHT - 1: f"{100 * scale.bottom:3.0f} % "}.get(number, "")
        rows.append(Text.assemble((head.ljust(AXIS), "faint"), _styled("".join(cells).rstrip(), paper)))
    return [*rows, Text(" " * AXIS + _ticks(places, width), "faint")]


def _places(known: list[tuple[int, Estimate]], width: int) -> list[_Place]:
    first, last = log(known[0][0]), log(known[-1][0])
    reach = max(last - first, 1e-9)
    return [_Place(round((width - 1) * (log(answers) - first) / reach), right, answers) for answers, right in known]


def _drawn(places: list[_Place], scale: _Scale, width: int, paper: Paper) -> list[list[str]]:
    grid = [[" "] * width for _ in range(HEIGHT)]
    for start, end in pairwise(places):
        for column in range(start.column, end.column + 1):
            along = (column - start.column) / max(1, end.column - start.column)
            low, middle, high = (
                before + along * (after - before)
                for before, after in zip(_shares(start.right), _shares(end.right), strict=True)
            )
            for row in range(scale.row(high), scale.row(low) + 1):
                grid[row][column] = _band(paper)
            grid[scale.row(middle)][column] = paper.rule
    for place in places:
        grid[scale.row(place.right.value)][place.column] = _point(paper)
    return grid


def _shares(right: Estimate) -> tuple[float, float, float]:
    return right.low, right.value, right.high


def _ticks(places: list[_Place], width: int) -> str:
    line = [" "] * width
    free = 0
    for place in [places[-1], *places[:-1]]:
        label = f"{place.answers:,}"
        start = max(0, min(place.column - len(label) // 2, width - len(label)))
        # the last point's label is set first; the others must leave it, and each other, a space
        is_last = place is places[-1]
        if is_last or (start >= free and all(cell == " " for cell in line[start : start + len(label) + 1])):
            line[start : start + len(label)] = label
            free = free if is_last else start + len(label) + 1
    return "".join(line) + UNIT


def _styled(cells: str, paper: Paper) -> Text:
    text = Text(cells)
    for character, style in ((_band(paper), "faint"), (_point(paper), "key")):
        text.highlight_regex(f"[{character}]+", style)
    return text


def _band(paper: Paper) -> str:
    return ":" if paper.plain_ascii else "░"


def _point(paper: Paper) -> str:
    return "o" if paper.plain_ascii else "●"
