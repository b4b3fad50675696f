"""The report as one self-contained page: no network, no foreign script, nothing that is not in the file."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from operator import attrgetter
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from activelabel.project.wording import counted
from activelabel.reporting.page import words
from activelabel.reporting.page.charts.calibration import reliability_diagram
from activelabel.reporting.page.charts.classes import MOST, class_by_class
from activelabel.reporting.page.charts.curve import learning_curve
from activelabel.reporting.page.charts.pool import key_of, pool_map
from activelabel.reporting.page.charts.timeline import KINDS, answers_over_time
from activelabel.reporting.page.gate import visible
from activelabel.reporting.page.marks import DOT, OTHERS, UNKNOWN, marks_of
from activelabel.reporting.shares import percent, share_words

if TYPE_CHECKING:
    from activelabel.reporting.page.sheet import PictureSheet
    from activelabel.reporting.summary import Summary

__all__ = ["SECTIONS", "Section", "html_page"]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its anchor, which is also the name of its template in ``page/sections``, and its heading.

    needs names what must be in the summary, and not empty, for the part to be drawn.
    """

    name: str
    heading: str
    needs: str

    def is_in(self, summary: Summary) -> bool:
        """Whether there is anything to draw."""
        return bool(attrgetter(self.needs)(summary))


SECTIONS = (
    Section("verdict", "How good, and is it worth going on?", "advice"),
    Section("curve", "Learning curve", "curve"),
    Section("classes", "Class by class", "classes"),
    Section("confusion", "What is taken for what", "confusion"),
    Section("propagated", "How right are the labels that were carried on?", "propagated.parts"),
    Section("calibration", "Does it know how sure to be?", "calibration"),
    Section("pool", "Map of the pool", "pool"),
    Section("clusters", "Groups of like items", "clusters"),
    Section("quality", "Labels worth another look", "quality"),
    Section("timeline", "The labelling", "timeline"),
    Section("provenance", "Where the figures come from", "provenance"),
)
"""In the order in which a reader asks."""


def html_page(summary: Summary, sheet: PictureSheet | None = None) -> str:
    """Return the report as a page.

    Everything that comes from data, settings or people is text in it: escaped, and cleared of what is no character. The
    content security policy allows this page's own style and script by their hashes, pictures inside the file, and
    nothing else.

    Parameters
    ----------
    summary
        The figures.
    sheet
        The pictures of the items that are on the map; None where they have none, or are not to be shown.
    """
    environment = _environment()
    style, script = (_text(environment, name) for name in ("style.css", "map.js"))
    return environment.get_template("page.html").render(
        summary=summary,
        sections=[section for section in SECTIONS if section.is_in(summary)],
        sheet=sheet,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


@cache
def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("activelabel.reporting", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(
        share=share_words,
        counted=counted,
        date=words.date,
        duration=words.duration,
        lasted=words.lasted,
        percent=percent,
        whole=words.whole,
    )
    found.globals.update(
        DOT=DOT,
        KINDS=KINDS,
        MOST=MOST,
        OTHERS=OTHERS,
        UNKNOWN=UNKNOWN,
        answers_over_time=answers_over_time,
        class_by_class=class_by_class,
        key_of=key_of,
        learning_curve=learning_curve,
        marks_of=marks_of,
        mistakes=words.mistakes,
        pool_map=pool_map,
        reliability_diagram=reliability_diagram,
        title=words.title,
        verdict=words.verdict,
    )
    return found


def _text(environment: Environment, name: str) -> str:
    if environment.loader is None:
        raise ValueError("an environment without a place for its templates")
    return environment.loader.get_source(environment, name)[0]


def _hash(text: str) -> str:
    """Return the hash of an inline style or script, as a content security policy names it."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
