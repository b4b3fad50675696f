"""Pictures in a terminal that draws them in pixels: found out, drawn, taken away again."""

import re
import shutil

import numpy as np
import pytest
from PIL import Image

from activelabel.cli.probe import QUESTION

KITTY = "\x1b_Gi=1;OK\x1b\\\x1b[6;20;10t\x1b[?62;52c"
SIXEL = "\x1bP>|XTerm(390)\x1b\\\x1b[6;20;10t\x1b[?64;4;6c"
ITERM2 = "\x1bP>|iTerm2 3.5.4\x1b\\\x1b[?62;4c"
DRAWN = re.compile(r"\x1b\[(\d+;\d+)H(\x1b_Ga=T|\x1b\]1337;File|\x1bP0;0;0q)")
GONE = "\x1b_Ga=d,d=I"


@pytest.fixture
def answering(play):
    """Start a session in a terminal that has its answer ready before it is asked: no test waits for it."""

    def start(answer, *arguments, **options):
        terminal = play(*arguments, **options)
        terminal.press(answer)
        return terminal

    return start


def drawings(terminal):
    return [found[2] for found in DRAWN.finditer(terminal.written)]


def sees(terminal, count):
    """Read until so many pictures were drawn, to the end of the last one."""
    terminal.reads_while(lambda: len(drawings(terminal)) < count)
    start = list(DRAWN.finditer(terminal.written))[-1].start()
    terminal.reads_while(lambda: not re.search(r"m=0;[^\x1b]*\x1b\\|\x07|-\x1b\\", terminal.written[start:]))


@pytest.mark.parametrize(
    ("answer", "begins"), [(KITTY, "\x1b_Ga=T"), (SIXEL, "\x1bP0;0;0q"), (ITERM2, "\x1b]1337;File")]
)
def test_a_picture_is_drawn_with_what_the_terminal_says_it_has(answering, answer, begins):
    terminal = answering(answer, "photo", size=(120, 40))
    sees(terminal, 1)

    assert terminal.written.count(QUESTION) == 1
    assert drawings(terminal) == [begins]
    assert DRAWN.search(terminal.written)[1] == "5;4"
    assert "▀" not in terminal.display
    assert "pictures/sunset over the bay.png" in terminal.display


def test_nobody_answers_and_the_picture_is_drawn_with_characters(play):
    terminal = play("photo", size=(120, 40))

    assert "▀" in terminal.shows("item00-1")
    terminal.press("1")
    terminal.shows("item01-1")
    assert terminal.written.count(QUESTION) == 1
    assert drawings(terminal) == []


def test_an_answer_that_comes_too_late_answers_no_card(play):
    terminal = play("photo", "--cards=1")
    terminal.shows("item00-1")
    terminal.press(KITTY + "2")

    assert terminal.replies() == [[0, "Chosen", "c1"]]


def test_who_leaves_before_the_first_card_has_left(play):
    terminal = play("photo")
    terminal.reads_until("\x1b[c")
    terminal.press("\x04")

    assert terminal.replies() == [[0, "Stop"]]


@pytest.mark.parametrize(("arguments", "environ"), [(["--plain"], {}), ([], {"TERM": "dumb"}), ([], {"NO_COLOR": "1"})])
def test_nothing_is_asked_where_nothing_would_be_drawn(play, arguments, environ):
    terminal = play("photo", "--cards=1", *arguments, **environ)
    terminal.reads_until("item00-1")
    terminal.press("1")

    assert terminal.replies()
    assert "\x1b[c" not in terminal.written


