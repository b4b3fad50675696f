"""Text that is not one cell a letter: no row leaves its frame, and columns stay columns."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from support.play import cards_of

from activelabel.cli.render.card import Entry, View, compose
from activelabel.cli.render.help import help_rows
from activelabel.cli.render.leaf import Leaf, leaf_frame
from activelabel.cli.render.paper import LEFT_TO_RIGHT_MARK, Paper
from activelabel.cli.render.table_row import field_rows
from activelabel.records.contents import Content, ItemRecord
from activelabel.records.events import LabelClass
from activelabel.records.kinds import Modality
from activelabel.records.progress import Progress

NASTY = [
    "مرحبا بالعالم",
    "שלום עולם",
    "שָׁלוֹם",
    "می\N{ZERO WIDTH NON-JOINER}خواهم",
    "क्\N{ZERO WIDTH JOINER}षि",
    "日本語のテキスト",
    "ﾊﾝｶｸ",
    "한국어 각",
    "👨\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧",
    "❤\N{VARIATION SELECTOR-16}",
    "1\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}",
    "👍🏽",
    "🇩🇪🇫🇷",
    "e\N{COMBINING ACUTE ACCENT}" * 3,
    "Z\N{COMBINING TILDE}\N{COMBINING RING ABOVE}\N{COMBINING DOT BELOW}\N{COMBINING MACRON}" * 9,
    "\N{COMBINING ACUTE ACCENT}alone",
    "ก็ที่",
    "ﷺﷺﷺ",
    "\N{ZERO WIDTH SPACE}\N{RIGHT-TO-LEFT OVERRIDE}\N{LEFT-TO-RIGHT MARK}",
    "\N{IDEOGRAPHIC SPACE}全角",
    "tab\tand\nline",
]
WIDTHS = [20, 40, 80]
some_text = st.lists(st.sampled_from([*NASTY, "plain words", " ", "x" * 30]), max_size=4).map("".join)


def overfull(frame, paper):
    assert len(frame.rows) == paper.height
    return [row.plain for row in frame.rows if row.cell_len > paper.width or cell_len(row.plain) > paper.width]


def classes_of(names):
    return tuple(
        LabelClass(f"c{place}", name, "" if place > 35 else f"{place % 10}") for place, name in enumerate(names)
    )


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(some_text, min_size=4, max_size=4),
    names=st.lists(some_text, max_size=6),
    width=st.sampled_from(WIDTHS),
    height=st.sampled_from([6, 8, 12, 24]),
    modality=st.sampled_from([Modality.TEXT, Modality.TABLE]),
)
def test_no_row_of_any_frame_is_wider_than_the_paper(texts, names, width, height, modality):
    field, value, name, typed = texts
    paper = Paper(width, height)
    item = ItemRecord("i-1", "i", Content(modality, ((field, value), (value, field)), path=name), user_id=name)
    card = replace(next(cards_of("text", 1, hidden=False)), item=item)
    progress = Progress(3, 1_000, {"c0": 12}, classes_of(names), message=value, pace=4.0)

    for view in (View(), View(message=value), View(entry=Entry(field, typed)), View(scroll=3)):
        assert overfull(compose(card, progress, view, paper), paper) == []
    leaf = Leaf(field, lambda paper: help_rows(card, progress, {}, paper), tuple(names))
    assert overfull(leaf_frame(leaf, paper), paper) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("text", NASTY)
def test_values_stand_in_one_column_whatever_the_names_are(text, width):
    rows = field_rows(((text, "here"), ("plain", "here")), width, Paper(width, 24))
    starts = {cell_len(row.plain[: row.plain.index("here")]) for row in rows if "here" in row.plain}

    assert len(starts) == 1


@pytest.mark.parametrize("text", ["مرحبا", "שלום"])
def test_what_reads_from_right_to_left_keeps_to_itself_on_a_terminal_that_turns_it_round(text):
    paper = Paper(80, 24)

    assert paper.foreign(text) == text + LEFT_TO_RIGHT_MARK
    assert paper.clip(paper.foreign(text), 3) == f"{text[:2]}…{LEFT_TO_RIGHT_MARK}"
    assert paper.foreign(f"{text}\n{text}", newlines=True) == f"{text}\n{text}"


def test_joiners_are_spelling_between_letters_that_join_and_shown_everywhere_else():
    paper = Paper(80, 24)

    assert "\N{ZERO WIDTH NON-JOINER}" in paper.foreign("می\N{ZERO WIDTH NON-JOINER}خواهم")
    assert paper.foreign("a\N{ZERO WIDTH JOINER}b") == "a<U+200D>b"
    assert paper.foreign("می\N{ZERO WIDTH NON-JOINER} x").startswith("می<U+200C>")
