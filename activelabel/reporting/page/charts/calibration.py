"""The reliability diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.reporting.page.charts.canvas import TICKS, area, canvas, mark_shares, share_axis, styled
from activelabel.reporting.page.inline import COLOURS, Note, inline
from activelabel.reporting.shares import percent, share_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from activelabel.learning.calibration import Band

__all__ = ["reliability_diagram"]


@styled()
def reliability_diagram(bands: Sequence[Band]) -> Markup:
    """Return the share right against how sure the model was, and the diagonal, on which the two are equal."""
    figure = canvas(340, 336)
    axes = area(figure, 52, 48, 274, 274)
    share_axis(axes)
    axes.set_xlim(0, 1)
    axes.set_xticks(TICKS, [f"{100 * tick:.0f}" for tick in TICKS])
    axes.set_xlabel("how sure the model was, %")
    axes.plot([0, 1], [0, 1], color=COLOURS["faint"], linewidth=1, dashes=(5, 4))
    mark_shares(axes, [band.said for band in bands], [band.right for band in bands])
    told = "".join(f"; said {percent(band.said)} %, right {percent(band.right.value)} %" for band in bands)
    notes = [
        Note(f"sure to {percent(band.said)} %: {share_words(band.right)} right, of {band.right.n}") for band in bands
    ]
    attributes = {"class": "square", "role": "img"}
    whole = Note(f"Share right against how sure the model was{told}", attributes=attributes)
    return inline(figure, "calibration", whole, {"share": notes, "interval": notes})
