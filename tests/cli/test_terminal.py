import os
import signal

import pytest
from cli.play import NO_AIDS
from rich.cells import cell_len
from support.picture import correlation, pixels_of

from activelabel.cli.console import console_on
from activelabel.cli.terminal import TerminalAnnotator
from activelabel.errors import WrongUse

SIZES = [(120, 40), (20, 6)]
DIGITS = "--classes=0,1,2,3,4,5,6,7,8,9"


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


# --- the screen ---


def test_help_has_every_key_and_class_until_any_key(play):
    terminal = play("text", "--cards=1", size=(80, 30))
    terminal.shows("item00-1")
    terminal.press("?")
    screen = terminal.shows("Keys and classes")
    for words in ["Space", "Ctrl-R", "Backspace", "[1] ham 12", "[2] spam 12", "suggestion: ham, likely (90 %)"]:
        assert words in screen
    terminal.press("2")
    terminal.shows("item00-1")
    terminal.press("1")

    assert terminal.replies() == [[0, "Chosen", "c0"]]


def test_long_content_is_scrolled_by_keys_that_are_no_answers(play):
    terminal = play("long", "--cards=1")
    assert "more lines below (Page Down)" in terminal.shows("item00-1")
    terminal.press("\x1b[6~")
    terminal.shows("above (Page Up)")
    terminal.press("\x1b[F")
    terminal.shows("line 199 of many")
    terminal.press("\x1b[H")
    terminal.shows("line 0 of many")
    terminal.press("2")

    assert terminal.replies() == [[0, "Chosen", "c1"]]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("content", ["text", "long", "table", "digit", "photo", "vectors", "hostile"])
def test_every_kind_of_item_can_be_answered_at_every_size(play, content, size):
    terminal = play(content, DIGITS, "--cards=1", size=size)
    terminal.shows("[0] 0")
    terminal.press("9")

    assert terminal.replies() == [[0, "Chosen", "c9"]]
    assert terminal.foreign_codes() == []
    assert terminal.restored()


@pytest.mark.parametrize("size", [(19, 24), (80, 5), (10, 3), (1, 1)])
def test_a_terminal_that_is_too_small_says_so_and_answers_nothing(play, size):
    terminal = play("text", "--cards=1", size=size)
    terminal.shows("needs 20 x 6"[: size[0]])
    terminal.press("1")
    terminal.resize(80, 24)
    terminal.shows("item00-1")
    terminal.press("2")

    assert terminal.replies() == [[0, "Chosen", "c1"]]


