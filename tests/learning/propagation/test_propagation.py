from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from activelabel.learning.clusterers.kmeans import k_means
from activelabel.learning.neighbours import neighbour_graph
from activelabel.learning.propagation.cluster import cluster
from activelabel.learning.propagation.graph_gp import graph_gp
from activelabel.learning.propagation.solve import degrees, normalised, spread
from activelabel.learning.propagation.spreading import label_spreading


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.mark.parametrize("alpha", [0.5, 0.9, 0.99])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_system_is_solved_as_a_dense_solver_does(alpha, dtype):
    S = normalised(neighbour_graph(rng().normal(size=(150, 3)).astype(np.float32))).astype(dtype)
    sources = rng().normal(size=(150, 4)).astype(dtype)

    found = spread(S, sources, alpha, tolerance=1e-5)

    dense = np.linalg.solve(np.eye(150) - alpha * S.toarray().astype(np.float64), sources)
    assert found.dtype == dtype
    assert np.abs(found - dense).max() < 2e-3 * np.abs(dense).max()


def test_a_source_of_nothing_is_solved_by_nothing():
    S = normalised(neighbour_graph(rng().normal(size=(20, 2)).astype(np.float32)))

    assert (spread(S, np.zeros((20, 2), dtype=np.float32), 0.9, 1e-4) == 0).all()


def test_graph_gp_is_the_regression_its_docstring_states(pool):
    graph = neighbour_graph(pool.features)
    D, W, Y = degrees(graph), graph.toarray().astype(np.float64), np.eye(3)[pool.labels]
    stated = {}
    for reach in (0.9, 0.99):
        A = np.linalg.inv(np.diag(D) - reach * W)
        A /= np.diag(A).mean()
        F = A[:, pool.labelled] @ np.linalg.solve(A[np.ix_(pool.labelled, pool.labelled)] + 0.02 * np.eye(len(Y)), Y)
        lifted = np.maximum(F, 0) + 0.01
        stated[reach] = lifted / lifted.sum(axis=1, keepdims=True)

    found = graph_gp(pool, rng()).proba

    unlabelled = np.setdiff1d(np.arange(60), pool.labelled)
    assert min(np.abs(found - proba)[unlabelled].max() for proba in stated.values()) < 5e-3


def test_graph_gp_solves_for_many_labels_in_parts(pool, blobs):
    labelled = np.sort(rng().permutation(600)[:200])
    features = rng().normal(size=(600, 3)).astype(np.float32)
    features[:300] += 9
    truth = (np.arange(600) < 300).astype(np.intp)
    many = replace(
        pool,
        features=features,
        labelled=labelled,
        labels=truth[labelled],
        n_classes=2,
        weights=np.ones(600),
        proba=None,
    )

    assert (graph_gp(many, rng()).proba.argmax(axis=1) == truth).all()


def test_label_spreading_follows_its_paper_on_a_line_of_rows(pool):
    line = replace(
        pool,
        features=np.arange(9, dtype=np.float32)[:, None],
        labelled=np.array([0, 8]),
        labels=np.array([0, 1]),
        n_classes=2,
        graph=neighbour_graph(np.arange(9, dtype=np.float32)[:, None], k=1),
    )

    found = label_spreading(line, rng()).proba[:, 0]

    assert (np.diff(found) <= 1e-9).all()
    assert found[4] == pytest.approx(0.5, abs=0.06)


def test_a_rare_class_is_not_drowned_by_a_big_one(pool, blobs):
    spread_out = label_spreading(pool, rng())

    assert (spread_out.proba.argmax(axis=1)[blobs[1] == 2] == 2).all()


def test_a_cluster_takes_the_vote_of_its_labels_by_weight(pool):
    clusters = k_means(pool.features, 1, rng())
    weights = np.ones(60)
    weights[pool.labelled[0]] = 10
    heavy = int(pool.labels[0])

    found = cluster(replace(pool, clustering=clusters, weights=weights), rng())

    unlabelled = np.setdiff1d(np.arange(60), pool.labelled)
    assert found.reached.all()
    assert np.allclose(found.proba[unlabelled, heavy], 11 / 15)


@pytest.mark.parametrize("nearest", [0, 20, 100])
def test_only_the_rows_nearest_to_their_centre_take_the_label(pool, nearest):
    clusters = k_means(pool.features, 3, rng())

    found = cluster(replace(pool, clustering=clusters), rng(), nearest=nearest)

    for number in range(3):
        mates = np.setdiff1d(np.flatnonzero(clusters.labels == number), pool.labelled)
        limit = np.percentile(clusters.distances[clusters.labels == number], nearest)
        assert (found.reached[mates] == (clusters.distances[mates] <= limit)).all()


def test_noise_neither_takes_a_label_nor_gives_one(pool):
    clusters = k_means(pool.features, 3, rng())
    labels = clusters.labels.copy()
    labels[pool.labelled[0]] = labels[int(np.flatnonzero(pool.askable)[0])] = -1
    noisy = replace(pool, clustering=replace(clusters, labels=labels))

    found = cluster(noisy, rng())

    assert not found.reached[np.flatnonzero(pool.askable)[0]]
    assert found.proba[pool.labelled[0]].max() == 1
    assert pool.labelled[0] not in np.delete(found.sources, pool.labelled[0])
