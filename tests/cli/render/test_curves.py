"""What simulate found fits the width there is, and says who is who."""

import io

import pytest

from activelabel.cli.console import console_on
from activelabel.cli.render.curves import book_table, curve_table, plot
from activelabel.records.settings import Algorithms
from activelabel.session.book import FIGURES, Figure
from activelabel.session.simulate import Contender, Point, Result

FULL = [0.98, 0.96]


def results():
    points = [Point(labels, (0.5 + labels / 250, 0.52 + labels / 250), (0.5, 0.5)) for labels in (10, 20, 50, 100)]
    return [Result(Contender(name, Algorithms()), list(points), [0.1, 0.3]) for name in ("default", "margin [bold]")]


def drawn(shown, width):
    stream = io.StringIO()
    console = console_on(stream, no_color=True, environ={"TERM": "xterm", "COLUMNS": str(width)})
    console.print(shown(console) if callable(shown) else shown)
    return stream.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_table_fits_and_names_every_contender(width):
    text = drawn(curve_table(results(), FULL), width)

    assert all(len(line) <= width for line in text.splitlines())
    assert "A  default" in text
    assert "B  margin [bold]" in text
    assert "55.0" in text
    assert "97.0 ±1.0, over 2 splits" in text


def test_the_plot_has_a_mark_for_each_contender_and_one_where_they_meet():
    apart = results()
    apart[1].curve[0] = Point(10, (0.7, 0.7), (0.5, 0.5))
    text = drawn(lambda console: plot(apart, 0.97, console), 80)

    assert "A" in text
    assert "B" in text
    assert "*" in text
    assert "---" in text


def test_the_book_is_shown_beside_ours():
    figures = [Figure(name, published, (0.9, 0.92)) for name, published in FIGURES.items()]
    text = drawn(book_table(figures), 100)

    assert all(f"{published:.4f}" in text for published in FIGURES.values())
    assert "0.9100 ±0.0100" in text
