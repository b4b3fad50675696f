import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from activelabel.reporting.exports.formulas import defused, defused_sheet, restored
from activelabel.reporting.exports.sheet import Column, Sheet

anything = st.text(st.characters(codec=None)) | st.text(st.sampled_from("'=+-@\t\r\n\x00\uff1d5.e "))


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x00=1", "\uff1d1+1", "\uff20x", "--1"],
)
def test_what_a_spreadsheet_would_run_gets_a_mark_before_it(cell):
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "ham", "-5", "+49", "-1.5e-3", ".5", "1=1", "'tis", "a\n=1", " =1"])
def test_plain_numbers_and_other_text_stay_as_they_are(cell):
    assert defused(cell) == cell


@given(anything)
@example("'=1")
@example("''-5")
@example("'-5")
def test_what_was_defused_can_be_restored_exactly(cell):
    assert restored(defused(cell)) == cell


@given(anything)
def test_nothing_defused_begins_like_a_formula_unless_it_is_a_number(cell):
    shown = defused(cell)

    assert not shown.startswith(("=", "@", "\t", "\r", "\n", "\x00", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
    if shown.startswith(("+", "-")):
        float(shown)


def test_column_names_are_defused_and_numbers_are_not_texts():
    sheet = defused_sheet(Sheet((Column("=a"), Column("b")), [("@x", -1), (None, 0.5)]))

    assert [column.name for column in sheet.columns] == ["'=a", "b"]
    assert list(sheet.rows) == [("'@x", -1), (None, 0.5)]
