from __future__ import annotations

import weakref

import numpy as np
import pytest
from scipy.sparse import csr_array, issparse

from activelabel.learning.kept import kept
from activelabel.learning.models.mixture import Mixture
from activelabel.learning.neighbours import neighbour_graph
from activelabel.learning.propagation.kernel import REACHES, GraphKernel, kernels_for, kernels_of
from activelabel.learning.propagation.landmarks import Landmarks, groups_of, landmarks_of

ROWS = np.array([3, 17, 350, 90, 201])


@pytest.fixture
def few(monkeypatch):
    """Graphs of more than 100 rows have landmarks."""
    monkeypatch.setattr("activelabel.learning.propagation.landmarks.FULL_ROWS", 100)


def rings(n: int = 400) -> np.ndarray:
    angles = np.linspace(0, 2 * np.pi, n // 2, endpoint=False)
    inner = np.column_stack([np.cos(angles), np.sin(angles)])
    rows = np.concatenate([inner, 3 * inner]).astype(np.float32)
    return rows[np.random.default_rng(0).permutation(n)]


def is_outer(rows: np.ndarray) -> np.ndarray:
    return (np.linalg.norm(rows, axis=1) > 2).astype(np.intp)


def blobs() -> np.ndarray:
    rng = np.random.default_rng(0)
    return rng.normal(rng.integers(3, size=(600, 1)) * 3, 1, (600, 3)).astype(np.float32)


def system_of(landmarks: Landmarks, reach: float) -> np.ndarray:
    S, half = landmarks.system(reach)
    unit = np.eye(len(half), dtype=np.float32)
    return (unit - S @ unit).astype(np.float64) / half[:, None] / half


@pytest.mark.usefixtures("few")
def test_a_graph_that_can_be_solved_on_whole_needs_no_landmarks():
    assert landmarks_of(neighbour_graph(rings(100))) is None


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("n", [102, 400, 1_000])
def test_landmarks_are_a_fifth_and_every_row_is_spoken_for(n):
    landmarks = landmarks_of(neighbour_graph(rings(n)))

    assert landmarks.weights.shape == (n, round(n / 5))
    assert np.allclose(landmarks.weights.sum(axis=1), 1, atol=1e-6)
    assert landmarks.weights.data.min() > 0


@pytest.mark.usefixtures("few")
def test_rows_join_a_landmark_that_a_path_leads_to():
    pool = rings(1_000)
    outer = is_outer(pool)

    groups = groups_of(neighbour_graph(pool))

    assert len(set(zip(groups.tolist(), outer.tolist(), strict=True))) == len(set(groups.tolist())) == 200


def test_a_row_joins_with_the_heaviest_of_its_edges_to_rows_that_have():
    edges = np.zeros((10, 10), dtype=np.float32)
    # of ten rows 0 and 5 are landmarks; 9 hears of one by 4, and of 3, 6, 7 and 8 no path leads to one
    for one, other, weight in [(1, 0, 0.3), (1, 5, 0.2), (2, 0, 0.1), (2, 5, 0.4), (4, 2, 0.9), (9, 4, 0.1), (7, 8, 1)]:
        edges[one, other] = edges[other, one] = weight

    groups = groups_of(csr_array(edges)).tolist()

    assert [groups[row] for row in (0, 1)] == [0, 0]
    assert [groups[row] for row in (5, 2, 4, 9)] == [1, 1, 1, 1]
    assert groups[7] == groups[8]
    assert sorted(groups[row] for row in (3, 6, 7)) == [2, 3, 4]


@pytest.mark.usefixtures("few")
def test_what_landmarks_solve_for_is_the_nearest_to_the_truth_that_they_can_say():
    graph = neighbour_graph(blobs())
    landmarks, reach = Landmarks(graph), REACHES[-1]
    W = graph.toarray().astype(np.float64)
    whole = np.diag(W.sum(axis=1)) - reach * W
    weights = landmarks.weights.toarray().astype(np.float64)
    unit = np.zeros(len(W))
    unit[7] = 1.0

    found = weights @ np.linalg.solve(system_of(landmarks, reach), weights.T @ unit)

    assert np.abs(weights.T @ (unit - whole @ found)).max() < 1e-4


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("reach", REACHES)
def test_a_product_of_many_entries_is_not_multiplied_out_and_says_the_same(reach, monkeypatch):
    landmarks = Landmarks(neighbour_graph(blobs()))
    multiplied, half = landmarks.system(reach)
    monkeypatch.setattr(Landmarks, "_product_entries", lambda self: np.inf)
    columns = np.random.default_rng(0).normal(size=(len(half), 3)).astype(np.float32)

    unmultiplied, same = landmarks.system(reach)

    assert np.allclose(half, same, rtol=1e-5)
    assert np.allclose(unmultiplied @ columns, multiplied @ columns, atol=1e-5)


def test_a_product_has_many_entries_where_neighbours_have_nothing_in_common(monkeypatch):
    monkeypatch.setattr("activelabel.learning.propagation.landmarks.FULL_ROWS", 500)
    rng = np.random.default_rng(0)
    noise, line = rng.normal(size=(5_000, 50)), rng.uniform(size=(5_000, 1))

    kinds = [Landmarks(neighbour_graph(rows.astype(np.float32))).system(REACHES[0])[0] for rows in (noise, line)]

    assert [issparse(kind) for kind in kinds] == [False, True]


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("reach", REACHES)
def test_variance_that_landmarks_do_not_know_is_restored(reach):
    graph = neighbour_graph(blobs())
    landmarks = Landmarks(graph)
    W = graph.toarray().astype(np.float64)
    true = np.diag(np.linalg.inv(np.diag(W.sum(axis=1)) - reach * W))[ROWS]
    weights = landmarks.weights[ROWS].toarray().astype(np.float64)
    columns = np.linalg.solve(system_of(landmarks, reach), weights.T)
    known = np.einsum("qp,pq->q", weights, columns)

    restored = known + landmarks.unknown(reach, ROWS, columns.astype(np.float32))

    assert (known < 0.9 * true).all()
    assert (restored > 0.9 * true).all()
    assert (restored < 1.001 * true).all()


@pytest.mark.usefixtures("few")
def test_kernels_of_landmarks_are_near_to_those_of_the_graph():
    graph = neighbour_graph(blobs())
    for reach in REACHES:
        dense = GraphKernel(graph, reach)
        by_landmarks = GraphKernel(graph, reach, Landmarks(graph))
        mine, whole = by_landmarks.among(np.arange(0, 600, 7)), dense.among(np.arange(0, 600, 7))

        assert np.corrcoef(mine.ravel(), whole.ravel())[0, 1] > 0.97
        assert np.diag(mine).mean() == pytest.approx(np.diag(whole).mean(), abs=0.1)


def test_where_every_row_is_a_landmark_the_kernel_is_that_of_the_graph(monkeypatch):
    monkeypatch.setattr("activelabel.learning.propagation.landmarks.FULL_ROWS", 100)
    monkeypatch.setattr("activelabel.learning.propagation.landmarks.SHARE", 1.0)
    monkeypatch.setattr("activelabel.learning.propagation.landmarks.DAMPING", 0.0)
    pool, rows = rings(), np.array([3, 17, 350, 90])
    values = np.random.default_rng(0).normal(size=(4, 3))
    graph = kept(pool, neighbour_graph)

    for mine, reach in zip(kernels_for(pool), REACHES, strict=True):
        whole = GraphKernel(graph, reach)
        # the mean of the diagonal is estimated from 64 rows
        scale = mine.among(rows)[0, 0] / whole.among(rows)[0, 0]
        assert 0.9 < scale < 1.1
        assert np.allclose(mine.among(rows) / scale, whole.among(rows), atol=2e-3)
        assert np.allclose(mine.carry(rows, values) / scale, whole.carry(rows, values), atol=5e-3)


@pytest.mark.usefixtures("few")
def test_a_kernel_of_landmarks_is_symmetric_and_the_same_whether_asked_at_once_or_bit_by_bit():
    at_once, by_bits = kernels_for(rings())[-1], kernels_for(rings())[-1]
    by_bits.among(ROWS[:2])
    by_bits.among(ROWS[1:4])

    assert np.array_equal(at_once.among(ROWS), at_once.among(ROWS).T)
    assert np.allclose(by_bits.among(ROWS), at_once.among(ROWS), atol=1e-3)


@pytest.mark.usefixtures("few")
def test_carrying_a_unit_is_reading_a_column_but_for_the_rows_own_variance():
    kernel = kernels_for(rings())[-1]

    column, between = kernel.carry(ROWS[:1], np.ones((1, 1)))[ROWS, 0], kernel.among(ROWS)[:, 0]

    assert np.allclose(column[1:], between[1:], atol=1e-3)
    assert column[0] < between[0]


@pytest.mark.usefixtures("few")
def test_the_default_learner_follows_rings_by_landmarks():
    pool, y = rings(), np.full(400, -1)
    truth = is_outer(pool)
    for label in (0, 1):
        y[np.flatnonzero(truth == label)[::60]] = label

    model = Mixture(0).fit(pool, y)

    assert (model.label_distributions_.argmax(axis=1) == truth).mean() > 0.99
    assert (model.predict_proba(pool * np.float32(1.01)).argmax(axis=1) == truth).mean() > 0.99


@pytest.mark.usefixtures("few")
def test_a_pool_and_its_graph_are_not_kept_by_their_kernels():
    pool = rings()
    kernels_for(pool)[-1].among(np.array([3, 17]))
    gone = weakref.ref(pool), weakref.ref(kept(pool, neighbour_graph))
    del pool

    assert [each() for each in gone] == [None, None]


@pytest.mark.usefixtures("few")
def test_kernels_of_a_graph_are_remembered_with_it():
    graph = neighbour_graph(rings())

    assert kernels_of(graph) is kernels_of(graph)
