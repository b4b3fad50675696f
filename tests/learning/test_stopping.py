from __future__ import annotations

import numpy as np
import pytest

from activelabel.learning.accuracy import wilson
from activelabel.learning.stopping import has_settled, is_narrow, kappa


def test_the_same_predictions_agree_fully_even_when_there_is_one_class():
    assert kappa(np.array([0, 1, 2]), np.array([0, 1, 2])) == 1
    assert kappa(np.array([1, 1]), np.array([1, 1])) == 1


def test_shuffled_predictions_agree_no_more_than_chance():
    rng = np.random.default_rng(0)
    before = rng.integers(0, 3, 20_000)

    assert kappa(before, rng.permutation(before)) == pytest.approx(0, abs=0.02)


def test_opposite_predictions_agree_less_than_chance():
    assert kappa(np.array([0, 1]), np.array([1, 0])) == -1


@pytest.mark.parametrize(
    ("kappas", "settled"),
    [([], False), ([1.0], False), ([0.97, 0.97], True), ([0.97, 0.96], False), ([0.5, 0.98, 1.0], True)],
)
def test_predictions_have_settled_when_two_in_a_row_say_so(kappas, settled):
    assert has_settled(kappas) is settled


def test_accuracy_is_known_when_its_interval_is_narrow():
    assert not is_narrow(wilson(45, 50))
    assert is_narrow(wilson(180, 200))
