"""What every clusterer must do, whatever it is; a new row of the registry is tested by being there."""

from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from activelabel.learning.registry import find, names

every_clusterer = pytest.mark.parametrize("clusterer", names("clusterer"))


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def same_partition(one: np.ndarray, other: np.ndarray) -> bool:
    pairs = set(zip(one.tolist(), other.tolist(), strict=True))
    return len(pairs) == len(set(one.tolist())) == len(set(other.tolist()))


@every_clusterer
@pytest.mark.parametrize("k", [1, 3, 60, 90])
def test_clusters_are_full_and_their_medoids_lie_in_them(clusterer, blobs, k):
    found = find("clusterer", clusterer)(blobs[0], k, rng())

    assert found.labels.shape == found.distances.shape == (60,)
    assert 1 <= len(found.medoids) <= min(k, 60)
    assert (found.sizes > 0).all()
    assert found.labels[found.medoids].tolist() == list(range(len(found.medoids)))
    for number, medoid in enumerate(found.medoids):
        assert found.distances[medoid] == found.distances[found.labels == number].min()


@every_clusterer
def test_clusters_follow_from_the_generator_alone(clusterer, blobs):
    first, second = (find("clusterer", clusterer)(blobs[0], 7, rng()) for _ in range(2))

    assert (first.labels == second.labels).all()
    assert (first.distances == second.distances).all()


@every_clusterer
def test_groups_far_apart_are_found_in_whatever_order_they_come(clusterer, blobs):
    features, groups = blobs
    order = np.random.default_rng(1).permutation(60)

    straight = find("clusterer", clusterer)(features, 3, rng())
    mixed = find("clusterer", clusterer)(features[order], 3, rng())

    assert same_partition(straight.labels, groups)
    assert same_partition(mixed.labels, groups[order])
    assert set(order[mixed.medoids].tolist()) == set(straight.medoids.tolist())


@every_clusterer
@pytest.mark.parametrize("features", [np.zeros((1, 2)), np.zeros((9, 2)), np.repeat(np.eye(2), 4, axis=0)])
def test_there_are_never_more_clusters_than_distinct_rows(clusterer, features):
    found = find("clusterer", clusterer)(features.astype(np.float32), 5, rng())

    assert len(found.medoids) == len(np.unique(features, axis=0))


@every_clusterer
def test_clusters_do_not_depend_on_the_number_of_threads(clusterer):
    features = np.random.default_rng(0).normal(size=(600, 8)).astype(np.float32)

    found = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            found.append(find("clusterer", clusterer)(features, 6, rng()))

    assert (found[0].labels == found[1].labels).all()
    assert (found[0].distances == found[1].distances).all()
