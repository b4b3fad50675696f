import os

import pytest
from rich.cells import cell_len
from support.picture import correlation, pixels_of
from support.play import NO_AIDS

from activelabel.cli.console import console_on
from activelabel.cli.terminal import TerminalAnnotator
from activelabel.errors import WrongUse

SIZES = [(120, 40), (20, 6)]
DIGITS = "--classes=0,1,2,3,4,5,6,7,8,9"


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
