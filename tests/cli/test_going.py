"""Ctrl-G: what is typed, what is listed, and what comes next."""

import pytest

from activelabel.cli.render.reasons import why_words
from activelabel.records.cards import Card, Why
from activelabel.records.contents import Content, ItemRecord
from activelabel.records.kinds import CardKind, Modality
from activelabel.records.progress import Progress
from activelabel.session.cards import ASKED_FOR

SIZES = [(120, 40), (80, 24), (40, 12)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_an_item_of_the_list_comes_next(play, size):
    terminal = play("text", "--cards=12", size=size)
    terminal.shows("item00-1")
    terminal.press("\x07")
    terminal.shows("go to:")
    terminal.press("item\r")
    assert "> item00" in terminal.shows("20 items and 10 more: item")
    terminal.press("\x1b[B\t")
    terminal.shows("> item02")
    terminal.press("\r")
    terminal.shows("item02-1")
    terminal.press("2")
    terminal.shows("item03-1")
    terminal.press("\x04")

    assert terminal.replies() == [[0, "GoTo", "item02-1"], [2, "Chosen", "c1"], [3, "Stop"]]
    assert terminal.restored()
    assert terminal.foreign_codes() == []


def test_a_single_hit_comes_without_a_list(play):
    terminal = play("text", "--cards=12", NO_COLOR="1")
    terminal.shows("item00-1")
    terminal.press("\x07line 7\r")
    terminal.shows("item07-1")
    terminal.press("\x04")

    assert terminal.replies() == [[0, "GoTo", "item07-1"], [7, "Stop"]]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("\x07nowhere\x1b[2J\r", "no item whose id begins with, or whose text contains: nowhere"),
        ("\x07broken\r", "the copy of the data is not there; try again soon"),
        ("\x07\r", "[1] ham"),
        ("\x07  \r", "[1] ham"),
        ("\x07ite\x1b", "[1] ham"),
        ("\x07item\r\x1b", "[1] ham"),
    ],
)
def test_a_search_that_finds_or_takes_nothing_leaves_the_card(play, keys, words):
    terminal = play("text", "--cards=12")
    terminal.shows("item00-1")
    for key in keys:
        terminal.press(key)
    terminal.shows(words)
    terminal.listens(0.1)
    terminal.press("\x04")

    assert terminal.replies() == [[0, "Stop"]]


def test_plainly_the_list_has_numbers(play):
    terminal = play("text", "--cards=12", "--plain")
    terminal.reads_until("key 2: spam")
    terminal.press("\x07")
    terminal.reads_until("go to:")
    terminal.press("line 1\r")
    terminal.reads_until("11 items: line 1")
    terminal.reads_until("2: item10")
    terminal.reads_until("number (1):")
    terminal.press("2\r")
    terminal.reads_until("item item10-1")
    terminal.press("\x04")

    assert terminal.replies() == [[0, "GoTo", "item10-1"], [10, "Stop"]]


def test_the_card_says_that_the_person_went_to_it():
    item = ItemRecord("u-1", "u", Content(Modality.TEXT))

    for kind in (CardKind.UNCERTAIN, CardKind.SECOND_LOOK):
        assert why_words(Card(item, kind, Why(ASKED_FOR, ("a", "b"), 12)), Progress(0, 9, {}, ())) == "you went to it"
