from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activelabel.learning.strategies.uncertainty import entropy_score, least_confidence_score, margin_score

SCORES = [least_confidence_score, margin_score, entropy_score]


@pytest.mark.parametrize("score", SCORES)
@given(k=st.integers(1, 6), seed=st.integers(0, 2**16))
def test_doubt_lies_between_a_certain_row_and_an_even_one(score, k, seed):
    proba = np.random.default_rng(seed).dirichlet(np.full(k, 0.3), size=20)

    lowest, highest = score(np.eye(k)[:1])[0], score(np.full((1, k), 1 / k))[0]

    assert lowest == 0
    assert (score(proba) >= -1e-12).all()
    assert (score(proba) <= highest + 1e-12).all()


@pytest.mark.parametrize("score", SCORES)
def test_with_two_classes_all_three_agree_on_the_order(score):
    proba = np.array([[0.5, 0.5], [0.4, 0.6], [0.8, 0.2], [0.0, 1.0]])

    assert np.argsort(-score(proba)).tolist() == [0, 1, 2, 3]


def test_with_three_classes_they_do_not():
    proba = np.array([[0.45, 0.45, 0.1], [0.4, 0.3, 0.3]])

    assert margin_score(proba).argmax() == 0
    assert entropy_score(proba).argmax() == 1
