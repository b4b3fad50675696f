import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from activelabel.cli.render.safe import safe
from activelabel.cli.render.text import wrapped

texts = st.text(st.sampled_from("ab é日本\N{COMBINING ACUTE ACCENT}\n🙂"), max_size=60)


@given(texts, st.integers(2, 20))
def test_no_row_is_wider_than_the_width(text, width):
    assert all(cell_len(row) <= width for row in wrapped(safe(text, newlines=True), width))


@given(texts, st.integers(2, 20))
def test_nothing_but_spaces_is_lost(text, width):
    shown = safe(text, newlines=True)

    assert "".join(wrapped(shown, width)).replace(" ", "") == shown.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("width", [1, 2])
def test_the_narrowest_width_comes_to_an_end(width):
    assert wrapped("日本", width) == ["日", "本"]
    assert len(wrapped("word " * 10, width)) >= 20


def test_rows_break_at_spaces_and_indents_stay():
    assert wrapped("    four words are here", 12) == ["    four", "words are", "here"]
    assert wrapped("добрый день всем", 12) == ["добрый день", "всем"]


def test_empty_lines_stay():
    assert wrapped("a\n\nb", 10) == ["a", "", "b"]
