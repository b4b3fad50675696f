import numpy as np
import pytest

from activelabel.learning.odd_paces import odd_paces


def usual_seconds(m, seed=0):
    return np.random.default_rng(seed).lognormal(1.5, 0.3, m)


def test_what_is_usual_grows_with_the_length_of_an_item():
    lengths = np.tile([10.0, 100.0, 1000.0], 20)
    seconds = lengths**0.8 * np.random.default_rng(0).lognormal(0, 0.1, 60)
    seconds[0] = seconds[2]  # a short item that took as long as a long one

    assert [odd.place for odd in odd_paces(seconds, lengths)] == [0]
    assert odd_paces(seconds, lengths)[0].usual == pytest.approx(10**0.8, rel=0.1)


def test_of_ordinary_answers_hardly_any_is_odd():
    found = sum(len(odd_paces(usual_seconds(100, seed), np.ones(100))) for seed in range(50))

    assert found / 5000 < 0.002


def test_somebody_very_even_is_not_taken_to_task_for_a_second_more():
    assert odd_paces(np.r_[np.full(40, 2.0), 3.0, 5.9], np.ones(42)) == []


def test_of_few_answers_nothing_is_known():
    assert odd_paces(np.r_[np.full(18, 2.0), 900.0], np.ones(19)) == []


def test_an_answer_in_no_time_is_far_and_no_failure():
    assert [odd.place for odd in odd_paces(np.r_[usual_seconds(40), 0.0], np.ones(41))] == [40]
