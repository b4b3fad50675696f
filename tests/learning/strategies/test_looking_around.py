from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from activelabel.learning.clusterers.kmeans import k_means
from activelabel.learning.protocols import ACCURACY, Goal
from activelabel.learning.strategies.adaptive import adaptive, still_looking_around
from activelabel.learning.strategies.diversity import margin_diversity
from activelabel.learning.strategies.graph_herding import graph_herding
from activelabel.learning.strategies.optimal_design import sigma_optimality
from activelabel.learning.strategies.rare_classes import rare_classes
from activelabel.learning.strategies.representative import nested_representatives, representative


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def test_the_first_rows_are_the_middles_of_as_many_clusters_biggest_first(fresh, blobs):
    clusters = k_means(fresh.features, 3, rng())

    rows = nested_representatives(fresh, 30, rng(), first=3)

    assert rows[:3].tolist() == clusters.medoids[np.argsort(-clusters.sizes)].tolist()
    assert blobs[1][rows[:3]].tolist() == [0, 1, 2]


def test_a_longer_list_begins_like_a_shorter_one(fresh):
    short, long = (nested_representatives(fresh, q, rng(), first=5) for q in (5, 40))

    assert long[:5].tolist() == short.tolist()


def test_a_group_that_has_a_label_is_not_asked_again_first(pool, blobs):
    known = pool.labels < 2
    two = replace(pool, labelled=pool.labelled[known][:2], labels=pool.labels[known][:2])
    asked = set(blobs[1][two.labelled].tolist())

    first = representative(two, 1, rng())[0]

    assert blobs[1][first] not in asked


def test_a_given_clustering_is_used_before_the_first_label_and_completed_after_its_groups(fresh):
    clusters = k_means(fresh.features, 6, rng())

    rows = representative(replace(fresh, clustering=clusters), 12, rng())

    assert set(rows[:6].tolist()) == set(clusters.medoids.tolist())
    assert len(set(rows.tolist())) == 12


def test_the_middle_is_an_askable_row(fresh):
    clusters = k_means(fresh.features, 3, rng())
    askable = np.ones(60, dtype=bool)
    askable[clusters.medoids] = False

    rows = representative(replace(fresh, clustering=clusters, askable=askable), 3, rng())

    for row in rows:
        mates = (clusters.labels == clusters.labels[row]) & askable
        assert clusters.distances[row] == clusters.distances[mates].min()


@pytest.mark.parametrize(
    ("labels", "n_classes", "looking"),
    [([0, 1], 2, True), ([0, 1] * 5, 2, False), ([0, 1] * 5, 6, True), ([0, 1] * 6, 6, False), ([], 0, True)],
)
def test_looks_around_below_ten_labels_and_while_a_class_is_missing(pool, labels, n_classes, looking):
    given = replace(pool, labelled=np.arange(len(labels)), labels=np.array(labels, dtype=np.intp), n_classes=n_classes)

    assert still_looking_around(given) is looking


@pytest.mark.parametrize(
    ("labels", "n_classes", "goal", "strategy"),
    [
        (9, 3, ACCURACY, sigma_optimality),
        (10, 3, ACCURACY, graph_herding),
        (29, 3, ACCURACY, graph_herding),
        (30, 3, ACCURACY, margin_diversity),
        (29, 3, Goal("macro-f1"), rare_classes),
        # three of six classes have no label yet
        (11, 6, Goal("macro-f1"), graph_herding),
    ],
)
def test_what_the_default_asks_follows_from_how_many_labels_there_are(fresh, blobs, labels, n_classes, goal, strategy):
    labelled = np.arange(labels)
    proba = np.random.default_rng(1).dirichlet(np.ones(n_classes), 60)
    given = replace(
        fresh,
        labelled=labelled,
        labels=blobs[1][labelled],
        n_classes=n_classes,
        askable=np.arange(60) >= labels,
        proba=proba,
        goal=goal,
    )

    assert adaptive(given, 8, rng()).tolist() == strategy(given, 8, rng()).tolist()


@pytest.mark.slow
def test_on_a_big_pool_the_list_is_completed_at_random():
    from activelabel.learning.protocols import Pool

    n = 20_001
    nothing = np.empty(0, dtype=np.intp)
    features = rng().normal(size=(n, 4)).astype(np.float32)
    pool = Pool(features, nothing, nothing, 2, np.ones(n, dtype=bool), np.ones(n))

    rows = representative(pool, 300, rng())

    assert len(set(rows.tolist())) == 300
