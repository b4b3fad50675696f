"""The rate of wrong answers: what it means for two answers to one item, and how much it takes to be believed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activelabel.learning.agreement import ceiling, noise_rate, self_agreement

counts = st.integers(0, 500)
classes = st.integers(2, 100)


def share_that_differ(rate, n_classes):
    return 2 * rate * (1 - rate) + rate**2 * (n_classes - 2) / (n_classes - 1)


@pytest.mark.parametrize("n_classes", [2, 3, 10, 77])
def test_before_any_repeat_one_answer_in_a_hundred_is_taken_to_be_wrong(n_classes):
    assert noise_rate(0, 0, n_classes) == pytest.approx(0.01, abs=0.0002)


def test_two_classes_can_be_worked_out_by_hand():
    # (8 + 0.1) of (40 + 5) differ: 2 e (1 - e) = 0.18, so e = 0.1
    assert noise_rate(32, 8, 2) == pytest.approx(0.1)


@given(counts, counts, classes)
def test_the_rate_makes_as_many_pairs_differ_as_were_seen_with_five_more_of_the_prior(same, different, n_classes):
    rate = noise_rate(same, different, n_classes)
    seen = (different + 0.1) / (same + different + 5)

    assert 0 < rate < 0.5
    assert rate == 0.49 or share_that_differ(rate, n_classes) == pytest.approx(seen)


@given(counts, counts, classes)
def test_a_pair_that_differs_raises_the_rate_and_one_that_agrees_lowers_it(same, different, n_classes):
    rate = noise_rate(same, different, n_classes)

    assert noise_rate(same, different + 1, n_classes) >= rate >= noise_rate(same + 1, different, n_classes)
    if rate < 0.4:
        assert noise_rate(same, different + 1, n_classes) > rate > noise_rate(same + 1, different, n_classes)


@pytest.mark.parametrize(("rate", "n_classes"), [(0.05, 2), (0.15, 3), (0.15, 10), (0.3, 10)])
def test_the_rate_of_simulated_answers_is_found_again(rate, n_classes):
    rng = np.random.default_rng(0)
    answers = np.where(rng.random((2, 20_000)) < rate, rng.integers(1, n_classes, (2, 20_000)), 0)
    same = int((answers[0] == answers[1]).sum())

    assert noise_rate(same, 20_000 - same, n_classes) == pytest.approx(rate, abs=0.01)


@pytest.mark.parametrize("wrong", [(-1, 0, 2), (0, -1, 2), (0, 0, 1)])
def test_counts_below_zero_and_a_single_class_are_refused(wrong):
    with pytest.raises(ValueError, match="a rate needs counts and 2 classes"):
        noise_rate(*wrong)


@pytest.mark.parametrize("wrong", [0.02, 0.1])
@pytest.mark.parametrize("k", [2, 5])
@pytest.mark.parametrize("pairs", [10, 60])
def test_kappa_and_ceiling_hold_the_truth(wrong, k, pairs):
    rng = np.random.default_rng(0)
    same = (1 - wrong) ** 2 + wrong**2 / (k - 1)
    kappa = (same - 1 / k) / (1 - 1 / k)
    held = np.zeros(2)
    for _ in range(400):
        truth = rng.integers(0, k, pairs)
        first, again = (
            np.where(rng.random(pairs) < wrong, (truth + rng.integers(1, k, pairs)) % k, truth) for _ in range(2)
        )
        found = self_agreement(list(zip(map(str, first), map(str, again), strict=True)))
        agreed = int((first == again).sum())
        most = ceiling(agreed, pairs - agreed, k)
        held += found.low <= kappa <= found.high, most.low <= 1 - wrong <= most.high

    assert (held / 400 >= 0.92).all()


def test_somebody_who_always_said_the_same_class_has_shown_nothing():
    found = self_agreement([("ham", "ham")] * 9)

    assert (found.low, found.high) == (-1.0, 1.0)


def test_always_the_same_again_is_not_certain_to_be_always_the_same():
    found = self_agreement([("ham", "ham")] * 5 + [("spam", "spam")] * 5)

    assert found.kappa == found.high == 1.0
    assert 0.3 < found.low < 0.6
