from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.neighbors import NearestNeighbors
from threadpoolctl import threadpool_limits

from activelabel.learning import neighbours as module
from activelabel.learning.indexes import index_of
from activelabel.learning.neighbours import graph_of, nearest, nearest_neighbours, neighbour_graph, parts_of


def test_neighbours_are_the_nearest_other_rows():
    rows = np.random.default_rng(0).normal(size=(300, 5)).astype(np.float32)
    squares = ((rows[:, None].astype(np.float64) - rows[None]) ** 2).sum(axis=2)
    np.fill_diagonal(squares, np.inf)

    distances, found = nearest_neighbours(rows, 6)

    assert (found == np.argsort(squares, axis=1)[:, :6]).all()
    assert np.allclose(distances, np.sqrt(np.sort(squares, axis=1)[:, :6]), atol=1e-5)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 12), st.integers(1, 9), st.integers(0, 2**20))
def test_a_row_is_never_its_own_neighbour_however_many_twins_it_has(n, k, seed):
    rows = np.random.default_rng(seed).integers(0, 2, size=(n, 2)).astype(np.float32)

    distances, found = nearest_neighbours(rows, k) if n else (np.empty((0, 0)), np.empty((0, 0)))

    assert found.shape == distances.shape == (n, max(0, min(k, n - 1)))
    for row, neighbours in enumerate(found):
        assert row not in neighbours
        assert len(set(neighbours.tolist())) == len(neighbours)
    assert (np.diff(distances, axis=1) >= 0).all()


def test_the_graph_is_symmetric_and_sparse_with_weights_up_to_1():
    rows = np.random.default_rng(0).normal(size=(200, 3)).astype(np.float32)

    graph = neighbour_graph(rows)

    assert graph.dtype == np.float32
    assert abs(graph - graph.T).max() == 0
    assert graph.diagonal().max() == 0
    assert 0 < graph.data.min() <= graph.data.max() <= 1
    assert graph.nnz <= 2 * 7 * 200


@pytest.mark.parametrize("n", [1, 2, 20])
def test_twins_are_joined_with_weight_1(n):
    graph = neighbour_graph(np.ones((n, 2), dtype=np.float32))

    assert (graph.data == 1).all()
    assert graph.nnz > 0 or n == 1


def test_a_far_row_does_not_drown_a_group_of_twins():
    rows = np.zeros((20, 1), dtype=np.float32)
    rows[-1] = 1000

    graph = neighbour_graph(rows)

    assert np.isfinite(graph.data).all()
    assert graph[0].max() == 1


def test_a_pool_that_brings_its_graph_is_spared_another(pool):
    graph = neighbour_graph(pool.features, k=2)

    assert graph_of(replace(pool, graph=graph)) is graph
    assert graph_of(pool).nnz > graph.nnz


def test_rows_that_no_path_joins_are_in_parts_of_their_own(pool):
    apart = np.concatenate([pool.features, pool.features + 1_000])
    both = replace(pool, features=apart, graph=None)
    own = replace(pool, graph=neighbour_graph(pool.features, k=1))

    parts = parts_of(both)

    assert not set(parts[: len(pool)].tolist()) & set(parts[len(pool) :].tolist())
    assert len(np.unique(parts_of(own))) > len(np.unique(parts_of(replace(own, graph=None))))


@pytest.mark.parametrize("columns", [3, 200])
def test_a_part_of_the_rows_tells_whether_there_are_hubs(columns, monkeypatch):
    rows = np.random.default_rng(0).normal(size=(900, columns)).astype(np.float32)
    whole, usual = neighbour_graph(rows), nearest(rows)
    searched = []
    monkeypatch.setattr(module, "EXACT_ROWS", 600)
    monkeypatch.setattr(module, "index_of", lambda some: searched.append(len(some)) or index_of(some))
    again = rows.copy()

    assert abs(neighbour_graph(again) - whole).max() < 1e-6
    assert np.array_equal(nearest(again)[1], usual[1])
    assert searched == [600, 900]


def test_the_graph_is_the_same_on_one_thread_and_two():
    rows = np.random.default_rng(0).normal(size=(2_000, 8)).astype(np.float32)
    graphs = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            graphs.append(neighbour_graph(rows))

    assert (graphs[0] != graphs[1]).nnz == 0


@pytest.mark.slow
@pytest.mark.parametrize("spread", [0.1, 0.5])
def test_in_a_big_pool_nearly_all_neighbours_are_found(spread):
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(40, 10))[rng.integers(0, 40, 25_000)]
    rows = (centres + spread * rng.normal(size=(25_000, 10))).astype(np.float32)
    probes = rng.choice(25_000, 500, replace=False)
    true = NearestNeighbors(n_neighbors=8, algorithm="brute").fit(rows).kneighbors(rows[probes])[1][:, 1:]

    _, found = nearest_neighbours(rows, 7)

    shared = [len(set(few) & set(all_)) for few, all_ in zip(found[probes].tolist(), true.tolist(), strict=True)]
    assert np.mean(shared) > 0.98 * 7
    assert not (found == np.arange(25_000)[:, None]).any()


@pytest.mark.slow
def test_a_big_pool_of_few_distinct_rows_has_neighbours():
    rows = np.random.default_rng(0).integers(0, 2, size=(20_001, 3)).astype(np.float32)

    distances, _ = nearest_neighbours(rows, 7)

    assert (distances == 0).all()
