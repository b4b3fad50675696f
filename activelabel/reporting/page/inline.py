"""Figures of matplotlib as parts of a page, whose style has their colours; what is foreign is put in as text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, fromstring, tostring

from markupsafe import Markup
from matplotlib import rc_context

from activelabel.reporting.page.gate import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matplotlib.figure import Figure

__all__ = ["COLOURS", "Note", "inline"]

NAMES: Final = ("paper", "ink", "faint", "rule", "first", "second", "third", *(f"k{number}" for number in range(9)))

# from 1: black is not written into the drawing at all
COLOURS: Final = MappingProxyType({name: f"#0000{number:02x}" for number, name in enumerate(NAMES, start=1)})
"""Name of a colour in the page's style -> what stands for it while a figure is drawn."""

VARIABLES: Final = {shown: f"var(--{name})" for name, shown in COLOURS.items()}

HREF: Final = "{http://www.w3.org/1999/xlink}href"
PLACES: Final = ("d", "x", "y")
INHERITED: Final = ("fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width")


@dataclass(frozen=True, slots=True)
class Note:
    """What the page adds to something that is drawn; all of it may be foreign text.

    Attributes
    ----------
    title
        Shown at the pointer, and read aloud; "" for none.
    text
        What a text says in place of what was drawn; "" leaves that.
    attributes
        Name -> value.
    """

    title: str = ""
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def inline(
    figure: Figure, name: str, whole: Note, parts: Mapping[str, Sequence[Note]] = MappingProxyType({})
) -> Markup:
    """Return a figure as an ``svg`` element that has no size, no style and no colours but those of the page.

    Parameters
    ----------
    figure
        In `COLOURS`, and without foreign text: matplotlib would look for formulas in it, and for its letters in the
        fonts of this machine.
    name
        How its ids begin; no other figure of the page has it.
    whole
        For the element itself.
    parts
        gid -> a note for each path, mark or text that artists of this gid draw, in their order.

    Raises
    ------
    ValueError
        If more or less is drawn than there are notes.
    KeyError
        If a colour has no name.
    """
    root = _drawn(figure)
    for element in root.iter():
        _tidy(element)
    leaves: dict[str | None, list[Element]] = defaultdict(list)
    for group in root.iter("g"):
        leaves[group.get("id")].extend(_leaves(group))
    _rename(root, name)
    _say_once(root)
    for gid, notes in parts.items():
        for leaf, note in zip(leaves[gid], notes, strict=True):
            _attach(leaf, note)
    _attach(root, whole)
    if whole.title:
        root.set("aria-labelledby", f"{name}-title")
        root[0].set("id", f"{name}-title")
    return Markup(tostring(root, encoding="unicode"))  # noqa: S704 - ElementTree has escaped it


def _drawn(figure: Figure) -> Element:
    for artist in figure.findobj():
        artist.set_clip_on(False)  # a mark at the edge is seen whole, and there are no paths to clip by
    written = BytesIO()
    with rc_context({"svg.fonttype": "none"}):
        figure.savefig(written, format="svg", metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    read = fromstring(written.getvalue())  # noqa: S314 - matplotlib's own, without foreign text
    root = Element("svg", {"viewBox": read.attrib["viewBox"], "stroke-linejoin": "round"})
    root.extend(group for group in read if group.tag.endswith("}g"))
    return root


def _tidy(element: Element) -> None:
    """Leave of an element what the page needs: names without a namespace, attributes in the place of its style."""
    element.tag = element.tag.rpartition("}")[2]
    element.tail = None
    if element.tag != "text":
        element.text = None
    wanted = dict(pair.split(": ") for pair in element.attrib.pop("style", "").split("; ") if pair)
    element.attrib.pop("transform", None)  # of texts alone, which all stand upright: by 0 degrees
    for name, value in wanted.items():
        if not name.startswith("font"):
            element.set(name, VARIABLES[value] if value.startswith("#") else value)
    for name in element.attrib.keys() & PLACES:
        element.set(name, " ".join(re.sub(r"\d+\.\d+", _to_a_tenth, element.attrib[name]).split()))


def _to_a_tenth(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")


def _leaves(group: Element) -> Iterator[Element]:
    """Yield what a group draws, without what it only defines."""
    for part in group:
        if part.tag == "g":
            yield from _leaves(part)
        elif part.tag != "defs":
            yield part


def _rename(root: Element, name: str) -> None:
    """Replace the ids that something refers to by numbers, and drop all others."""
    numbered: dict[str, str] = {}
    for mark in root.iter("use"):
        drawn = mark.attrib.pop(HREF).removeprefix("#")
        mark.set("href", f"#{numbered.setdefault(drawn, f'{name}-{len(numbered)}')}")
    for element in root.iter():
        if (found := element.attrib.pop("id", None)) in numbered:
            element.set("id", numbered[found])


def _say_once(group: Element) -> None:
    """Have each group say what all in it say, which is most of a map's size."""
    for part in group:
        _say_once(part)
    if group.tag == "g" and len(group) > 1:
        for name in INHERITED:
            if len(values := {part.get(name) for part in group}) == 1 and (value := values.pop()) is not None:
                group.set(name, value)
                for part in group:
                    del part.attrib[name]


def _attach(element: Element, note: Note) -> None:
    element.attrib.update({name: str(visible(value)) for name, value in note.attributes.items()})
    if note.text:
        element.text = str(visible(note.text))
    if note.title:
        title = Element("title")
        title.text = str(visible(note.title))
        element.insert(0, title)
