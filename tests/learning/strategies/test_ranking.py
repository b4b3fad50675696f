from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from activelabel.learning.strategies.ranking import take_highest


@given(st.lists(st.tuples(st.floats(allow_nan=False), st.booleans()), max_size=30), st.integers(0, 40))
def test_takes_the_highest_scores_of_the_askable_rows(rows, q):
    score = np.array([value for value, _ in rows])
    askable = np.array([may for _, may in rows], dtype=bool)

    taken = take_highest(score, askable, q, np.random.default_rng(0))

    assert score[taken].tolist() == sorted(score[askable].tolist(), reverse=True)[:q]


def test_equal_scores_are_drawn_and_each_row_is_as_likely():
    first = [int(take_highest(np.zeros(4), np.ones(4, bool), 1, np.random.default_rng(seed))[0]) for seed in range(400)]

    assert np.bincount(first).min() > 70


def test_a_score_that_is_no_number_comes_last():
    assert take_highest([np.nan, 0.0, -1.0], np.ones(3, bool), 3, np.random.default_rng(0)).tolist() == [1, 2, 0]


def test_what_a_row_draws_does_not_depend_on_which_others_may_be_asked():
    everything = take_highest(np.zeros(50), np.ones(50, bool), 50, np.random.default_rng(0))
    some = np.arange(50) % 3 > 0

    assert (
        take_highest(np.zeros(50), some, 50, np.random.default_rng(0)).tolist() == everything[some[everything]].tolist()
    )
