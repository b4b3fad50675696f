import pytest

from activelabel.cli.render.learning_curve import curve_rows
from activelabel.cli.render.paper import Paper
from activelabel.records.progress import Estimate
from activelabel.reporting.summary import CurvePoint


def point(answers, value, half=0.05, n=60):
    return CurvePoint(answers, Estimate(value, max(0, value - half), min(1, value + half), n), None)


CURVE = [point(10, 0.6, 0.12), point(20, 0.7), point(50, 0.85), point(64, 0.9)]


def drawn(curve, width=80, encoding="utf-8"):
    return [row.plain for row in curve_rows(curve, Paper(width, 24, encoding))]


def test_every_point_stands_in_its_row_and_column_within_its_band():
    rows = drawn(CURVE)
    points = sorted((row.index("●"), number) for number, row in enumerate(rows) if "●" in row)

    assert len(points) == 4
    assert [number for _, number in points] == sorted((number for _, number in points), reverse=True)
    column = points[0][0]
    assert [row[column] for row in rows[:-1] if len(row) > column].count("░") >= 2


def test_the_axis_names_the_share_and_the_answers():
    rows = drawn(CURVE)

    assert rows[0].startswith("100 %")
    assert rows[7].startswith(" 40 %")
    assert rows[8].split() == ["10", "20", "50", "64", "answers"]


@pytest.mark.parametrize("width", [31, 40, 80, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_no_row_is_wider_than_the_paper_nor_outside_the_encoding(width, encoding):
    rows = drawn(CURVE, width, encoding)

    assert len(rows) == 9
    assert max(map(len, rows)) <= width
    assert all(row.isascii() for row in rows) == (encoding == "ascii")


def test_labels_of_near_points_do_not_run_into_each_other():
    rows = drawn([point(answers, 0.8) for answers in (1000, 1010, 1020, 1030, 2000)], 40)

    assert rows[-1].split() == ["1,000", "2,000", "answers"]


@pytest.mark.parametrize("curve", [[], CURVE[:1], [CurvePoint(10, None, None), CurvePoint(20, None, None)]])
def test_fewer_than_two_known_points_are_not_drawn(curve):
    assert drawn(curve) == []


def test_a_flat_curve_without_any_width_is_a_line():
    rows = drawn([point(10, 1.0, 0), point(20, 1.0, 0)])

    assert rows[0].count("─") > 40


def test_points_that_rest_on_few_answers_are_not_drawn():
    assert drawn([point(10, 0.5, n=9), point(20, 0.7, n=9)]) == []
