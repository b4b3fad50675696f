"""Answers given before fit any room, in any words, and the keys say what they mean beside them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activelabel.cli.keys import Action
from activelabel.cli.render.card import View, compose
from activelabel.cli.render.given import enter_means, given_rows, key_words, said_words
from activelabel.cli.render.paper import LEFT_TO_RIGHT_MARK, Paper
from activelabel.cli.render.precedents import precedent_rows
from activelabel.cli.render.reasons import why_in, why_words
from activelabel.cli.render.safe import safe
from activelabel.records.cards import Card, GivenAnswer, Precedent, Pull, Suggestion, Why
from activelabel.records.contents import Content, ItemRecord
from activelabel.records.events import LabelClass
from activelabel.records.kinds import CardKind, Modality
from activelabel.records.progress import Progress

NOW = "2026-01-04T00:00:00+00:00"
PROGRESS = Progress(80, 900, {}, (LabelClass("h", "ham", "1"), LabelClass("s", "spam", "2")), annotator="ann")
HAM = GivenAnswer("e1", "h", "ham", "ann", "2026-01-01T00:00:00+00:00", ("a list",))
ITEM = ItemRecord("u-1", "u", Content(Modality.TEXT, (("text", "win a free list"),)))
LOOK = Card(ITEM, CardKind.SECOND_LOOK, Why("suspect"), suggestion=Suggestion("s", 0.9), answered=(HAM,))
UNCERTAIN = Card(ITEM, CardKind.UNCERTAIN, Why("margin", ("h", "s"), 12, 11.6), suggestion=Suggestion("s", 0.9))
foreign = st.text(st.characters(codec=None), max_size=30)


def by(who, class_id, said, *notes):
    return replace(HAM, annotator=who, class_id=class_id, said=said, notes=notes)


def plain(rows):
    return [row if isinstance(row, str) else row.plain for row in rows]


def test_an_answer_is_told_with_who_gave_it_and_when():
    assert said_words(HAM, PROGRESS, NOW) == "you said ham, 3 days ago"
    assert said_words(by("bob", "", "(not sure)"), PROGRESS, NOW) == "bob said not sure, 3 days ago"
    assert said_words(by("ann", "b", "bird"), PROGRESS, NOW) == "you said bird, which was split, 3 days ago"


def test_enter_keeps_what_can_be_kept_and_has_no_default_between_two():
    split = replace(LOOK, answered=(by("ann", "b", "bird"),))
    decide = replace(LOOK, kind=CardKind.ADJUDICATION, suggestion=None, answered=(HAM, by("bob", "s", "spam")))

    assert [enter_means(card, PROGRESS) for card in (LOOK, split, decide, UNCERTAIN)] == ["keep", "", "", "accept"]
    assert key_words(LOOK, PROGRESS)[Action.SKIP] == "later"
    assert key_words(LOOK, replace(PROGRESS, place=(3, 17)))[Action.SKIP] == "next"


@pytest.mark.parametrize(("width", "rows"), [(120, 2), (80, 2), (59, 4), (40, 4)])
def test_two_answers_stand_side_by_side_where_there_is_room(width, rows):
    decide = replace(LOOK, answered=(HAM, by("bob", "s", "spam", "free money")))
    shown = plain(given_rows(decide, PROGRESS, NOW, 9, Paper(width, 24)))

    assert len(shown) == rows
    assert "".join(shown).count("note: ") == 2


def test_notes_are_left_out_before_answers():
    decide = replace(LOOK, answered=(HAM, by("bob", "s", "spam", "free money")))

    assert plain(given_rows(decide, PROGRESS, NOW, 2, Paper(40, 24))) == [
        " you said ham, 3 days ago",
        " bob said spam, 3 days ago",
    ]
    assert plain(given_rows(decide, PROGRESS, NOW, 1, Paper(40, 24))) == [" you: ham, bob: spam"]
    assert given_rows(decide, PROGRESS, NOW, 0, Paper(40, 24)) == []


@given(st.integers(20, 130), st.integers(6, 45), st.lists(st.tuples(foreign, foreign), min_size=1, max_size=4), foreign)
def test_whatever_was_said_the_frame_is_whole_and_safe(width, height, said, note):
    answers = tuple(by(who or "x", "h", word, note) for who, word in said)
    frame = compose(replace(LOOK, answered=answers), PROGRESS, View(now=NOW), Paper(width, height))

    assert len(frame.rows) == height
    shown = [row.plain.replace(LEFT_TO_RIGHT_MARK, "") for row in frame.rows]
    assert all(row.cell_len <= width for row in frame.rows)
    assert shown == [safe(row) for row in shown]


def test_the_last_reasons_are_left_out_first_where_room_is_short():
    paper = Paper(80, 24)

    assert why_words(UNCERTAIN, PROGRESS) == (
        "between ham and spam, 12 look like it, should change about 12 predictions"
    )
    assert why_in(72, UNCERTAIN, PROGRESS, paper) == "between ham and spam, 12 look like it"
    assert why_in(30, UNCERTAIN, PROGRESS, paper) == "between ham and spam"
    assert why_in(10, UNCERTAIN, PROGRESS, paper) == "between h…"


@pytest.mark.parametrize(("change", "words"), [(None, ""), (0.4, ""), (0.5, "1 prediction"), (12.2, "12 predictions")])
def test_an_expected_change_is_told_where_there_is_one(change, words):
    card = replace(UNCERTAIN, why=Why("margin", ("h", "s"), 1, change))

    assert why_words(card, PROGRESS).partition("about ")[2] == words


def test_precedents_stand_under_the_class_that_was_given_and_note_what_was_said():
    found = [Precedent(ITEM, HAM), Precedent(ITEM, by("ann", "s", "spam"))]
    card = replace(UNCERTAIN, pulls=(Pull("list", "h"), Pull("free", "s"), Pull("win", "s")))
    rows = plain(precedent_rows(card, found, NOW, PROGRESS, Paper(80, 24)))

    assert rows == [
        "win a free list",
        "for ham: list",
        "for spam: free, win",
        "",
        "ham:",
        "  win a free list",
        "  u-1, 3 days ago; note: a list",
        "",
        "spam:",
        "  win a free list",
        "  u-1, 3 days ago",
    ]


def test_a_card_that_withholds_what_is_thought_names_no_words_that_pull():
    card = replace(UNCERTAIN, pulls=(Pull("list", "h"),), suggestion_hidden=True)
    rows = plain(precedent_rows(card, [], NOW, PROGRESS, Paper(80, 24)))

    assert rows == ["no precedents: nothing that you decided is known to be near"]


def test_of_a_long_text_the_rows_with_words_that_pull_are_shown():
    text = "\n".join(f"line {number}" for number in range(99)) + "\nwin now"
    card = replace(
        UNCERTAIN,
        item=replace(ITEM, content=Content(Modality.TEXT, (("text", text),))),
        pulls=(Pull("win", "s"),),
    )

    assert plain(precedent_rows(card, [], NOW, PROGRESS, Paper(80, 24)))[:2] == ["win now", "for spam: win"]


@given(foreign, foreign, st.integers(20, 120), st.booleans())
def test_hostile_precedents_are_shown_and_not_obeyed(text, note, width, spoken):
    content = Content(Modality.TEXT, (("text", text),))
    found = [Precedent(replace(ITEM, content=content, user_id=note), by("ann", "h", text, note))]
    rows = plain(precedent_rows(UNCERTAIN, found, NOW, PROGRESS, Paper(width, 24, spoken=spoken)))

    shown = [row.replace(LEFT_TO_RIGHT_MARK, "") for row in rows]
    assert shown == [safe(row) for row in shown]
