import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from activelabel.cli.render.found import found_rows
from activelabel.cli.render.paper import Paper
from activelabel.cli.search import Search
from activelabel.records.events import LabelClass
from activelabel.records.progress import Progress
from activelabel.session.classes.keys import next_class_key

NAMES = [
    "日本梨",
    "תפוח עץ",
    "🍎🍏 emoji",
    "تفاحة",
    "naïve",
    "a name longer than a narrow window",
    "fruit/a",
    "fruit/b",
]
names_of_any_script = st.lists(
    st.text(st.sampled_from("ab/ é日本פ🍎👩‍👩ﷺ\u0301"), min_size=1, max_size=30), min_size=1, max_size=60
)


def found(names, typed, marked, width, rows):
    classes = []
    for number, name in enumerate(names):
        classes.append(LabelClass(f"c{number}", name, next_class_key(name, [known.key for known in classes])))
    search = Search(Progress(0, 9, {"c0": 1_234}, tuple(classes)))
    search.type(typed)
    search.mark(marked)
    return [row.plain for row in found_rows(search.found, search.marked, rows, Paper(width, 3 * rows))]


@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_what_stands_behind_names_of_every_script_is_in_one_column(width):
    rows = found(NAMES, "", 1, width, 20)
    behind = [re.search(r"(?<=  )\d[\d,]*( classes, \d labels)?$", row) for row in rows]
    columns = {cell_len(count.string[: count.start()]) for count in behind if count}

    assert max(map(cell_len, rows)) <= width
    # where names need the room there are no counts
    assert len(columns) == (width > 40)
    assert [row[:2] for row in rows].count("> ") == 1


@given(names_of_any_script, st.integers(0, 70), st.integers(20, 130), st.integers(2, 14))
def test_the_marked_row_is_always_seen(names, marked, width, rows):
    shown = found(names, "", marked, width, rows)

    assert 1 <= len(shown) <= rows
    assert max(map(cell_len, shown)) <= width
    assert [row[:2] for row in shown].count("> ") == 1


def test_a_key_that_is_two_cells_wide_moves_no_name():
    rows = found(["日", "ham", *map(str, range(40))], "", 0, 80, 50)

    names = [row.rpartition("]")[2].removeprefix(">").lstrip() for row in rows]

    assert {cell_len(row) - cell_len(name) for row, name in zip(rows, names, strict=True)} == {7}


def test_what_is_below_is_counted():
    names = [f"class {number}" for number in range(40)]

    assert found(names, "", 0, 40, 4)[-1] == "  … 37 more"
    assert found(names, "", 39, 40, 4)[-1].startswith("> ")
    assert found(names, "zzz", 0, 40, 4) == [" no class matches"]
