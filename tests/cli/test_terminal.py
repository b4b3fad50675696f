import os

import pytest

SIZES = [(120, 40), (20, 6)]


# --- one key, one answer ---


@pytest.mark.parametrize(
    ("key", "reply"),
    [
        ("1", ["Chosen", "c0"]),
        ("2", ["Chosen", "c1"]),
        (" ", ["Skipped"]),
        (".", ["NotSure"]),
        ("!", ["BadItem"]),
        ("\r", ["Accepted"]),
        ("\x7f", ["Undo"]),
        ("\x12", ["Redo"]),
        ("\x04", ["Stop"]),
    ],
)
def test_one_key_is_one_reply(play, key, reply):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.press(key)
    if key == "\x7f":  # there is no card before the first: it is asked again
        terminal.shows("saved: (Undo)")
        terminal.press("\x04")

    assert terminal.replies()[0] == [0, *reply]


def test_a_key_shows_the_next_card_and_what_was_saved(play):
    terminal = play("text")
    terminal.shows("item00-1")
    terminal.press("1")

    assert "saved: c0" in terminal.shows("item01-1")
    terminal.press("2")
    terminal.shows("item02-1")
    terminal.press("1")
    assert terminal.replies() == [[0, "Chosen", "c0"], [1, "Chosen", "c1"], [2, "Chosen", "c0"]]


def test_enter_accepts_only_a_suggestion_that_is_shown(play):
    terminal = play("text", "--hidden", "--cards=1")
    assert "suggestion" not in terminal.shows("item00-1")
    terminal.press("\r")
    terminal.shows("no suggestion on this card")
    terminal.press("1")

    assert terminal.replies() == [[0, "Chosen", "c0"]]


def test_a_key_without_a_class_answers_nothing(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.press("7")
    terminal.shows("no class has the key 7")
    terminal.press("\x04")

    assert terminal.replies() == [[0, "Stop"]]


def test_a_class_named_by_a_letter_has_that_key_and_no_letter_does_anything_else(play):
    terminal = play("text", "--classes=n,ham,q", "--cards=3")
    for number, key in enumerate("nq1"):
        terminal.shows(f"item0{number}-1")
        terminal.press(key)

    assert [reply[2] for reply in terminal.replies()] == ["c0", "c2", "c1"]


# --- keys that are not meant ---


def test_keys_typed_before_a_card_was_on_screen_answer_nothing(play):
    terminal = play("text", "--cards=4")
    terminal.press("1" * 60)
    terminal.shows("item00-1")
    terminal.press("1" * 60)
    terminal.shows("item01-1")
    terminal.press("\x04")

    assert terminal.replies() == [[0, "Chosen", "c0"], [1, "Stop"]]


@pytest.mark.parametrize(
    "sequence", ["\x1b[A", "\x1b[1;2P", "\x1bOQ", "\x1b[24;80R", "\x1b1", "\x1b[<0;1;1M", "\x1b[[B"]
)
def test_an_escape_sequence_is_never_an_answer(play, sequence):
    terminal = play("text", "--classes=A,B,M,P,Q,R,1,[", "--cards=1")
    terminal.shows("item00-1")
    terminal.press(f"{sequence}A")

    assert terminal.replies() == [[0, "Chosen", "c0"]]


def test_pasted_text_is_not_an_answer(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.press("\x1b[200~1\r2\x1b[201~")
    terminal.shows("pasted text is not an answer")
    terminal.press("\x04")

    assert terminal.replies() == [[0, "Stop"]]


def test_junk_answers_nothing(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.child.write("\x00\x02\x0e\x1c")
    os.write(terminal.child.child_fd, b"\xff\xfe")
    terminal.press("\x0c2")

    assert terminal.replies() == [[0, "Chosen", "c1"]]


# --- typing ---


def test_class_keys_are_text_while_text_is_typed(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.press(";12 .!?/ Kafé\x7fe\r")
    terminal.shows("saved: (Noted)")
    terminal.press("1")

    assert terminal.replies() == [[0, "Noted", "12 .!?/ Kafe"], [0, "Chosen", "c0"]]


def test_esc_closes_what_is_open_and_nothing_else(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.press(";a note")
    terminal.shows("note: a note")
    terminal.press("\x1b")
    terminal.shows_no("note: a note")
    terminal.press("\x1b")
    terminal.press("1")
    if terminal.child.isalive():  # Esc and 1 in one piece are Alt and 1
        terminal.press("1")

    assert terminal.replies() == [[0, "Chosen", "c0"]]


def test_plus_adds_a_class_in_composed_form(play):
    terminal = play("text", "--cards=2")
    terminal.shows("item00-1")
    terminal.press("+")
    terminal.shows("new class:")
    terminal.press(" cafe\N{COMBINING ACUTE ACCENT}\r")
    terminal.shows("[3] café")
    terminal.press("3")

    assert terminal.replies() == [[0, "NewClass", "café"], [1, "Chosen", "c2"]]


def test_a_class_that_exists_but_for_its_case_is_not_added(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.press("+HAM\r")
    terminal.shows("there is a class 'ham' already")
    terminal.press("1")

    assert terminal.replies() == [[0, "Chosen", "c0"]]


def test_the_first_card_asks_for_the_first_class(play):
    terminal = play("text", "--classes=", "--cards=2")
    assert "type its class's name" in terminal.shows("new class:")
    terminal.press("ham\r")
    terminal.shows("[1] ham")
    terminal.press("1")

    assert terminal.replies() == [[0, "NewClass", "ham"], [1, "Chosen", "c0"]]


def test_ctrl_d_leaves_while_text_is_typed(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.press(";half a no\x04")

    assert terminal.replies() == [[0, "Stop"]]


# --- hostile data ---


@pytest.mark.parametrize("size", SIZES)
def test_nothing_in_an_item_or_a_class_name_is_obeyed(play, size):
    evil = "\x1b]52;c;aGk=\x07,[bold]b[/bold],\u202etxt,\x1b[2J"
    terminal = play("hostile", f"--classes={evil}", "--cards=1", size=size)
    screen = terminal.shows("␛]52;c;aGk=␇"[: size[0] - 10])
    gutter = [row for row in screen.splitlines() if "fake" in row]
    terminal.press("\x1b[F")
    screen = terminal.shows("last")
    terminal.press("?")
    terminal.shows("Keys and classes")
    terminal.press("x2")

    assert terminal.foreign_codes() == []
    assert all(row.lstrip().startswith("│") for row in gutter)
    assert terminal.replies() == [[0, "Chosen", "c1"]]
