import numpy as np
import pytest

from activelabel.learning.accuracy import wilson
from activelabel.learning.differences import difference


def test_the_interval_of_a_worked_example():
    found = difference(wilson(56, 70), wilson(48, 80))  # Newcombe 1998, table II, method 10: .0524 to .3339

    assert found.value == pytest.approx(0.2)
    assert (found.low, found.high) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))
    assert found.is_clear


@pytest.mark.parametrize(("first", "second"), [(0.9, 0.9), (0.95, 0.8), (0.5, 0.6)])
def test_the_interval_holds_the_truth(first, second):
    rng = np.random.default_rng(0)
    held = 0
    for _ in range(1000):
        found = difference(wilson(rng.binomial(80, first), 80), wilson(rng.binomial(20, second), 20))
        held += found.low <= first - second <= found.high

    assert held / 1000 >= 0.93
