from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from suspects import measured

from activelabel.learning.suspects import find_suspects


def drawn(seed: int, m: int, k: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.dirichlet(np.ones(k), m), rng.integers(k, size=m)


@settings(deadline=None)
@given(st.integers(0, 99), st.integers(0, 40), st.integers(1, 6))
def test_suspects_are_likelier_of_another_class_the_worst_first_and_no_more_are_wrong_than_there_are(seed, m, k):
    proba, labels = drawn(seed, m, k)

    found = find_suspects(proba, labels)
    given = labels[found.rows]
    others = np.where(np.eye(k, dtype=bool)[given], 0.0, proba[found.rows])
    margin = proba[found.rows, given] - others.max(axis=1)

    assert (margin < 0).all()
    assert (np.diff(margin) >= 0).all()
    assert (found.believed != given).all()
    assert 0 <= found.wrong <= m


def test_the_order_of_the_labels_does_not_matter():
    proba, labels = drawn(0, 60, 3)
    order = np.random.default_rng(1).permutation(60)

    straight, mixed = find_suspects(proba, labels), find_suspects(proba[order], labels[order])

    assert order[mixed.rows].tolist() == straight.rows.tolist()
    assert mixed.wrong == straight.wrong


def test_a_class_of_which_models_are_never_sure_is_not_called_wrong_for_that():
    # class 1 gets 0.4 at best: a plain comparison would call all its labels wrong
    proba = np.array([[0.9, 0.1]] * 6 + [[0.6, 0.4]] * 4)
    found = find_suspects(proba, np.array([0] * 6 + [1] * 4))

    assert not len(found.rows)
    assert found.wrong == 0


def test_the_only_label_of_a_class_is_no_suspect_and_no_row_is_surely_of_that_class():
    proba = np.array([[0.9, 0.1, 0.0], [0.3, 0.1, 0.6], [1.0, 0.0, 0.0]])
    found = find_suspects(proba, np.array([0, 0, 2]))

    assert not len(found.rows)
    assert found.wrong == 0


@pytest.mark.parametrize(("m", "k"), [(0, 3), (0, 1), (5, 1), (1, 2)])
def test_too_few_labels_or_classes_have_no_suspects(m, k):
    found = find_suspects(np.full((m, k), 1 / k), np.zeros(m, dtype=np.intp))

    assert found.rows.tolist() == found.believed.tolist() == []
    assert found.wrong == 0


def test_a_label_without_probabilities_is_our_mistake():
    with pytest.raises(ValueError, match="2 labels and 3 rows"):
        find_suspects(np.full((3, 2), 0.5), np.array([0, 1]))


@pytest.mark.slow
@pytest.mark.parametrize("draw", range(5))
def test_of_200_labels_of_digits_the_ten_first_suspects_are_wrong_and_their_number_is_known(draw):
    found = measured(draw)

    # measured: all ten, where chance is one; 14 to 19 of the 20 wrong ones found, 17 to 25 estimated to be wrong
    assert found.first >= 9
    assert found.among >= 12
    assert 12 <= found.estimated <= 30
