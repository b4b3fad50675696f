from rich.cells import cell_len

from activelabel.cli.render.paper import Paper
from activelabel.cli.render.table_row import field_rows

PAPER = Paper(40, 20)


def rows_of(fields, width=40):
    return [row.plain for row in field_rows(fields, width, PAPER)]


def test_values_stand_in_one_column_whatever_the_width_of_their_names():
    rows = rows_of((("日本", "one"), ("é", "two"), ("name", "three")))

    assert {cell_len(row[: row.index(word)]) for row, word in zip(rows, ["one", "two", "three"], strict=True)} == {6}


def test_a_long_value_is_folded_in_its_own_column():
    assert rows_of((("n", "aaaa bbbb cccc"),), 10) == ["n  aaaa", "   bbbb", "   cccc"]


def test_line_ends_in_a_value_start_no_field():
    assert rows_of((("a", "1\nb  2"),)) == ["a  1", "   b  2"]


def test_names_take_a_third_at_most():
    assert rows_of((("a very long name indeed", "1"),), 30) == ["a very lo…  1"]


def test_names_and_values_are_made_safe():
    assert rows_of((("\x1b[1m", "[red]\x9b"),)) == ["␛[1m  [red]<9B>"]


def test_no_fields_are_no_rows():
    assert rows_of(()) == []