def test_a_resized_window_is_drawn_again_and_keys_still_work(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    for size in [(100, 30), (20, 6), (60, 20)] * 5:
        terminal.resize(*size)
    terminal.resize(120, 40)
    terminal.shows("about 2 h 45 min at this pace")
    terminal.press("1")

    assert terminal.replies() == [[0, "Chosen", "c0"]]


def test_an_audit_card_looks_like_a_card_whose_suggestion_is_withheld(play):
    screens = []
    terminal = play("text", "--hidden", "--cards=3")
    for number in range(3):
        screens.append(terminal.shows(f"item0{number}-1").replace(f"item0{number}", "item").split("saved")[0])
        terminal.press("1")

    assert len({screen.replace(f"{number} answered", "").splitlines()[2] for number, screen in enumerate(screens)}) == 1
    assert all("between" not in screen and "stands for" not in screen for screen in screens)


def test_an_answer_that_was_not_saved_stays_on_screen_with_the_reason(play):
    terminal = play("text", "--full-disk", "--cards=1")
    terminal.shows("item00-1")
    terminal.press("1")
    assert "item00-1" in terminal.shows("could not save: disk full")
    terminal.press("1")

    assert terminal.replies() == [[0, "Chosen", "c0"], [0, "Chosen", "c0"]]


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


# --- letters of other widths ---


@pytest.mark.parametrize("size", [(20, 24), (40, 24), (80, 24)])
def test_columns_stay_columns_with_letters_of_any_width(play, size):
    terminal = play("wide", "--classes=日本,שלום,❤\ufe0f,plain", "--cards=1", size=size)
    screen = terminal.shows("plain 12")
    here = {cell_len(row[: row.index("here")]) for row in screen.splitlines() if "here" in row}
    terminal.press("2")

    assert len(here) == 1
    assert all(cell_len(row) <= size[0] for row in screen.splitlines())
    assert terminal.replies() == [[0, "Chosen", "c1"]]


# --- ways out ---


@pytest.mark.parametrize(
    ("keys", "ended"), [("\x04", ""), ("\x03", "KeyboardInterrupt"), ("1", ""), (";x\x03", "KeyboardInterrupt")]
)
@pytest.mark.parametrize("plain", [False, True])
def test_keys_that_end_the_session_leave_the_terminal_as_it_was(play, keys, ended, plain):
    terminal = play("text", "--cards=1", *["--plain"] * plain)
    terminal.shows("item00-1")
    terminal.shows("2 h 45" if not plain else "key 2: spam")
    if plain and len(keys) > 1:
        terminal.press(";")
        terminal.shows("note:")
        keys = keys[1:]
    terminal.press(keys)

    assert terminal.ended()[1] == ended
    assert terminal.restored()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_signals_that_end_the_session_leave_the_terminal_as_it_was(play, number):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.child.kill(number)

    assert terminal.ended()[1] in {"Interrupted", "KeyboardInterrupt"}
    assert terminal.restored()


def test_ctrl_c_is_heard_while_there_is_no_card_to_answer(play):
    terminal = play("text", "--wait")
    terminal.shows("waiting for a plan")
    terminal.press("\x03\x03\x03")

    assert terminal.ended()[1] == "KeyboardInterrupt"
    assert terminal.restored()


def test_a_failure_leaves_the_terminal_as_it_was(play):
    terminal = play("text", "--fail")

    assert terminal.ended()[1] == "ZeroDivisionError"
    assert terminal.restored()


def test_sigquit_is_ignored_while_a_card_is_on_screen(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.child.kill(signal.SIGQUIT)
    terminal.press("\x1c1")

    assert terminal.replies() == [[0, "Chosen", "c0"]]


def test_a_window_that_is_closed_ends_the_session_at_once(play):
    terminal = play("text")
    terminal.shows("item00-1")
    terminal.child.close(force=False)

    assert not terminal.child.isalive()


def test_after_a_stop_the_card_is_drawn_again(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.model.reset()
    terminal.press("\x1a")
    terminal.shows("item00-1")
    terminal.model.reset()
    terminal.child.kill(signal.SIGSTOP)
    terminal.child.kill(signal.SIGCONT)
    terminal.shows("item00-1")
    terminal.press("1")

    assert terminal.replies() == [[0, "Chosen", "c0"]]


# --- pictures ---


@pytest.mark.parametrize(
    ("size", "pixel", "colours"),
    [
        ((80, 24), 3, {}),
        ((80, 24), 3, {"COLORTERM": "truecolor"}),
        ((120, 40), 4, {}),
        ((20, 6), 1, {}),
    ],
)
def test_a_digit_is_read_back_from_its_colours(play, digit, size, pixel, colours):
    terminal = play("digit", DIGITS, "--cards=1", size=size, **colours)
    terminal.shows("[0] 0")
    drawn = pixels_of(terminal.model, "")

    assert correlation(drawn, 8 * pixel, 8 * pixel, digit) > 0.9


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "xterm"}])
def test_a_digit_is_read_back_from_its_shades_where_there_are_no_colours(play, digit, environ):
    terminal = play("digit", DIGITS, "--cards=1", **environ)
    terminal.shows("[0] 0")
    drawn = pixels_of(terminal.model, " ░▒▓█")

    assert correlation(drawn[::2], 8, 16, digit) > 0.9


# --- what a terminal can show ---


def test_without_colour_nothing_is_coloured(play):
    terminal = play("text", "--cards=1", NO_COLOR="1")
    terminal.shows("item00-1")
    colours = {cell.fg for row in terminal.model.buffer.values() for cell in row.values()}
    terminal.press("1")

    assert colours <= {"default"}
    assert terminal.replies() == [[0, "Chosen", "c0"]]


def test_a_locale_without_unicode_gets_ascii(play):
    terminal = play("table", "--cards=1", "--classes=ham,日本", PYTHONIOENCODING="ascii:strict")
    screen = terminal.shows("species")
    terminal.press("1")

    assert screen.isascii()
    assert "| species" in screen
    assert terminal.replies() == [[0, "Chosen", "c0"]]


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_a_dumb_terminal_gets_lines_and_no_codes(play, term):
    terminal = play("text", "--cards=1", TERM=term)
    terminal.shows("item item00-1")
    terminal.press("1")

    assert terminal.replies() == [[0, "Chosen", "c0"]]
    assert "\x1b" not in terminal.written


def test_without_a_terminal_the_way_to_give_answers_is_named():
    with open(os.devnull) as nothing, pytest.raises(WrongUse) as refused:
        TerminalAnnotator(console_on(None), nothing, NO_AIDS)

    assert "--answers" in refused.value.hint
