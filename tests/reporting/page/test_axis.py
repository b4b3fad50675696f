import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activelabel.reporting.page.axis import Axis


@given(st.integers(0, 10**7), st.integers(1, 10**7), st.integers(2, 8))
def test_ticks_are_round_few_and_on_the_axis(low, span, most):
    ticks = Axis(low, low + span, 0, 100).ticks(most)
    steps = {other - one for one, other in itertools.pairwise(ticks)}

    assert all(low <= tick <= low + span for tick in ticks)
    assert len(ticks) <= most + 1
    assert len(steps) <= 1
    assert {str(step).rstrip("0") for step in steps} <= {"1", "2", "5"}


@pytest.mark.parametrize(("value", "place"), [(0, 200.0), (1, 0.0), (0.25, 150.0)])
def test_an_axis_may_run_upwards(value, place):
    assert Axis(0, 1, 200, 0).at(value) == place
