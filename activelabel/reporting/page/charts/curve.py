"""The learning curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator

from activelabel.project.wording import counted
from activelabel.reporting.page.charts.canvas import area, canvas, mark_shares, share_axis, styled
from activelabel.reporting.page.inline import COLOURS, Note, inline
from activelabel.reporting.shares import percent, share_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from activelabel.reporting.summary import CurvePoint

__all__ = ["learning_curve"]


@styled()
def learning_curve(points: Iterable[CurvePoint]) -> Markup:
    """Return the share right against the answers given, with a band of 95 % intervals.

    Parameters
    ----------
    points
        One or more that have a share; those without are passed over.
    """
    judged = [(point.answers, point.right) for point in points if point.right]
    answers, shares = [answers for answers, _ in judged], [right for _, right in judged]
    figure = canvas(480, 300)
    axes = area(figure, 62, 48, 384, 238)
    share_axis(axes)
    axes.set_xlim(0, answers[-1])
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.set_xlabel("answers")
    low, high = [share.low for share in shares], [share.high for share in shares]
    axes.fill(answers + answers[::-1], low + high[::-1], color=COLOURS["first"], alpha=0.12, linewidth=0)
    axes.plot(answers, [share.value for share in shares], color=COLOURS["first"], linewidth=2)
    mark_shares(axes, answers, shares)
    told = "; ".join(f"{counted(number, 'answer')}, {percent(share.value)} %" for number, share in judged)
    notes = [Note(f"{counted(number, 'answer')}: {share_words(share)}") for number, share in judged]
    whole = Note(f"Share right against answers given: {told}", attributes={"role": "img"})
    return inline(figure, "curve", whole, {"share": notes, "interval": notes})
