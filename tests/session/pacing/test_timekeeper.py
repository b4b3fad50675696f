"""When a break is suggested: slow and less consistent, much slower, or an hour without a pause; and not twice."""

import pytest
from support.answers import Answered, moment

from activelabel.session.pacing.timekeeper import Timekeeper


@pytest.fixture
def ann():
    return Answered()


@pytest.fixture
def keeper(ann):
    keeper = Timekeeper("ann")
    keeper.pace(ann.ledger)
    return keeper


def words(keeper, ann):
    return keeper.break_words(ann.ledger, moment(ann.now))


def test_at_an_even_pace_nothing_is_said(keeper, ann):
    for _ in range(100):
        ann.answer()
        assert words(keeper, ann) == ""


def test_twice_as_slow_as_usual_is_said_on_one_card_and_not_for_half_an_hour(keeper, ann):
    ann.answer(40)
    said = []
    for _ in range(100):
        ann.answer(seconds=12.0)
        said.append(words(keeper, ann))

    assert [each for each in said if each] == ["a break? the last 20 answers took 2.4 times as long as usual"]


def test_the_line_stays_as_long_as_its_card_does(keeper, ann):
    ann.answer(40)
    ann.answer(20, seconds=12.0)

    assert words(keeper, ann) == words(keeper, ann) != ""


def test_long_texts_are_no_reason(keeper, ann):
    for length in [100, 400, 1600] * 20:
        ann.answer(seconds=length / 50, length=length)
    ann.answer(20, seconds=1600 / 50, length=1600)

    assert words(keeper, ann) == ""


def slow_with_repeats(ann, *said):
    first = ann.answer()
    second = ann.answer()
    ann.answer(40, idle=70.0)
    ann.repeat(first, said[0])
    ann.answer(idle=4000.0)
    ann.answer(20, seconds=8.0)
    ann.repeat(second, said[1])


@pytest.mark.parametrize(("said", "is_said"), [("hs", True), ("hh", False), ("ss", False)])
def test_half_as_slow_again_is_said_only_where_repeats_agree_less_than_before(keeper, ann, said, is_said):
    slow_with_repeats(ann, *said)

    assert ("1.6 times" in words(keeper, ann)) is is_said


@pytest.mark.parametrize(("idle", "is_said"), [(0.0, True), (400.0, False)])
def test_an_hour_without_a_pause_is_said(keeper, ann, idle, is_said):
    ann.answer(360)
    ann.answer(idle=idle)
    ann.answer(361)

    assert (words(keeper, ann) == "a break? it is 60 minutes since the last one") is (is_said and ann.now < 3660)
    assert bool(words(keeper, ann)) is is_said


def test_a_card_that_lay_there_for_ten_minutes_was_a_pause(keeper, ann):
    ann.answer(500)
    ann.answer(seconds=600.0)
    ann.answer(300)

    assert words(keeper, ann) == ""


def test_what_others_answer_is_no_work_of_this_person(keeper, ann):
    ann.answer(800)
    other = Timekeeper("bob")

    assert other.break_words(ann.ledger, moment(ann.now)) == ""
    assert not other.pace(ann.ledger).is_known