def test_texts_ask_the_terminal_nothing(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")

    assert "\x1b[c" not in terminal.written


def test_the_next_card_takes_the_picture_away_and_leaving_leaves_none(answering):
    terminal = answering(KITTY, "photo", "--cards=2")
    sees(terminal, 1)
    terminal.press("?")
    terminal.shows("Space")
    terminal.reads_while(lambda: GONE not in terminal.written)
    terminal.press("q")
    sees(terminal, 2)
    terminal.press("1")
    terminal.shows("item01-1")
    terminal.press("\x04")

    terminal.replies()
    assert terminal.written.count(GONE) == len(drawings(terminal))
    assert terminal.written.rindex(GONE) > list(DRAWN.finditer(terminal.written))[-1].start()
    assert terminal.written.rindex(GONE) < terminal.written.rindex("\x1b[?1049l")
    assert terminal.restored()


@pytest.mark.parametrize("answer", [KITTY, SIXEL])
def test_a_picture_that_stays_is_neither_sent_again_nor_wiped_out(answering, answer):
    terminal = answering(answer, "photo", "--cards=1", size=(120, 40))
    sees(terminal, 1)
    before = len(terminal.written)
    terminal.press(";abc")
    terminal.shows("note: abc")

    assert len(drawings(terminal)) == 1
    # 29 rows hold the picture
    assert "\r\r\n" * 20 in terminal.written[before:]


@pytest.mark.parametrize("answer", [KITTY, SIXEL])
def test_ctrl_l_and_another_size_draw_it_anew(answering, answer):
    terminal = answering(answer, "photo", "--cards=1", size=(120, 40))
    sees(terminal, 1)
    terminal.press("\x0c")
    sees(terminal, 2)
    terminal.resize(80, 24)
    sees(terminal, 3)

    assert terminal.written.count(GONE) == (2 if answer == KITTY else 0)


def test_a_shell_that_is_given_the_terminal_finds_no_picture_and_coming_back_draws_it(answering):
    terminal = answering(KITTY, "photo", "--cards=1")
    sees(terminal, 1)
    terminal.press("\x1a")
    sees(terminal, 2)

    assert terminal.written.index(GONE) < terminal.written.index("\x1b[?1049l") < terminal.written.rindex("\x1b_Ga=T")


def test_where_there_is_no_room_for_a_card_no_picture_is_left(answering):
    terminal = answering(KITTY, "photo", "--cards=1")
    sees(terminal, 1)
    terminal.resize(15, 4)
    terminal.shows("needs 20 x 6")
    terminal.reads_while(lambda: GONE not in terminal.written)


def test_what_is_scrolled_away_is_not_drawn(answering):
    terminal = answering(KITTY, "photo", "--cards=1", size=(20, 6))
    sees(terminal, 1)
    rows = re.search(r"r=(\d+)", terminal.written)[1]
    terminal.press("\x1b[B")
    sees(terminal, 2)

    assert int(re.findall(r"C=1,c=\d+,r=(\d+)", terminal.written)[1]) < int(rows)


def test_pixels_of_a_row_are_drawn_as_whole_squares(answering):
    terminal = answering(KITTY, "digit", "--cards=1", size=(120, 40))
    sees(terminal, 1)

    # 8 pixels of 4 cells of 10 x 20 each
    assert re.search(r"c=32,r=16", terminal.written)


@pytest.mark.slow
def test_a_card_of_a_project_is_drawn_as_large_as_its_view(activelabel, in_terminal, tmp_path):
    y, x = np.mgrid[:900, :1200]
    (tmp_path / "photos").mkdir()
    for number in range(12):
        pixels = np.stack([x * (number + 1) % 256, y % 256, (x + y) % 256], axis=-1).astype(np.uint8)
        Image.fromarray(pixels).save(tmp_path / "photos" / f"{number}.jpg")
    activelabel("init", tmp_path / "photos", "--project", tmp_path / "project", "--classes", "a,b", "--yes")
    terminal = in_terminal("label", "--project", tmp_path / "project", size=(120, 40))
    terminal.press(KITTY)
    sees(terminal, 1)
    shutil.rmtree(tmp_path / "project" / "cache" / "views")
    terminal.press("a")
    sees(terminal, 2)

    cells = re.findall(r"C=1,c=(\d+),r=(\d+)", terminal.written)
    # a view of 640 x 480 pixels; then a thumbnail of 96 x 72, enlarged
    assert cells[0] == ("64", "24")
    assert cells[1] != cells[0]
