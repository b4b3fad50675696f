import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activelabel.learning.accuracy import wilson
from activelabel.learning.stopping import is_narrow
from activelabel.learning.worth import answers_until_narrow, projected_gain


def right(count, of=100):
    return np.arange(of) < count


def test_a_gain_is_that_of_the_last_answers_scaled_to_the_next():
    gain = projected_gain(right(80), right(86), answers=60, ahead=20)

    assert gain.value == pytest.approx(0.02)
    assert gain.upper > gain.value


def test_a_bound_is_never_below_what_no_difference_gives():
    lost = projected_gain(right(90), right(84), answers=20)
    level = projected_gain(right(90), right(90), answers=20)

    assert lost.value < 0
    assert lost.upper >= level.upper > 0


def test_a_short_sample_that_shows_nothing_is_no_certainty():
    assert projected_gain(right(10, 10), right(10, 10), answers=20).upper > 0.05
    assert projected_gain(right(200, 200), right(200, 200), answers=20).upper < 0.01


@given(st.integers(10, 300), st.integers(0, 300))
def test_the_answers_promised_make_the_interval_narrow(n, hits):
    now = wilson(min(hits, n), n)
    more = answers_until_narrow(now)
    then = wilson(round(now.value * (n + more)), n + more)

    # whole answers round the share, and so the width, a little
    assert then.high - then.low < 0.104
    assert (more == 0) == is_narrow(now)


def test_a_census_needs_no_more_answers_than_there_are():
    assert answers_until_narrow(wilson(20, 40, 60), population=60) <= 20
    assert answers_until_narrow(wilson(20, 40, 40), population=40) == 0
