from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from activelabel.cli.render.paper import Paper
from activelabel.cli.render.progress import accuracy_words, repeat_words, status_line, time_words
from activelabel.records.progress import Estimate, Progress, Target
from activelabel.reporting.tally import AnswerCounts

PROGRESS = Progress(80, 1717, {}, (), Estimate(0.91, 0.81, 0.96, 62), pace=5.5)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "under a minute"), (61, "1 min"), (3600, "1 h"), (3660, "1 h 1 min"), (59 * 60 + 50, "1 h"), (1e6, "278 h")],
)
def test_time_is_said_as_people_say_it(seconds, words):
    assert time_words(seconds) == words


@pytest.mark.parametrize(
    ("repeats", "same", "words"), [(0, 0, ""), (6, 5, "asked again unmarked: 5 of 6 answers the same")]
)
def test_consistency_is_said_once_something_was_asked_again(repeats, same, words):
    assert repeat_words(AnswerCounts(100, {}, 0, 0, 0, 0, 0, 0, ("ann",), repeats, same)) == words


def test_the_wide_status_says_everything():
    assert status_line(PROGRESS, Paper(120, 40)).split("  ")[0] == (
        " 80 answered · 1,717 left · about 2 h 37 min at this pace"
    )
    assert status_line(PROGRESS, Paper(120, 40)).endswith("91 % right (81-96, from 62 audit answers)")


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.none() | st.floats(0, 1e4), st.booleans(), st.integers(20, 200))
def test_the_status_fits_every_width_and_keeps_the_number_answered(answered, left, pace, estimated, width):
    progress = replace(PROGRESS, answered=answered, left=left, pace=pace)
    line = status_line(progress if estimated else replace(progress, accuracy=None), Paper(width, 24))

    assert cell_len(line) <= width
    assert f"{answered:,}"[: width - 2] in line


def test_where_the_session_has_an_end_it_is_as_far_as_that():
    line = status_line(replace(PROGRESS, ahead=120), Paper(120, 40))

    assert line.startswith(" 80 answered · 120 to go · about 11 min left  ")
    assert status_line(replace(PROGRESS, ahead=120), Paper(40, 12)).split("  ")[0] == " 80 of 200 · 11 min left"


@pytest.mark.parametrize(
    ("target", "words"),
    [(Target(0.95, 140), "95 %: about 140 more audit answers"), (Target(0.95), "95 %: not right that often now")],
)
def test_a_share_to_reach_is_told_where_there_is_room(target, words):
    progress = replace(PROGRESS, target=target)

    assert words in status_line(progress, Paper(120, 40))
    assert words in status_line(progress, Paper(80, 24))
    assert "91 %" in status_line(progress, Paper(40, 12))


def test_without_a_pace_no_time_is_promised():
    assert "pace" not in status_line(replace(PROGRESS, pace=None), Paper(120, 40))


def test_under_ten_audit_answers_give_an_interval_and_no_headline():
    few = replace(PROGRESS, accuracy=Estimate(0.83, 0.44, 0.97, 6))

    assert accuracy_words(few) == "44-97 % right (from 6 audit answers)"
    assert "44-97 %" in status_line(few, Paper(40, 24))
    assert "83" not in status_line(few, Paper(40, 24))


def test_without_an_estimate_it_says_how_many_answers_are_wanting():
    assert accuracy_words(Progress(0, 10, {}, (), audited=9)) == "accuracy: after 1 more audit answer"
    assert accuracy_words(Progress(0, 10, {}, (), audited=30)) == "accuracy: after 1 more audit answer"


def test_answers_known_beforehand_measure_in_a_demonstration():
    known = replace(PROGRESS, known=Estimate(0.937, 0.9, 0.95, 450))

    assert accuracy_words(known) == "94 % right, by the known answers"


@pytest.mark.parametrize(("share", "shown"), [(0.999, "99 %"), (1.0, "100 %"), (0.001, "1 %"), (0.0, "0 %")])
def test_all_and_nothing_are_said_only_when_they_are_so(share, shown):
    assert accuracy_words(replace(PROGRESS, accuracy=Estimate(share, 0, 1, 50))).startswith(f"{shown} right")


@pytest.mark.parametrize(
    ("where", "width", "ends"),
    [
        ("length > 200", 120, "part: length > 200, 312 of 5,572 items"),
        ("length > 200", 80, "part: length > 200, 312 of 5,572 items"),
        ("length > 200", 40, "part: length > 200"),
        ("length > 200", 20, "80 of 312"),
        ("text contains 'free' and length > 200", 80, "part: text contains 'free' and length >…"),
        ("text == '\x1b[2J'", 120, "part: text == '␛[2J', 312 of 5,572 items"),
    ],
)
def test_a_part_stands_where_the_accuracy_would(where, width, ends):
    progress = replace(PROGRESS, left=232, part=where, part_size="312 of 5,572 items")
    line = status_line(progress, Paper(width, 24))

    assert line.endswith(ends)
    assert cell_len(line) <= width


@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_a_walk_through_a_list_says_its_place_instead_of_what_is_left(width):
    line = status_line(replace(PROGRESS, place=(3, 17)), Paper(width, 24))

    assert line.startswith(" 3 of 17")
    assert "left" not in line
