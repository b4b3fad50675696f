import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from activelabel.cli.render.legend import legend_rows
from activelabel.cli.render.paper import Paper
from activelabel.records.events import LabelClass
from activelabel.session.classes.keys import next_class_key

WIDE = [
    "日本梨",
    "תפוח עץ",
    "🍎🍏 emoji",
    "تفاحة",
    "naïve",
    "a name that is longer than any column has room for",
    "한국어 배",
]
widths = pytest.mark.parametrize("width", [20, 40, 80, 120])
names_of_any_script = st.lists(
    st.text(st.sampled_from("ab/ é日本פ🍎👩‍👩ﷺ\u0301"), min_size=1, max_size=30), min_size=1, max_size=60
)


def classes_of(names):
    classes = []
    for number, name in enumerate(names):
        classes.append(LabelClass(f"c{number}", name, next_class_key(name, [known.key for known in classes])))
    return classes


def legend(names, width, rows, counts=None):
    return [row.plain for row in legend_rows(classes_of(names), counts or {}, rows, Paper(width, 3 * rows))]


def places(row, pattern):
    return [cell_len(row[: found.start()]) for found in re.finditer(pattern, row)]


@widths
def test_names_of_every_script_stand_in_columns(width):
    rows = legend(WIDE, width, 20, dict.fromkeys(("c0", "c1"), 7))
    columns = [places(row, r"\[\w\]") for row in rows]

    assert sum(map(len, columns)) == len(WIDE)
    assert all(column == max(columns, key=len)[: len(column)] for column in columns)
    assert max(map(cell_len, rows)) <= width


@widths
@pytest.mark.parametrize("rows", [1, 2, 4, 8, 13])
def test_five_hundred_classes_take_the_rows_they_are_given_and_say_how_many_are_left(width, rows):
    shown = legend([f"class {number}" for number in range(500)], width, rows)
    single = sum(len(re.findall(r"class \d+", row)) for row in shown)

    assert len(shown) <= rows
    assert f"… {500 - single} more: /" in shown[-1]


@given(names_of_any_script, st.integers(20, 130), st.integers(1, 14))
def test_no_row_is_wider_than_the_paper(names, width, rows):
    shown = legend(names, width, rows)

    assert len(shown) <= rows
    assert max(map(cell_len, shown)) <= width


def test_classes_with_keys_come_first_however_late_they_were_made():
    names = [f"class {number}" for number in range(40)] + ["é"]
    shown = " ".join(legend(names, 60, 30))

    assert shown.index("[é]") < shown.index("class 37")


def test_use_decides_who_is_shown_and_never_where():
    names = [f"class {number}" for number in range(30)]
    shown = legend(names, 40, 2, {"c3": 1, "c20": 9, "c11": 5})

    assert shown == [" [1] class 0  [4] class 3  [b] class 11", " [k] class 20  … 26 more: /"]


def test_groups_take_the_place_of_their_classes_when_not_all_fit():
    names = [
        "x" * 12,
        *(f"class {n}" for n in range(35)),
        *(f"fruit/{n}" for n in range(12)),
        "tea",
        "bread/a",
        "bread/b",
    ]
    shown = " ".join(" ".join(legend(names, 80, 8)).split())

    assert shown.endswith("[z] class 34 fruit/ 12 bread/ 2 tea")
    assert "[z] class 34" in shown


def test_a_long_path_keeps_the_part_that_tells_it_from_others():
    shown = legend(["birds/of/the/north/snow goose", "a" * 40], 40, 3)

    assert [row.rstrip() for row in shown] == [" [1] …/snow goose 0", f" [2] {'a' * 23}… 0"]
