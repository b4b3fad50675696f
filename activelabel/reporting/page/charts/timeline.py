"""Answers over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.ticker import MaxNLocator

from activelabel.project.wording import counted
from activelabel.reporting.page import words
from activelabel.reporting.page.charts.canvas import area, canvas, styled
from activelabel.reporting.page.inline import COLOURS, Note, inline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup
    from matplotlib.axes import Axes

    from activelabel.reporting.timeline import Stretch, Timeline

__all__ = ["KINDS", "answers_over_time"]

KINDS: Final = (
    ("labels", "label", "k0"),
    ("skipped", "skip", "k8"),
    ("not_sure", "not sure", "k4"),
    ("bad", "bad item", "k1"),
)
"""Field of `AnswerKinds`, what one such answer is called, and its colour, from the bottom of a bar to its top."""


@styled()
def answers_over_time(found: Timeline) -> Markup:
    """Return a bar for each stretch of time, stacked by the kinds of its answers."""
    figure = canvas(480, 240)
    axes = area(figure, 72, 48, 394, 178)
    _name_ends(axes, found)
    axes.set_xlabel(f"time, UTC; {words.duration(found.step)} a bar")
    axes.grid(axis="y")
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    parts, heights = _stack(axes, found.stretches)
    most = max(1, *heights)
    axes.set_xlim(0, len(heights))
    axes.set_ylim(0, most)
    title = f"Answers over time, {words.duration(found.step)} a bar, {most} at most in one"
    return inline(figure, "timeline", Note(title, attributes={"role": "img"}), parts)


def _name_ends(axes: Axes, found: Timeline) -> None:
    """Name the first stretch and, where there are more, the last answer."""
    ends = [(0, words.date(found.stretches[0].start)), (len(found.stretches), words.date(found.sittings[-1].end))]
    places, dates = zip(*ends[: len(found.stretches)], strict=True)
    axes.set_xticks(places, dates)
    first, *last = axes.get_xticklabels()
    first.set_horizontalalignment("left")
    for label in last:
        label.set_horizontalalignment("right")


def _stack(axes: Axes, stretches: Sequence[Stretch]) -> tuple[dict[str, list[Note]], list[int]]:
    """Draw the answers of each kind over those of the kinds before; return what they are, and the heights reached."""
    heights = [0] * len(stretches)
    notes = {}
    # nearly side by side; a single one is no wall
    width = min(1 - len(stretches) / 400, len(stretches) / 10)
    for kind, _, colour in KINDS:
        counts = [getattr(stretch.given, kind) for stretch in stretches]
        drawn = [number for number, count in enumerate(counts) if count]
        under, over = [heights[number] for number in drawn], [counts[number] for number in drawn]
        axes.bar(drawn, over, width, under, align="edge", color=COLOURS[colour], linewidth=0, gid=kind)
        notes[kind] = [Note(_told(stretches[number])) for number in drawn]
        heights = [height + count for height, count in zip(heights, counts, strict=True)]
    return notes, heights


def _told(stretch: Stretch) -> str:
    given = ((getattr(stretch.given, kind), name) for kind, name, _ in KINDS)
    told = (counted(count, name, "" if name == "label" else name) for count, name in given if count)
    return f"{words.date(stretch.start)}: {', '.join(told)}"
