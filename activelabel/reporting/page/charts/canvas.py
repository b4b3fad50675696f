"""What the figures share: the same style wherever they are drawn, areas with shares, whiskers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from matplotlib import rc_context, rcdefaults, rcParams
from matplotlib.figure import Figure

from activelabel.reporting.page.inline import COLOURS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes

    from activelabel.records.progress import Estimate

__all__ = ["TICKS", "area", "canvas", "mark_shares", "share_axis", "styled"]

STYLE: Final[dict[Any, object]] = {
    "axes.axisbelow": True,
    "axes.labelpad": 6,
    "axes.xmargin": 0,
    "axes.ymargin": 0,
    "figure.frameon": False,
    "font.size": 13,  # as in style.css
    "grid.color": COLOURS["rule"],
    "grid.linewidth": 1,
    "xtick.major.pad": 8,
    "xtick.major.size": 0,
    "ytick.major.pad": 6,
    "ytick.major.size": 0,
}

TICKS: Final = (0, 0.2, 0.4, 0.6, 0.8, 1)


@contextmanager
def styled() -> Iterator[None]:
    """Have figures drawn inside look the same for everyone, whatever their own settings of matplotlib are."""
    with rc_context():
        rcdefaults()
        rcParams.update(STYLE)
        yield


def canvas(width: float, height: float) -> Figure:
    """Return an empty figure; one unit of its drawing is a point of matplotlib's, of which an inch has 72."""
    return Figure((width / 72, height / 72))


def area(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Return a new area of a figure to draw in, in units of the drawing."""
    whole_width, whole_height = 72 * figure.get_size_inches()
    place = (left / whole_width, bottom / whole_height, width / whole_width, height / whole_height)
    return figure.add_axes(place, frameon=False)


def share_axis(axes: Axes) -> None:
    """Have an area run upwards from 0 to 100 %."""
    axes.set_ylim(0, 1)
    axes.set_yticks(TICKS, ["0", "20", "40", "60", "80", "100 %"])
    axes.grid(axis="y")


def mark_shares(axes: Axes, places: Sequence[float], shares: Sequence[Estimate]) -> None:
    """Draw shares as dots, of the gid ``share``, on their intervals, of the gid ``interval``."""
    low, high = [share.low for share in shares], [share.high for share in shares]
    axes.vlines(places, low, high, colors=COLOURS["first"], alpha=0.7, gid="interval")
    axes.plot(places, [share.value for share in shares], "o", markersize=8, color=COLOURS["first"], gid="share")
