import os
import subprocess
import sys
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from activelabel.reporting.page.gate import visible
from activelabel.reporting.page.inline import COLOURS, Note, inline

foreign = st.text(st.characters(exclude_categories=()), min_size=1, max_size=30)
WHOLE = Note("a line", attributes={"role": "img"})


def figure_of(colour=COLOURS["first"]):
    """Return a line with a mark at three places, the last one at the edge, and a text."""
    figure = Figure()
    axes = figure.subplots()
    axes.set(xlim=(0, 2), ylim=(0, 1))
    axes.plot([0, 1, 2], [0.2, 0.5, 1], "o-", color=colour, markerfacecolor=COLOURS["paper"])
    axes.plot([0, 1, 2], [0.1, 0.4, 0.9], "o", color=COLOURS["k3"], gid="marks")
    axes.text(1, 0.5, "here", gid="text")
    for part in [figure.patch, axes.patch, *axes.spines.values()]:
        part.set_visible(False)
    axes.tick_params(length=0)
    return figure


def drawn(name="one", parts=None):
    return fromstring(inline(figure_of(), name, WHOLE, parts or {}))


def marks(root):
    return [use for use in root.iter("use") if use.find("title") is not None]


def test_nothing_is_left_of_sizes_styles_fonts_or_of_colours_but_those_of_the_page():
    root = drawn()
    attributes = {name: value for element in root.iter() for name, value in element.attrib.items()}
    values = {value for element in root.iter() for name, value in element.attrib.items() if name in {"fill", "stroke"}}

    assert {element.tag for element in root.iter()} == {"svg", "title", "g", "defs", "path", "use", "text"}
    assert set(attributes) <= {
        *("viewBox", "role", "aria-labelledby", "id", "href", "d", "x", "y", "text-anchor"),
        *("fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"),
    }
    assert values == {"none", "var(--first)", "var(--paper)", "var(--k3)"}


def test_a_figure_is_the_same_to_the_byte_each_time():
    assert inline(figure_of(), "one", WHOLE) == inline(figure_of(), "one", WHOLE)


def test_a_colour_without_a_name_is_refused():
    with pytest.raises(KeyError):
        inline(figure_of("#123456"), "one", WHOLE)


def test_each_mark_gets_its_own_note_in_the_order_in_which_they_are_drawn():
    notes = [Note(name, attributes={"data-item": name}) for name in ("left", "middle", "right")]
    found = marks(drawn(parts={"marks": notes}))

    assert [use.find("title").text for use in found] == [use.get("data-item") for use in found]
    assert [use.get("data-item") for use in sorted(found, key=lambda use: float(use.get("x")))] == [
        "left",
        "middle",
        "right",
    ]


@pytest.mark.parametrize("count", [0, 2, 4])
def test_notes_that_do_not_fit_what_is_drawn_are_refused(count):
    with pytest.raises(ValueError, match="zip"):
        drawn(parts={"marks": [Note("a mark")] * count})


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(foreign)
def test_foreign_text_is_text_whatever_it_says(text):
    parts = {"text": [Note(text=text)], "marks": [Note(text, attributes={"data-item": text})] * 3}
    root = drawn(parts=parts)
    seen = str(visible(text))

    assert [element.text for element in root.iter("text")][-1] == seen
    assert [(use.find("title").text, use.get("data-item")) for use in marks(root)] == [(seen, seen)] * 3
    assert len(list(root.iter())) == len(list(drawn(parts={"marks": [Note("a mark")] * 3}).iter()))


def test_figures_of_a_page_share_no_id_and_refer_to_their_own():
    ids = []
    for name in ("one", "two"):
        root = drawn(name)
        ids.append({element.get("id") for element in root.iter() if element.get("id")})
        referred = {use.get("href").removeprefix("#") for use in root.iter("use")}
        assert ids[-1] == referred | {root.get("aria-labelledby")}

    assert not ids[0] & ids[1]


def test_without_a_title_nothing_refers_to_one():
    root = fromstring(inline(figure_of(), "one", Note(attributes={"aria-hidden": "true"})))

    assert (root.find("title"), root.get("aria-labelledby")) == (None, None)


def test_a_home_that_cannot_be_written_is_no_news(tmp_path):
    (tmp_path / "file").touch()
    draw = "from activelabel.reporting.page.charts.canvas import canvas"
    environment = {**os.environ, "MPLCONFIGDIR": str(tmp_path / "file" / "home")}
    done = subprocess.run([sys.executable, "-c", draw], env=environment, capture_output=True, text=True, check=True)

    assert done.stderr == ""
