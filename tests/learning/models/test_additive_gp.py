from __future__ import annotations

import numpy as np
import pytest

from activelabel.learning.models import additive_gp
from activelabel.learning.models.additive_gp import AdditiveGaussianProcess


def rows(n: int = 80) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(n, 3)).astype(np.float32)


def partly(truth: np.ndarray, m: int) -> np.ndarray:
    return np.where(np.arange(len(truth)) < m, truth, -1)


def test_a_straight_border_is_learnt_from_few_labels_where_neighbours_know_nothing():
    features = np.random.default_rng(0).normal(size=(300, 12)).astype(np.float32)
    truth = (features @ np.arange(1, 13) > 0).astype(int)

    model = AdditiveGaussianProcess().fit(features, partly(truth, 40))

    assert (model.label_distributions_.argmax(axis=1) == truth).mean() > 0.8


def test_rings_are_learnt_from_one_label_each_because_the_graph_knows_them():
    angles = np.linspace(0, 6.2, 100)
    inner = np.column_stack([np.cos(angles), np.sin(angles)])
    features = np.concatenate([inner, 4 * inner]).astype(np.float32)
    y = np.full(200, -1)
    y[[10, 60, 110, 160]] = [0, 0, 1, 1]

    model = AdditiveGaussianProcess().fit(features, y)

    assert (model.label_distributions_.argmax(axis=1) == np.arange(200) // 100).mean() > 0.95


def test_what_is_said_of_a_label_left_out_is_what_a_fit_without_it_says(monkeypatch):
    monkeypatch.setattr(additive_gp, "NOISES", (0.1,))
    features, truth = rows(), np.arange(80) % 2
    whole = AdditiveGaussianProcess().fit(features, partly(truth, 11))
    without = partly(truth, 11)
    without[10] = -1

    part = AdditiveGaussianProcess().fit(features, without)

    # the constant alone sees the label: a shift of a class share by one in eleven
    assert whole.left_out_[10] == pytest.approx(part.label_distributions_[10], abs=0.06)


def test_a_row_of_the_pool_is_predicted_about_as_it_was_fitted():
    features, truth = rows(), (rows()[:, 0] > 0).astype(int)
    model = AdditiveGaussianProcess().fit(features, partly(truth, 30))

    said = model.predict_proba(features)

    assert np.abs(said - model.label_distributions_).mean() < 0.1


def test_a_big_pool_is_learnt_without_the_whole_kernel():
    rng = np.random.default_rng(0)
    truth = rng.integers(2, size=4_100)
    features = (rng.normal(size=(4_100, 2)) + 6 * truth[:, None]).astype(np.float32)

    model = AdditiveGaussianProcess().fit(features, partly(truth, 10))

    assert (model.label_distributions_.argmax(axis=1) == truth).mean() > 0.99


def test_labels_that_may_be_wrong_are_taken_less_at_their_word():
    features, y = rows(), partly(np.arange(80) % 2, 6)
    doubted = AdditiveGaussianProcess()
    doubted.noise = 0.4

    sure = AdditiveGaussianProcess().fit(features, y).label_distributions_[:6].max(axis=1)

    assert (doubted.fit(features, y).label_distributions_[:6].max(axis=1) < sure).all()


def test_predicting_before_fitting_is_refused():
    with pytest.raises(ValueError, match="call fit first"):
        AdditiveGaussianProcess().predict_proba(rows())
