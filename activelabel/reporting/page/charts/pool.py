"""The map of the pool, and the same marks for its legend."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from activelabel.project.wording import counted
from activelabel.reporting.page.charts.canvas import area, canvas, styled
from activelabel.reporting.page.inline import COLOURS, Note, inline
from activelabel.reporting.page.marks import DOT, UNKNOWN, opacity_of
from activelabel.reporting.shares import percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from activelabel.reporting.page.marks import Mark
    from activelabel.reporting.page.sheet import PictureSheet
    from activelabel.reporting.pool import PoolPoint

__all__ = ["key_of", "pool_map"]

MARKERS: Final = (("o", 9), ("s", 8), ("^", 9.6), ("D", 7.6), ("v", 9.6), ("P", 10), ("X", 10), ("*", 12), ("o", 4))
"""Marker and its size by the shape of a `Mark`; the last is that of `DOT`. Sizes look alike, not measure alike."""

GUESSED, RINGS, GIVEN, HERE = range(4)
"""What is drawn over what."""


@styled()
def pool_map(
    points: Sequence[PoolPoint], marks: Mapping[str, Mark], shown: Mapping[str, str], sheet: PictureSheet | None
) -> Markup:
    """Return the items at their places, which ``map.js`` goes through.

    Each is a ``use`` element with a title, and with its id and the place of its picture as data.

    Parameters
    ----------
    points
        One or more.
    marks
        Class name -> its mark.
    shown
        Item id -> what it shows, where that may be told.
    sheet
        Their pictures, where there are any.
    """
    layers = defaultdict(list)
    for point in points:
        layers[point.is_given, marks.get(point.label, DOT)].append(point)
    figure = canvas(720, 520)
    axes = area(figure, 16, 16, 688, 488)
    axes.set_axis_off()
    parts = {}
    # the rarer a mark the later it is drawn: what covers it would hide more of it
    for number, ((is_given, mark), inside) in enumerate(sorted(layers.items(), key=lambda layer: -len(layer[1]))):
        gid = f"layer-{number}"
        axes.plot(*_places(inside), **_look(mark), gid=gid, zorder=GIVEN if is_given else GUESSED)
        parts[gid] = [_note(point, shown, sheet) for point in inside]
    axes.plot(*_places([point for point in points if point.is_given]), **_ring(14, 1.3), zorder=RINGS)
    axes.plot(*_places(points[:1]), **_ring(22, 2.5), gid="here", zorder=HERE)
    parts["here"] = [Note(attributes={"id": "map-here", "visibility": "hidden"})]
    attributes = {
        "id": "map",
        "role": "application",
        "tabindex": "0",
        "aria-label": f"Map of {counted(len(points), 'item')}; arrow keys go from item to item",
        "aria-describedby": "map-caption",
    }
    return inline(figure, "pool", Note(attributes=attributes), parts)


@styled()
def key_of(mark: Mark | None) -> Markup:
    """Return a mark as the legend shows it; of None, the ring around what people labelled."""
    figure = canvas(14, 14)
    axes = area(figure, 0, 0, 14, 14)
    axes.set_axis_off()
    axes.plot(0, 0, **(_look(mark) if mark else _ring(11, 1.3)))
    name = f"key-{mark.shape}-{mark.colour}-{mark.hollow:d}" if mark else "key-ring"
    return inline(figure, name, Note(attributes={"aria-hidden": "true"}))


def _places(points: Sequence[PoolPoint]) -> tuple[list[float], list[float]]:
    return [point.x for point in points], [point.y for point in points]


def _look(mark: Mark) -> dict[str, Any]:
    marker, size = MARKERS[mark.shape]
    colour = COLOURS[f"k{mark.colour}"]
    full = {"linestyle": "none", "marker": marker, "markersize": size, "color": colour, "markeredgewidth": 0}
    return full | {"markerfacecolor": COLOURS["paper"], "markeredgewidth": 1.4} if mark.hollow else full


def _ring(size: float, width: float) -> dict[str, Any]:
    line = {"markeredgecolor": COLOURS["ink"], "markeredgewidth": width}
    return {"linestyle": "none", "marker": "o", "markersize": size, "markerfacecolor": "none"} | line


def _note(point: PoolPoint, shown: Mapping[str, str], sheet: PictureSheet | None) -> Note:
    """Return what the page says of an item: the fainter, the less sure the model."""
    told = f"{point.label}, {point.kind}" if point.label else UNKNOWN
    if point.sure is not None and not point.is_given:
        told += f", {percent(point.sure)} % sure"
    attributes = {"data-item": point.item}
    if sheet and point.item in sheet.place:
        attributes["data-box"] = sheet.view_box(point.item)
    if not point.is_given:
        attributes["opacity"] = f"{opacity_of(point.sure):g}"
    return Note("\n\n".join(filter(None, (told, point.item, shown.get(point.item)))), attributes=attributes)
