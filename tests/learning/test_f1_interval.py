import numpy as np
import pytest

from activelabel.learning.accuracy import macro_f1
from activelabel.learning.f1_interval import macro_f1_interval

SHARES = {2: (0.7, 0.3), 5: (0.4, 0.25, 0.15, 0.1, 0.1)}


@pytest.mark.parametrize("k", [2, 5])
@pytest.mark.parametrize("right", [0.6, 0.9, 0.99])
def test_the_interval_holds_the_truth_where_every_class_was_met_three_times(k, right):
    rng = np.random.default_rng(0)
    truth = rng.choice(k, 2000, p=SHARES[k])
    predicted = np.where(rng.random(2000) < right, truth, (truth + rng.integers(1, k, 2000)) % k)
    held = []
    for _ in range(100):
        rows = rng.choice(2000, 60, replace=False)
        if np.bincount(truth[rows], minlength=k).min() < 3:
            continue
        found = macro_f1_interval(truth[rows], predicted[rows], rng, 2000)
        held.append(found.low <= macro_f1(truth, predicted) <= found.high)

    assert np.mean(held) >= 0.92


def test_no_error_seen_is_not_no_error():
    found = macro_f1_interval(np.arange(30) % 3, np.arange(30) % 3, np.random.default_rng(0))

    assert found.value == found.high == 1.0
    assert 0.8 < found.low < 0.95


def test_right_and_wrong_rows_count_as_much_as_a_better_known_share_says():
    truth = np.repeat([0, 1], 50)
    predicted = np.where(np.arange(100) % 5, truth, 1 - truth)  # 80 right
    found = macro_f1_interval(truth, predicted, np.random.default_rng(0), right=0.9)

    assert found.value == pytest.approx(0.9)
    assert found.low < 0.9 < found.high


def test_a_census_has_no_interval():
    found = macro_f1_interval(np.array([0, 1, 1]), np.array([0, 1, 0]), np.random.default_rng(0), population=3)

    assert found.low == found.value == found.high


@pytest.mark.parametrize("times", [2, 4])
def test_rows_that_count_as_fewer_tell_as_little_as_those_would(times):
    truth = np.repeat([0, 1], 20)
    predicted = np.where(np.arange(40) % 5, truth, 1 - truth)
    few = macro_f1_interval(truth, predicted, np.random.default_rng(0))
    many = macro_f1_interval(np.repeat(truth, times), np.repeat(predicted, times), np.random.default_rng(0), size=40)

    assert (many.low, many.value, many.high) == pytest.approx((few.low, few.value, few.high), abs=0.01)
