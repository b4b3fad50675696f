import numpy as np
import pytest

from activelabel.learning.what_if import Otherwise, Trial, paired_difference
from activelabel.reporting.what_if import what_if_of


def found(strategy, n=40, **changes):
    trial = Trial(20, np.arange(n) < 30, np.arange(n) < 26)
    return Otherwise(strategy, "default", 200, n, 1000, changes.pop("trials", (trial,)))


def test_a_random_choice_is_compared_without_bias_and_a_replay_with_one_that_is_said():
    drawn, replayed = what_if_of(found("random")), what_if_of(found("margin"))

    assert (drawn.unbiased, replayed.unbiased) == (True, False)
    assert "without bias" in drawn.because
    assert "only among 200 answers, which default picked" in replayed.because
    assert "up to half of them" in replayed.because


def test_the_strategy_that_asked_shows_how_large_the_bias_is():
    assert "a difference is that bias or chance" in what_if_of(found("default")).because


def test_where_nothing_was_tried_it_cannot_be_known_and_why():
    few = what_if_of(found("random", 7, trials=()))

    assert (few.points, few.unbiased) == ((), None)
    assert few.because == "cannot be known from these answers: needs 20 audit answers, there are 7"
    assert "too few answers are left" in what_if_of(found("margin", 30, trials=())).because


def test_points_are_shares_of_the_same_rows_and_their_paired_difference():
    (point,) = what_if_of(found("random")).points

    assert (point.answers, point.asked.value, point.otherwise.value) == (20, 0.75, 0.65)
    assert point.difference.value == pytest.approx(-0.1)
    # pairing tells more than two shares by themselves
    assert point.difference.high - point.difference.low < point.asked.high - point.asked.low


@pytest.mark.parametrize(("gained", "lost"), [(0, 0), (5, 0), (0, 5), (30, 30)])
def test_the_interval_holds_the_difference_and_narrows_with_the_population(gained, lost):
    before = np.arange(100) < 60
    after = (np.arange(100) < 60 - lost) | (np.arange(100) >= 100 - gained)
    endless, small, census = (paired_difference(before, after, population) for population in (None, 150, 100))

    assert endless.low <= endless.value <= endless.high
    assert endless.low < small.low
    assert small.high < endless.high
    assert census.high - census.low < 0.01


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    rng = np.random.default_rng(2)
    held = 0
    for _ in range(1000):
        draws = rng.choice(4, 40, p=[0.6, 0.15, 0.05, 0.2])
        one = paired_difference((draws == 0) | (draws == 2), (draws == 0) | (draws == 1))
        held += one.low <= 0.1 <= one.high

    assert 940 <= held <= 990
