from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from activelabel.cli.render.card import Entry, View, compose
from activelabel.cli.render.help import help_rows
from activelabel.cli.render.paper import LEFT_TO_RIGHT_MARK, Paper
from activelabel.cli.render.reasons import suggestion_words, why_words
from activelabel.cli.render.safe import safe
from activelabel.records.cards import Card, Suggestion, Why
from activelabel.records.contents import Content, ItemRecord, Picture
from activelabel.records.events import LabelClass
from activelabel.records.kinds import CardKind, Modality
from activelabel.records.progress import Estimate, Outlook, Progress

CLASSES = (LabelClass("h", "ham", "1"), LabelClass("s", "spam", "2"))
PROGRESS = Progress(80, 1717, {"h": 50, "s": 30}, CLASSES, Estimate(0.91, 0.81, 0.96, 62), pace=5.5)
TEXT = Content(Modality.TEXT, (("text", "some words\n" * 50),))
CARD = Card(
    ItemRecord("ab12-1", "ab12", TEXT),
    CardKind.UNCERTAIN,
    Why("margin", ("h", "s"), 12),
    suggestion=Suggestion("h", 0.8),
)
DIGIT = replace(CARD, item=replace(CARD.item, content=Content(Modality.IMAGE, picture=Picture(8, 8, 1, bytes(64)))))
foreign = st.text(st.characters(codec=None), max_size=30)


def screen(card=CARD, progress=PROGRESS, view=View(), size=(80, 24)):  # noqa: B008 - frozen
    return "\n".join(row.plain for row in compose(card, progress, view, Paper(*size)).rows)


def many(count):
    return tuple(LabelClass(f"c{number}", f"class {number}", "") for number in range(count))


@given(
    st.integers(1, 130),
    st.integers(1, 45),
    st.sampled_from([CARD, DIGIT]),
    st.integers(0, 60),
    st.integers(0, 100),
    st.sampled_from(
        [
            View(),
            View(message="saved"),
            View(message="said at length " * 30),
            View(entry=Entry("note:", "text" * 40)),
            View(entry=Entry("/", "", ())),
        ]
    ),
)
def test_a_frame_fills_its_paper_exactly(width, height, card, classes, scroll, view):
    progress = replace(PROGRESS, classes=many(classes), wanted=scroll, outlook=Outlook(20, 240.0, 0.006, 4, 3))
    frame = compose(card, progress, replace(view, scroll=scroll), Paper(width, height))

    assert len(frame.rows) == height
    assert all(row.cell_len <= width for row in frame.rows)
    assert frame.card_shown == (width >= 20 and height >= 6)
    assert frame.cursor is None or (frame.cursor[0] == height - 1 and frame.cursor[1] < width)


@given(st.integers(20, 130), st.integers(6, 45), st.lists(st.tuples(foreign, foreign), max_size=4), foreign)
def test_whatever_the_data_its_rows_stay_behind_the_gutter(width, height, fields, name):
    content = Content(Modality.TABLE, tuple(fields))
    card = replace(CARD, item=ItemRecord(name, "unit", content, user_id=name))
    progress = replace(PROGRESS, classes=(LabelClass("h", name, "1"),))
    frame = compose(card, progress, View(), Paper(width, height))

    drawn = [row.plain.replace(LEFT_TO_RIGHT_MARK, "") for row in frame.rows]
    assert all(safe(row) == row for row in drawn)
    assert len(frame.rows) == height


@pytest.mark.parametrize("rows", [6, 12, 24, 40])
def test_classes_take_a_third_of_the_height_at_most(rows):
    shown = screen(progress=replace(PROGRESS, classes=many(300)), size=(80, rows))

    assert 1 <= sum("class" in row and "+ new class" not in row for row in shown.splitlines()) <= rows // 3
    assert "more: /" in shown


def test_classes_keep_their_places_when_one_is_added():
    before = screen(progress=replace(PROGRESS, classes=many(3)))
    after = screen(progress=replace(PROGRESS, classes=many(4)))

    assert [before.index(f"class {number}") for number in range(3)] == [
        after.index(f"class {number}") for number in range(3)
    ]


def test_a_suggestion_is_a_word():
    assert suggestion_words(CARD, PROGRESS) == "ham, likely"
    assert suggestion_words(replace(CARD, suggestion=Suggestion("s", 0.79)), PROGRESS) == "spam, maybe"
    assert "suggestion: ham, likely" in screen()
    assert "0.8" not in screen()


