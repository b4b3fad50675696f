"""What every clusterer must do, whatever it is; a new row of the registry is tested by being there."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array
from support.contracts import SPARSE_REFUSED, global_seeds, limits
from threadpoolctl import threadpool_limits

from activelabel.errors import LearningError
from activelabel.learning.registry import CLUSTERERS, find, names

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
    first, second = (find("clusterer", clusterer)(blobs[0], 7, rng()) for _ in global_seeds())

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
def test_rows_that_stand_three_times_share_their_cluster(clusterer, blobs):
    features, groups = blobs

    found = find("clusterer", clusterer)(np.tile(features, (3, 1)), 3, rng())

    assert (found.labels.reshape(3, 60) == found.labels[:60]).all()
    within = found.labels[:60] >= 0
    assert (groups[found.medoids % 60][found.labels[:60]] == groups)[within].all()


@every_clusterer
def test_sparse_features_are_refused_in_one_sentence(clusterer, blobs):
    with pytest.raises(TypeError, match=SPARSE_REFUSED):
        find("clusterer", clusterer)(csr_array(blobs[0]), 3, rng())


@pytest.mark.parametrize(("clusterer", "limit"), limits(CLUSTERERS))
def test_pools_above_the_size_that_is_named_are_refused(clusterer, limit):
    with pytest.raises(LearningError, match=f"^{clusterer} ") as refusal:
        find("clusterer", clusterer)(np.zeros((limit + 1, 1), dtype=np.float32), 5, rng())

    assert f"up to {limit:,} rows; above, use " in refusal.value.hint


@every_clusterer
def test_clusters_do_not_depend_on_the_number_of_threads(clusterer):
    features = np.random.default_rng(0).normal(size=(600, 8)).astype(np.float32)

    found = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            found.append(find("clusterer", clusterer)(features, 6, rng()))

    assert (found[0].labels == found[1].labels).all()
    assert (found[0].distances == found[1].distances).all()
