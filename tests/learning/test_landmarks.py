from __future__ import annotations

import weakref

import numpy as np
import pytest

from activelabel.learning.kept import kept
from activelabel.learning.landmarks import landmarks_of, neighbour_weights, parts_of
from activelabel.learning.models.mixture import Mixture
from activelabel.learning.neighbours import neighbour_graph
from activelabel.learning.propagation.extension import extend
from activelabel.learning.propagation.kernel import kernels_for, kernels_of


@pytest.fixture
def few(monkeypatch):
    """Pools of more than 100 rows have landmarks."""
    monkeypatch.setattr("activelabel.learning.landmarks.FULL_ROWS", 100)


def rings(n: int = 400) -> np.ndarray:
    angles = np.linspace(0, 2 * np.pi, n // 2, endpoint=False)
    inner = np.column_stack([np.cos(angles), np.sin(angles)])
    rows = np.concatenate([inner, 3 * inner]).astype(np.float32)
    return rows[np.random.default_rng(0).permutation(n)]


def is_outer(rows: np.ndarray) -> np.ndarray:
    return (np.linalg.norm(rows, axis=1) > 2).astype(np.intp)


@pytest.mark.usefixtures("few")
def test_a_pool_that_is_one_graph_needs_no_landmarks():
    assert landmarks_of(rings(100)) is None


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("n", [102, 400, 1_000])
def test_landmarks_are_a_fifth_or_what_makes_one_graph_and_speak_for_themselves(n):
    pool = rings(n)

    landmarks = landmarks_of(pool)

    assert len(landmarks.rows) == max(100, n // 5)
    assert np.array_equal(landmarks.features, pool[landmarks.rows])
    assert np.allclose(landmarks.weights.sum(axis=1), 1, atol=1e-6)
    assert landmarks.weights.data.min() > 0
    assert np.array_equal(landmarks.weights[landmarks.rows].toarray(), np.eye(len(landmarks.rows)))


@pytest.mark.usefixtures("few")
def test_what_landmarks_say_is_carried_to_rows_near_them():
    pool = rings()
    known = is_outer(pool).astype(np.float64)[:, None]

    assert np.allclose(landmarks_of(pool).weights @ known[landmarks_of(pool).rows], known, atol=1e-6)
    elsewhere = np.array([[0.9, 0.1], [0, -3.2], [1e6, 1e6]], dtype=np.float32)
    assert extend(pool, known, elsewhere).round().ravel().tolist() == [0, 1, 1]


@pytest.mark.usefixtures("few")
def test_parts_of_the_graph_of_landmarks_are_those_of_the_whole():
    pool = rings()

    parts = parts_of(pool)

    assert len(set(zip(parts.tolist(), is_outer(pool).tolist(), strict=True))) == len(set(parts.tolist())) == 2


def test_where_every_row_is_a_landmark_the_kernel_is_that_of_the_graph(monkeypatch):
    monkeypatch.setattr("activelabel.learning.landmarks.FULL_ROWS", 100)
    monkeypatch.setattr("activelabel.learning.landmarks.SHARE", 1.0)
    pool, rows = rings(), np.array([3, 17, 350, 90])
    values = np.random.default_rng(0).normal(size=(4, 3))

    for mine, whole in zip(kernels_for(pool), kernels_of(kept(pool, neighbour_graph)), strict=True):
        # the mean of the diagonal is estimated from 64 rows
        scale = mine.among(rows)[0, 0] / whole.among(rows)[0, 0]
        assert 0.9 < scale < 1.1
        assert np.allclose(mine.among(rows) / scale, whole.among(rows), atol=2e-3)
        assert np.allclose(mine.carry(rows, values) / scale, whole.carry(rows, values), atol=5e-3)


@pytest.mark.usefixtures("few")
def test_a_kernel_of_landmarks_is_symmetric_and_the_same_whether_asked_at_once_or_bit_by_bit():
    rows = np.array([3, 17, 350, 90, 201])
    at_once, by_bits = kernels_for(rings())[-1], kernels_for(rings())[-1]
    by_bits.among(rows[:2])
    by_bits.among(rows[1:4])

    assert np.array_equal(at_once.among(rows), at_once.among(rows).T)
    assert np.allclose(by_bits.among(rows), at_once.among(rows), atol=1e-3)


@pytest.mark.usefixtures("few")
def test_carrying_a_unit_is_reading_a_column():
    rows = np.array([3, 17, 350])
    kernel = kernels_for(rings())[-1]

    assert np.allclose(kernel.carry(rows[:1], np.ones((1, 1)))[rows, 0], kernel.among(rows)[:, 0], atol=1e-3)


@pytest.mark.usefixtures("few")
def test_the_default_learner_follows_rings_by_landmarks():
    pool, y = rings(), np.full(400, -1)
    truth = is_outer(pool)
    for label in (0, 1):
        y[np.flatnonzero(truth == label)[::60]] = label

    model = Mixture(0).fit(pool, y)

    assert (model.label_distributions_.argmax(axis=1) == truth).mean() > 0.99
    assert (model.predict_proba(pool * np.float32(1.01)).argmax(axis=1) == truth).mean() > 0.99


def test_weights_to_a_pool_of_one_row_are_1():
    assert neighbour_weights(np.zeros((1, 2), np.float32), np.ones((3, 2), np.float32)).toarray().tolist() == [[1]] * 3


@pytest.mark.usefixtures("few")
def test_a_pool_is_not_kept_by_its_landmarks_nor_they_by_their_graph():
    pool = rings()
    kernels_for(pool)[-1].among(np.array([3, 17]))
    parts_of(pool)
    gone = weakref.ref(pool), weakref.ref(landmarks_of(pool).features)
    del pool

    assert [each() for each in gone] == [None, None]


@pytest.mark.usefixtures("few")
def test_a_graph_that_is_given_is_the_one_that_is_worked_on():
    pool = rings()
    graph = neighbour_graph(pool[:, :1].copy(), k=2)

    assert kernels_for(pool, graph) is kernels_of(graph)
    assert len(np.unique(parts_of(pool, graph))) != len(np.unique(parts_of(pool)))
