from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activelabel.learning.decision import ENOUGH, decision_for
from activelabel.learning.protocols import Goal, Pool

MACRO = Goal("macro-f1")


def pool_of(proba, goal, labels=None, weights=None):
    """A pool of which every class has labels enough, unless labels are given."""
    n, k = proba.shape
    labels = np.repeat(np.arange(k), ENOUGH) if labels is None else np.array(labels)
    rows = np.arange(len(labels))
    weights = np.ones(n) if weights is None else weights
    return Pool(np.zeros((n, 1), np.float32), rows, labels, k, np.ones(n, bool), weights, goal=goal)


def expected(proba, labels, weights, beta=1.0):
    """Return the expected F of each class, from its definition."""
    found = []
    for label in range(proba.shape[1]):
        said = labels == label
        hits = (proba[said, label] * weights[said]).sum()
        found.append((1 + beta**2) * hits / (beta**2 * (proba[:, label] * weights).sum() + weights[said].sum()))
    return np.array(found)


def sloped(n, rare):
    """Two classes, the second ever less likely: shape (n, 2)."""
    second = rare * np.linspace(1.0, 0.0, n) ** 2
    return np.column_stack([1 - second, second])


def test_for_accuracy_the_likeliest_class_is_the_label():
    proba = np.random.default_rng(0).dirichlet(np.ones(4), 50)

    assert decision_for(pool_of(proba, Goal()), proba).labels(proba).tolist() == proba.argmax(axis=1).tolist()


def test_for_macro_f1_two_classes_part_where_the_expected_mean_is_highest():
    proba, ones = sloped(40, 0.7), np.ones(40)
    cuts = [expected(proba, (np.arange(40) < cut).astype(int), ones).mean() for cut in range(41)]

    labels = decision_for(pool_of(proba, MACRO), proba).labels(proba)

    assert labels.sum() == np.argmax(cuts) > (proba[:, 1] > 0.5).sum()


def test_for_recall_two_classes_part_where_the_expected_f2_is_highest():
    proba, ones = sloped(40, 0.7), np.ones(40)
    cuts = [expected(proba, (np.arange(40) < cut).astype(int), ones, beta=2)[1] for cut in range(41)]

    labels = decision_for(pool_of(proba, Goal("recall", 1)), proba).labels(proba)

    assert labels.sum() == np.argmax(cuts)
    assert proba[labels == 1, 1].min() >= max(cuts) / 5


def test_for_the_recall_of_one_class_the_others_stand_to_each_other_as_they_did():
    proba = np.random.default_rng(0).dirichlet(np.ones(4), 200)

    labels = decision_for(pool_of(proba, Goal("recall", 2)), proba).labels(proba)

    others = labels != 2
    assert (labels == 2).sum() > (proba.argmax(axis=1) == 2).sum()
    assert labels[others].tolist() == proba[others][:, [0, 1, 3]].argmax(axis=1).choose([0, 1, 3]).tolist()


@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(1, 40))
def test_weights_are_never_expected_to_be_worse_than_none(seed, k, n):
    rng = np.random.default_rng(seed)
    proba, weights = rng.dirichlet(np.full(k, 0.3), n), rng.integers(1, 4, n).astype(float)

    labels = decision_for(pool_of(proba, MACRO, weights=weights), proba).labels(proba)

    plain = expected(proba, proba.argmax(axis=1), weights).mean()
    assert expected(proba, labels, weights).mean() >= plain - 1e-9


def test_a_row_that_stands_for_many_counts_as_many():
    proba = sloped(12, 0.7)
    counts = np.arange(12) % 3 + 1

    once = decision_for(pool_of(proba, MACRO, weights=counts.astype(float)), proba).labels(proba)
    twins = np.repeat(proba, counts, axis=0)

    assert np.repeat(once, counts).tolist() == decision_for(pool_of(twins, MACRO), twins).labels(twins).tolist()


def test_a_class_of_one_or_two_labels_is_not_favoured():
    # what a smoothed model gives a class it hardly knows: a little of every row
    proba = np.column_stack([np.full(500, 0.97), np.full(500, 0.03)])
    known = pool_of(proba, MACRO, labels=[0] * 20 + [1] * (ENOUGH - 1))

    assert decision_for(known, proba).weights.tolist() == [1.0, 1.0]


@pytest.mark.parametrize("goal", [MACRO, Goal("recall", 1), Goal("recall", 2)])
def test_classes_without_a_label_or_without_a_chance_change_nothing(goal):
    proba = np.column_stack([sloped(30, 0.7), np.zeros(30)])
    pool = pool_of(proba, goal, labels=[0, 0, 0, 1, 1, 1])

    decision = decision_for(pool, proba)

    assert decision.weights[2] == 1.0
    assert np.isfinite(decision.weights).all()
    assert (decision.labels(proba) != 2).all()


def test_one_class_is_what_everything_is():
    proba = np.ones((5, 1))

    assert decision_for(pool_of(proba, MACRO), proba).labels(proba).tolist() == [0] * 5


def test_equal_rows_get_equal_labels():
    proba = np.repeat(sloped(6, 0.6), 30, axis=0)

    labels = decision_for(replace(pool_of(proba, MACRO)), proba).labels(proba)

    assert all(len(set(labels[start : start + 30].tolist())) == 1 for start in range(0, 180, 30))
