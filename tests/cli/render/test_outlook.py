"""The line that ends a round: all of it where there is room, what counts most where there is not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from activelabel.cli.render.outlook import outlook_words
from activelabel.records.progress import Estimate, Outlook, Progress

PROGRESS = Progress(80, 900, {}, (), Estimate(0.91, 0.81, 0.96, 62), pace=12.0, outlook=Outlook(20, 240.0, 0.006, 4, 3))


def said(room=1000, **outlook):
    progress = replace(PROGRESS, outlook=replace(PROGRESS.outlook, **outlook))
    return outlook_words(progress, lambda words: cell_len(words) <= room)


def test_with_room_it_says_how_good_what_next_and_how_many_signs():
    assert said() == (
        "91 % right (81-96, from 62 audit answers). The next 20 answers, about 4 min at your pace, should add "
        "0.6 points. 3 of 4 signs say stop."
    )


@pytest.mark.parametrize(
    ("outlook", "words"),
    [
        ({"gain": None}, "The next 20 answers take about 4 min."),
        ({"seconds": None}, "The next 20 answers should add 0.6 points."),
        ({"gain": -0.01}, "The next 20 answers, about 4 min at your pace, promise no gain."),
    ],
)
def test_what_is_not_known_is_left_out(outlook, words):
    assert words in said(**outlook)


@pytest.mark.parametrize(
    ("signs", "stop", "words"),
    [
        (1, 0, "No sign says stop."),
        (1, 1, "The only sign says stop."),
        (3, 0, "None of 3 signs says stop."),
        (3, 1, "1 of 3 signs says stop."),
    ],
)
def test_signs_are_counted_in_words(signs, stop, words):
    assert said(signs=signs, for_stop=stop).endswith(words)
    assert "sign" not in said(signs=0)


def test_other_cards_say_nothing():
    assert outlook_words(replace(PROGRESS, outlook=None)) == ""


@given(st.integers(0, 200), st.none() | st.floats(-1, 1), st.none() | st.floats(0, 1e5), st.integers(0, 4))
def test_it_never_takes_more_than_its_room(room, gain, seconds, signs):
    assert cell_len(said(room, gain=gain, seconds=seconds, signs=signs, for_stop=min(signs, 2))) <= room
