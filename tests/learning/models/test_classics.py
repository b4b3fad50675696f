from __future__ import annotations

import numpy as np
import pytest

from activelabel.learning.models.classics import (
    BoostedTrees,
    NearestNeighbours,
    ShrunkNaiveBayes,
    gradient_boosted_trees,
    naive_bayes,
    nearest_neighbours,
)


def test_naive_bayes_is_scikit_learns_once_labels_are_many():
    from sklearn.naive_bayes import GaussianNB

    rng = np.random.default_rng(0)
    codes = np.repeat([0, 1], 2_000)
    rows = rng.normal(size=(4_000, 3)) * (1 + codes[:, None]) + codes[:, None]

    ours, theirs = (model.fit(rows, codes).predict_proba(rows) for model in (ShrunkNaiveBayes(), GaussianNB()))

    assert np.allclose(ours, theirs, atol=0.01)


def test_a_weight_counts_as_so_many_rows():
    twice = ShrunkNaiveBayes().fit([[0.0], [1.0], [1.0], [5.0], [6.0]], [0, 0, 0, 1, 1])
    weighted = ShrunkNaiveBayes().fit([[0.0], [1.0], [5.0], [6.0]], [0, 0, 1, 1], [1.0, 2.0, 1.0, 1.0])

    assert weighted.predict_proba([[2.9]])[0, 0] == pytest.approx(twice.predict_proba([[2.9]])[0, 0])


def test_a_feature_that_never_changes_says_nothing():
    rows, codes = np.array([[0.0], [1.0], [2.0], [7.0]]), np.array([0, 0, 0, 1])
    beside = np.column_stack([rows, np.full(4, 3.0)])

    alone, both = (ShrunkNaiveBayes().fit(some, codes).predict_proba(some) for some in (rows, beside))

    assert np.allclose(alone, both)


def test_frequent_labels_do_not_make_a_class_likelier_to_naive_bayes():
    rows = np.array([[-1.0], [-1.0], [-1.0], [1.0]])

    assert naive_bayes(np.random.default_rng(0)).fit(rows, np.array([0, 0, 0, 1])).predict_proba([[1.0]])[0, 1] > 0.5


@pytest.mark.parametrize("m", [1, 3, 40])
def test_nearest_neighbours_are_never_more_than_labels_and_know_what_they_were_told(m):
    rows = np.random.default_rng(0).normal(size=(m, 2))
    codes = np.arange(m) % 3

    model = NearestNeighbours().fit(rows, codes)

    assert model.predict_proba(rows).argmax(axis=1).tolist() == codes.tolist()


@pytest.mark.parametrize("labels", [5, 60])
def test_boosted_trees_learn_from_five_labels_as_from_sixty(labels):
    rows = np.random.default_rng(0).normal(size=(labels, 4)).astype(np.float32)
    codes = np.arange(labels) % 2
    rows[:, 1] += 6 * codes
    new = rows + np.float32(0.1)

    model = gradient_boosted_trees(np.random.default_rng(0)).fit(rows, codes)

    assert (model.predict_proba(new).argmax(axis=1) == codes).mean() > 0.79


@pytest.mark.parametrize("model", [NearestNeighbours(), BoostedTrees(0)])
def test_predicting_before_fitting_is_our_mistake(model):
    with pytest.raises(ValueError, match="call fit first"):
        model.predict_proba([[0.0]])


def test_learners_are_made_from_a_generator():
    for learner in (naive_bayes, nearest_neighbours, gradient_boosted_trees):
        model = learner(np.random.default_rng(0)).fit([[0.0], [1.0]], [4, 7])

        assert model.classes_.tolist() == [4, 7]
