"""What each of the other propagators promises beyond the contract."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from activelabel.learning.clusterers.gaussian import gaussian_mixture
from activelabel.learning.neighbours import neighbour_graph
from activelabel.learning.propagation.clamped import harmonic, label_propagation
from activelabel.learning.propagation.memberships import mixture_responsibilities
from activelabel.learning.propagation.poisson import poisson
from activelabel.learning.propagation.self_training import self_training
from activelabel.learning.propagation.solve import degrees
from activelabel.learning.protocols import Pool


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def cloud_pool() -> Pool:
    """A hundred rows in one cloud, so that every path leads everywhere, with six labels of two classes."""
    features = np.random.default_rng(5).normal(size=(100, 2)).astype(np.float32)
    labelled = np.array([3, 20, 41, 60, 77, 90])
    askable = np.ones(100, dtype=bool)
    askable[labelled] = False
    return Pool(features, labelled, (features[labelled, 0] > 0).astype(np.intp), 2, askable, np.ones(100))


def line(labels: tuple[int, ...]) -> Pool:
    features = np.arange(9, dtype=np.float32)[:, None]
    rows = np.array([0, 8, 1][: len(labels)])
    order = np.argsort(rows)
    graph = neighbour_graph(features, k=1)
    return Pool(features, rows[order], np.array(labels)[order], 2, np.ones(9, dtype=bool), np.ones(9), graph=graph)


def test_propagation_settles_where_scikit_learns_does():
    from sklearn.semi_supervised import LabelPropagation

    pool = cloud_pool()
    graph = neighbour_graph(pool.features).toarray().astype(np.float64)
    y = np.full(100, -1)
    y[pool.labelled] = pool.labels

    theirs = LabelPropagation(kernel=lambda one, other: graph, max_iter=1000).fit(pool.features, y)

    assert np.allclose(label_propagation(pool, rng()).proba, theirs.label_distributions_, atol=2e-3)


def test_a_harmonic_row_is_the_mean_of_its_neighbours_before_classes_are_brought_to_their_share():
    pool = cloud_pool()
    W = neighbour_graph(pool.features).toarray().astype(np.float64)
    free = np.setdiff1d(np.arange(100), pool.labelled)
    system = np.diag(degrees(neighbour_graph(pool.features))) - W
    exact = np.linalg.solve(system[np.ix_(free, free)], W[np.ix_(free, pool.labelled)] @ np.eye(2)[pool.labels])
    scaled = exact * np.eye(2)[pool.labels].mean(axis=0) / exact.sum(axis=0)

    found = harmonic(pool, rng()).proba[free]

    assert np.allclose(found, scaled / scaled.sum(axis=1, keepdims=True), atol=1e-4)


def test_a_potential_falls_from_its_source_to_its_sink():
    found = poisson(line((0, 1)), rng()).proba[:, 0]

    assert (np.diff(found) <= 1e-9).all()
    assert found[4] == pytest.approx(0.5, abs=0.06)


def test_sources_and_sinks_are_the_equation_of_the_paper():
    pool = cloud_pool()
    W = neighbour_graph(pool.features).toarray().astype(np.float64)
    Y = np.eye(2)[pool.labels]
    sources = np.zeros((100, 2))
    sources[pool.labelled] = Y - Y.mean(axis=0)
    D = W.sum(axis=1)
    potential = np.linalg.lstsq(np.diag(D) - W, sources, rcond=None)[0]
    potential -= D @ potential / D.sum()
    free = np.setdiff1d(np.arange(100), pool.labelled)

    found = poisson(pool, rng()).proba[free]

    assert (found.argmax(axis=1) == potential[free].argmax(axis=1)).mean() > 0.98


@pytest.mark.parametrize("method", [label_propagation, harmonic, poisson])
def test_a_part_with_labels_of_one_class_is_of_that_class(method, pool, blobs):
    found = method(pool, rng())

    for group in range(3):
        assert found.proba[blobs[1] == group, group].min() > 0.99


def test_memberships_carry_labels_by_degrees(pool):
    cloud = np.random.default_rng(1).normal(size=(40, 1))
    rows = np.concatenate([cloud - 4, cloud + 4, [[0.0]]]).astype(np.float32)
    clusters = gaussian_mixture(rows, 2, rng())
    two = replace(
        pool,
        features=rows,
        labelled=np.array([0, 40]),
        labels=np.array([0, 1]),
        n_classes=2,
        askable=np.ones(81, dtype=bool),
        weights=np.ones(81),
        clustering=clusters,
    )

    found = mixture_responsibilities(two, rng())

    assert found.reached.all()
    assert (found.proba[:80].argmax(axis=1) == np.arange(80) // 40).all()
    assert found.proba[80].min() > 0


def test_noise_belongs_to_no_cloud(pool):
    clusters = gaussian_mixture(pool.features, 3, rng())
    labels = clusters.labels.copy()
    stranger = int(np.flatnonzero(pool.askable)[0])
    labels[stranger] = -1
    noisy = replace(pool, clustering=replace(clusters, labels=labels, responsibilities=None))

    assert not mixture_responsibilities(noisy, rng()).reached[stranger]


def test_self_training_leaves_out_what_it_is_not_sure_of():
    pool = cloud_pool()

    found = self_training(pool, rng())

    doubted = np.setdiff1d(np.flatnonzero(~found.reached), pool.labelled)
    assert 0 < len(doubted) < 94
    assert np.abs(pool.features[doubted, 0]).mean() < np.abs(pool.features[found.reached, 0]).mean()
