from __future__ import annotations

import warnings

import numpy as np
import pytest
from scipy.special import softmax
from sklearn.svm import SVC

from activelabel.learning.models.choice import BestByCrossValidation, out_of_fold, stratified_folds
from activelabel.learning.models.kernel_machine import SoftmaxSVC
from activelabel.learning.models.learners import logistic_regression, random_forest
from activelabel.learning.models.prediction import predict
from activelabel.learning.models.temperature import TEMPERATURES, best_temperature, log_likelihood, tempered


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


class Lost:
    """Gives no number."""

    classes_ = np.array([0, 1])

    def predict_proba(self, X):
        return np.full((len(X), 2), np.nan)


def test_a_classifier_that_gives_no_numbers_says_that_it_does_not_know():
    assert (predict(Lost(), np.zeros((2, 1), dtype=np.float32), 4) == 0.25).all()


class Silent:
    """A model that gives some rows nothing."""

    classes_ = np.array([0, 2])

    def predict_proba(self, X):
        return np.where(np.asarray(X)[:, :1] > 0, [[0.5, 1.5]], 0.0)


def test_predictions_have_a_column_for_every_class_and_rows_that_sum_to_1():
    proba = predict(Silent(), np.array([[1.0], [-1.0]], dtype=np.float32), 3)

    assert proba[0].tolist() == [0.25, 0, 0.75]
    assert np.allclose(proba[1], 1 / 3)


@pytest.mark.parametrize("block", [1, 7, 100])
def test_predictions_do_not_depend_on_the_size_of_the_blocks(blobs, block):
    features, groups = blobs
    model = logistic_regression(rng()).fit(features[:30], groups[:30])

    assert np.allclose(predict(model, features, 3, block=block), predict(model, features, 3))


def test_no_rows_are_predicted_as_no_rows():
    assert predict(Silent(), np.empty((0, 1), dtype=np.float32), 3).shape == (0, 3)


def test_few_labels_of_many_classes_raise_no_warning_at_the_person():
    rows = rng().normal(size=(12, 3))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        logistic_regression(rng()).fit(rows, np.arange(12))
        random_forest(rng()).fit(rows, np.arange(12))


def test_a_machine_of_many_classes_says_the_class_it_decides_for():
    rows = rng().normal(size=(60, 2)) + np.repeat(np.eye(2) * 9, 30, axis=0)
    classes = np.repeat([3, 5], 30)

    proba = SoftmaxSVC().fit(rows, classes).predict_proba(rows)

    assert (np.array([3, 5])[proba.argmax(axis=1)] == classes).all()


def test_folds_share_out_every_class_evenly():
    classes = rng().permutation(np.repeat([0, 1, 2], [50, 11, 4]))

    folds = stratified_folds(classes, 5, rng())

    for number in range(3):
        sizes = np.bincount(folds[classes == number], minlength=5)
        assert sizes.max() - sizes.min() <= 1
    assert np.bincount(folds).tolist() == [13] * 5


def test_no_row_is_foretold_by_a_model_that_saw_it():
    class Memory:
        """Knows the rows it was fitted on and gives all others to class 0."""

        def fit(self, X, y):
            self.classes_, self.known = np.array([0, 1]), {float(x) for x in X[:, 0]}
            return self

        def predict_proba(self, X):
            return np.array([[0.0, 1.0] if float(x) in self.known else [1.0, 0.0] for x in X[:, 0]])

    rows, classes = np.arange(20, dtype=np.float32)[:, None], np.arange(20) % 2

    proba = out_of_fold(lambda _: Memory(), rows, classes, np.arange(20) % 5, seed=0)

    assert (proba[:, 0] == 1).all()


@pytest.mark.parametrize("temperature", TEMPERATURES)
def test_a_temperature_keeps_the_order_of_the_classes(temperature):
    proba = rng().dirichlet(np.ones(4), size=30)

    after = tempered(proba, temperature)

    assert (np.argsort(after, axis=1) == np.argsort(proba, axis=1)).all()
    assert np.allclose(after.sum(axis=1), 1)


def test_probabilities_that_are_right_are_left_alone():
    proba = rng().dirichlet(np.ones(3), size=3_000)
    labels = (proba.cumsum(axis=1) < rng().random((3_000, 1))).sum(axis=1)

    assert best_temperature(proba, labels) in {0.8, 1.0, 1.25}
    assert best_temperature(tempered(proba, 0.4), labels) == 2.5


def test_a_certain_mistake_costs_much_but_not_everything():
    assert -6 < log_likelihood(np.array([[1.0, 0.0]]), np.array([1])) < -4


@pytest.mark.slow
def test_cross_validation_prefers_the_kind_of_border_there_is():
    rows = rng().normal(size=(120, 4)).astype(np.float32)

    straight = BestByCrossValidation(0).fit(rows, rows.sum(axis=1) > 0)
    round_one = BestByCrossValidation(0).fit(rows, (rows**2).sum(axis=1) > 3.5)
    steps = BestByCrossValidation(0).fit(rows, (np.floor(rows[:, 0] * 3) % 2) == 0)

    assert straight.chosen_ == "logistic-regression"
    assert round_one.chosen_ == "svm"
    assert steps.chosen_ == "random-forest"


def test_with_too_few_labels_to_compare_it_is_logistic_regression():
    model = BestByCrossValidation(0).fit(rng().normal(size=(5, 2)), [0, 0, 1, 1, 2])

    assert model.chosen_ == "logistic-regression"


def test_a_model_that_was_not_fitted_says_so():
    with pytest.raises(ValueError, match="call fit first"):
        BestByCrossValidation(0).predict_proba([[0.0]])


@pytest.mark.parametrize("k", [2, 3, 12])
def test_decisions_are_those_of_libsvm(k):
    rows = rng().normal(size=(200, 5)).astype(np.float32)
    classes = (rng().permutation(200) % k).astype(np.intp)
    rows[:, 0] += classes
    weights, new = rng().uniform(0.1, 3, size=200), rng().normal(size=(3_000, 5)).astype(np.float32)

    values = SVC(C=10.0, decision_function_shape="ovr").fit(rows, classes, weights).decision_function(new)
    stated = softmax(2 * (values if k > 2 else np.column_stack([-values, values])), axis=1)

    off = np.abs(SoftmaxSVC().fit(rows, classes, weights).predict_proba(new) - stated).max(axis=1)

    # a row on the border between two classes may have its vote counted on the other side
    assert (off < 1e-3).mean() > 0.998


def test_decisions_do_not_lose_their_digits_far_from_zero():
    rows = rng().normal(size=(60, 3)) + np.repeat([[0.0], [2.0]], 30, axis=0)
    near, far = (
        SoftmaxSVC().fit(rows + shift, np.repeat([0, 1], 30)).predict_proba(rows + shift) for shift in (0, 2048)
    )

    assert np.allclose(near, far, atol=1e-2)
