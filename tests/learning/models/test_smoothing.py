from __future__ import annotations

import pickle

import numpy as np
import pytest

from activelabel.learning.models import smoothing
from activelabel.learning.models.smoothing import Smoother


def sides(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return rows of two dimensions, and the probability of being on the right that is said of each."""
    rows = np.random.default_rng(0).normal(size=(n, 2)).astype(np.float32)
    right = np.where(rows[:, 0] > 0, 0.9, 0.1)
    return rows, np.column_stack([1 - right, right])


def test_what_is_said_against_all_neighbours_is_smoothed_away():
    rows, said = sides(300)
    odd = np.flatnonzero(np.abs(rows[:, 0]) > 1)[:5]
    told = said.copy()
    told[odd] = told[odd, ::-1]

    found = Smoother().fit_predict(rows, told)

    assert (found[odd].argmax(axis=1) == said[odd].argmax(axis=1)).all()


def test_a_border_that_rows_agree_on_stays_where_it_is():
    rows, said = sides(300)

    model = Smoother()
    model.fit_predict(rows, said)
    new = np.random.default_rng(1).normal(size=(200, 2)).astype(np.float32)
    clear = np.abs(new[:, 0]) > 0.2

    assert (model.predict_proba(new).argmax(axis=1) == (new[:, 0] > 0))[clear].mean() > 0.97


def test_what_is_said_louder_on_one_side_of_a_border_does_not_move_it():
    rows = np.linspace(-1, 1, 400, dtype=np.float32)[:, None]
    left = np.where(rows[:, 0] < 0, np.where(rows[:, 0] > -0.4, 0.99, 0.52), 0.48)

    model = Smoother()
    found = model.fit_predict(rows, np.column_stack([left, 1 - left]))
    near = np.linspace(0.02, 0.2, 50, dtype=np.float32)[:, None]

    assert (found.argmax(axis=1) == (rows[:, 0] > 0)).mean() > 0.99
    assert (model.predict_proba(near).argmax(axis=1) == 1).all()


def test_probabilities_sum_to_1_and_are_never_0():
    rows, said = sides(100)
    model = Smoother()

    for found in (model.fit_predict(rows, said.round()), model.predict_proba(10 * rows)):
        assert np.allclose(found.sum(axis=1), 1)
        assert found.min() > 0


def test_the_pool_is_told_the_same_as_rows_and_as_itself():
    rows, said = sides(100)
    model = Smoother()
    smooth = model.fit_predict(rows, said)

    assert np.allclose(model.predict_proba(rows), smooth, atol=1e-3)


@pytest.mark.parametrize(("landmarks", "pupils"), [(20, 4_000), (20, 50)])
def test_of_a_bigger_pool_some_rows_stand_for_all(monkeypatch, landmarks, pupils):
    monkeypatch.setattr(smoothing, "LANDMARKS", landmarks)
    monkeypatch.setattr(smoothing, "PUPILS", pupils)
    rows, said = sides(200)

    smooth = Smoother().fit_predict(rows, said)

    assert smooth.shape == (200, 2)
    assert (smooth.argmax(axis=1) == said.argmax(axis=1)).mean() > 0.9


def test_rows_that_are_all_alike_are_told_their_mean():
    found = Smoother().fit_predict(np.zeros((4, 2), np.float32), np.array([[1.0, 0], [1, 0], [1, 0], [0, 1]]))

    assert found[:, 0] == pytest.approx([0.75] * 4, abs=0.01)


def test_predicting_before_fitting_is_refused():
    with pytest.raises(ValueError, match="call fit_predict first"):
        Smoother().predict_proba(np.zeros((1, 1), np.float32))


def test_what_goes_to_other_machines_is_what_new_rows_need():
    rows = np.random.default_rng(0).normal(size=(3_000, 4)).astype(np.float32)
    student = Smoother()
    student.fit_predict(rows, np.eye(2)[(rows[:, 0] > 0).astype(int)])
    sent = pickle.dumps(student)

    assert len(sent) < 100_000
    assert np.array_equal(pickle.loads(sent).predict_proba(rows[:5]), student.predict_proba(rows[:5]))
