"""Tab on a card: the cluster of its item, and a menu of what can be said about all of it."""

import pytest

from activelabel.records.kinds import EventKind
from activelabel.session.learner import Learner

SIZES = [(120, 40), (80, 24), (40, 12)]
UP, DOWN = "\x1b[A", "\x1b[B"


# --- the menu, with cards from a list ---


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("content", ["text", "table", "digit", "hostile", "vectors"])
def test_tab_shows_the_cluster_and_enter_takes_its_likeliest_class(play, size, content):
    terminal = play(content, "--cards=1", size=size)
    terminal.shows("item00-1" if content != "hostile" else "[1] ham")
    terminal.press("\t")
    shown = terminal.shows("> all 312 are ham")
    terminal.press("\r")

    assert "cluster 7: 312 items" in shown
    assert "all 312 are spam" in shown
    assert all(len(line) <= size[0] for line in shown.splitlines())
    assert terminal.replies()[0] == [0, "AllAre", "7", "c0"]
    assert terminal.foreign_codes() == []


def test_members_and_labels_are_shown_where_there_is_room(play):
    terminal = play("text", "--cards=1", size=(120, 40))
    terminal.shows("item00-1")
    terminal.press("\t")
    shown = terminal.shows("least typical")

    assert "labels so far: ham (2), spam (1)" in shown
    assert "the model: ham, likely" in shown
    assert shown.count("It is a truth universally") == 9


def test_another_class_is_found_by_typing(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.press(f"\t{DOWN}{DOWN}")
    terminal.shows("> another class")
    terminal.press("\rspam")
    terminal.shows("find: spam")
    terminal.press("\r")

    assert terminal.replies() == [[0, "AllAre", "7", "c1"]]


def test_one_by_one_and_esc_lead_back_to_the_card(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.press(f"\t{UP}{UP}")
    terminal.shows("> one by one")
    terminal.press("\r")
    terminal.shows("[1] ham")
    terminal.press("\t")
    terminal.shows("cluster 7")
    terminal.press("\x1b")
    terminal.shows("[1] ham")
    terminal.press("2")

    assert terminal.replies() == [[0, "Chosen", "c1"]]


def test_look_at_more_shows_members_wholly_and_comes_back_to_the_menu(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.press(f"\t{UP}")
    terminal.shows("> look at more")
    terminal.press("\r")
    terminal.shows("member0-1")
    terminal.press("x")
    terminal.shows("> all 312 are ham")
    terminal.press("\r")

    assert terminal.replies() == [[0, "AllAre", "7", "c0"]]


def test_letters_and_digits_choose_nothing_in_the_menu(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.press("\t")
    terminal.shows("cluster 7")
    terminal.press("12+/!")
    terminal.press("\x1b")
    terminal.shows("[1] ham")
    terminal.press("\x04")

    assert terminal.replies() == [[0, "Stop"]]


def test_plain_lists_the_menu_with_numbers(play):
    terminal = play("digit", "--cards=1", "--plain")
    terminal.reads_until("key 2: spam")
    terminal.press("\t")
    terminal.reads_until("2: all 312 are spam")
    terminal.reads_until("number (1):")
    terminal.press("2\r")

    assert terminal.replies() == [[0, "AllAre", "7", "c1"]]


# --- a whole project ---


@pytest.fixture
def grouped(clouds):
    """Return a project whose plan has its clusters."""
    learner = Learner(clouds.layout)
    while learner.step():
        pass
    learner.close()
    return clouds


def labelled_in(clouds):
    return [event for event in clouds.ledger.cluster_answers() if event.data["members"]]


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_a_probe_is_answered_its_cluster_accepted_and_taken_back(in_terminal, grouped, size):
    terminal = in_terminal("label", "--project", grouped.layout.root, size=size)
    terminal.shows("[1] red")
    terminal.press("\t")
    terminal.shows("another class")
    terminal.press(f"{UP}{UP}{UP}\r")
    terminal.shows("find:")
    terminal.press("green\r")
    for place in range(1, 11):
        terminal.shows(f"{place} of 10")
        terminal.press("2")
    shown = terminal.shows("> accept all, at least 7")
    terminal.press("\r")
    terminal.shows("saved: green for")
    accepted = labelled_in(grouped)
    terminal.press("\x7f")
    terminal.shows("> accept all, at least 7")
    terminal.press("\x04")
    terminal.reads_until("go on with")

    assert "10 of 10" in shown
    assert len(accepted) == 1
    assert labelled_in(grouped) == []
    assert [event.kind for event in grouped.ledger.said if event.data["card"] == "cluster"] == [EventKind.LABEL] * 10


@pytest.mark.slow
def test_a_session_killed_within_a_probe_goes_on_with_it_in_plain_lines_too(in_terminal, grouped):
    terminal = in_terminal("label", "--project", grouped.layout.root, size=(80, 24))
    terminal.shows("[1] red")
    terminal.press("\t")
    terminal.shows("another class")
    terminal.press(f"{UP}{UP}{UP}\r")
    terminal.shows("find:")
    terminal.press("red\r")
    terminal.shows("1 of 10")
    terminal.press("1")
    terminal.shows("2 of 10")
    terminal.child.kill(9)
    terminal.child.wait()
    again = in_terminal("label", "--project", grouped.layout.root, "--plain", size=(80, 24))
    again.reads_until("why: cluster")
    again.reads_until("2 of 10 drawn at random from")

    assert sum("cluster" in event.data for event in grouped.ledger.said) == 1


@pytest.fixture
def offering(grouped):
    """Return a project of which a cluster looks pure, and was not spoken of."""
    grouped.answer(grouped.order[:30])
    learner = Learner(grouped.layout)
    while learner.step():
        pass
    learner.close()
    return grouped


@pytest.mark.slow
def test_an_offer_opens_with_its_menu_and_is_turned_down_for_good(in_terminal, offering):
    terminal = in_terminal("label", "--annotator", "ann", "--project", offering.layout.root)
    shown = terminal.shows("> all 60 are green")
    terminal.press("\x1b")
    terminal.shows("Tab: what to do with this cluster")
    terminal.press("1")
    terminal.press(f"\t{DOWN}{DOWN}")
    terminal.shows("> one by one")
    terminal.press("\r")
    terminal.shows("cluster 1: one by one")
    terminal.press("\x04")
    terminal.reads_until("go on with")

    assert "cluster 1: 60 items" in shown
    assert len(offering.ledger.said) == 30
    assert [event.data["scope"] for event in offering.ledger.cluster_answers()] == ["declined"]


@pytest.mark.slow
def test_an_offer_is_taken_in_plain_lines(in_terminal, offering):
    terminal = in_terminal("label", "--annotator", "ann", "--plain", "--project", offering.layout.root)
    terminal.reads_until("1: all 60 are green")
    terminal.reads_until("number (1):")
    terminal.press("\r")
    terminal.reads_until("drawn at random from 60; said to be green")