@pytest.mark.parametrize("kind", CardKind)
def test_a_card_with_a_withheld_suggestion_shows_neither_guess_nor_reason(kind):
    hidden = replace(CARD, kind=kind, suggestion_hidden=True)

    assert screen(hidden) == screen(replace(hidden, kind=CardKind.AUDIT, why=Why("audit"), suggestion=None))


def test_every_kind_says_why_it_is_asked_when_it_may():
    assert why_words(CARD, PROGRESS) == "between ham and spam, 12 look like it"
    assert why_words(replace(CARD, kind=CardKind.REPRESENTATIVE), PROGRESS) == "stands for 12 items"
    assert why_words(replace(CARD, kind=CardKind.AUDIT), PROGRESS) == ""


@pytest.mark.parametrize("size", [(80, 24), (20, 6)])
def test_scrolling_reaches_every_line_of_a_long_text(size):
    card = replace(
        CARD, item=replace(CARD.item, content=Content(Modality.TEXT, (("t", "\n".join(map(str, range(99)))),)))
    )
    seen, scroll = set(), 0
    while True:
        frame = compose(card, PROGRESS, View(scroll), Paper(*size))
        rows = [row.plain for row in frame.rows]
        seen |= {row.split("│")[1].strip() for row in rows if "│" in row}
        if scroll >= frame.last_scroll:
            break
        scroll += frame.page

    assert set(map(str, range(99))) <= seen


def test_what_is_folded_away_is_counted():
    shown = screen()

    assert "… 37 more lines below (Page Down)" in shown
    assert shown.count("│ some words") == 14


def test_the_end_of_a_long_typed_line_is_seen():
    assert screen(view=View(entry=Entry("note:", "x" * 100 + "END"))).splitlines()[-1].endswith("END")


def test_the_help_names_what_the_card_had_no_room_for():
    progress = replace(PROGRESS, classes=many(3))
    rows = [row.plain for row in help_rows(CARD, progress, {}, Paper(80, 40))]

    assert any("class 2" in row for row in rows)
    assert any("found with /" in row for row in rows)
    assert any("(80 %)" in row for row in rows)


def test_a_withheld_suggestion_is_not_in_the_help_either():
    rows = [row.plain for row in help_rows(replace(CARD, suggestion_hidden=True), PROGRESS, {}, Paper(80, 40))]

    assert not any("suggestion:" in row for row in rows)


@pytest.mark.parametrize("encoding", ["ascii", "iso8859-1"])
def test_frames_can_be_written_in_every_encoding(encoding):
    odd = replace(CARD, item=replace(CARD.item, content=Content(Modality.TABLE, (("日本", "naïve …"),))))
    frame = compose(odd, PROGRESS, View(message="…", entry=None), Paper(80, 24, encoding=encoding))

    assert all(row.plain.encode(encoding) is not None for row in frame.rows)
    assert max(cell_len(row.plain) for row in frame.rows) <= 80


OUTLOOK = replace(PROGRESS, outlook=Outlook(20, 240.0, 0.006, 4, 3))


@pytest.mark.parametrize(
    ("size", "last"),
    [
        ((120, 40), ["should add 0.6", "points. 3 of 4 signs say stop."]),
        ((80, 24), ["The next 20 answers,", "about 4 min at your pace, should add 0.6 points. 3 of 4 signs say stop."]),
        ((40, 12), ["saved: ham; next 20, about 4 min: +0.6", "points; 3 of 4 signs say stop"]),
    ],
)
def test_what_comes_next_stands_behind_what_was_saved_at_every_size(size, last):
    rows = screen(progress=OUTLOOK, view=View(message="saved: ham"), size=size).splitlines()

    assert all(words in row for words, row in zip(reversed(last), reversed(rows), strict=False))


def test_a_message_takes_as_many_rows_as_the_height_allows():
    view = View(message="a line of many words " * 10)

    assert [screen(view=view, size=(40, height)).count("many words") for height in (8, 12, 24)] == [1, 2, 4]
    assert screen(view=view, size=(40, 24)).endswith("…")


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
def test_classes_that_are_short_are_marked_in_the_legend(size):
    shown = screen(progress=replace(PROGRESS, wanted=40), size=size)

    assert "[1] ham 50 " in shown
    assert "[2] spam 30/40" in shown
