from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from activelabel.errors import LearningError
from activelabel.learning.clusterers.sampled import coverage_sample, sampled
from activelabel.learning.registry import find, names


def clouds(rows: int, groups: int = 12, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(groups, 16)) * 2.0
    of = rng.integers(groups, size=rows)
    return (centres[of] + rng.normal(size=(rows, 16))).astype(np.float32), of


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.mark.parametrize(
    "name", ["agglomerative", "spectral", pytest.param("affinity-propagation", marks=pytest.mark.slow), "birch"]
)
def test_a_fifth_of_the_rows_gives_nearly_the_groups_that_all_of_them_give(name):
    features, _ = clouds(1_500)

    whole = find("clusterer", name)(features, 12, rng())
    found = sampled(name, 300, features, 12, rng())

    assert adjusted_rand_score(whole.labels, found.labels) > 0.9


@pytest.mark.parametrize("name", names("clusterer"))
def test_every_clusterer_gives_each_group_a_medoid_and_the_same_again(name):
    features, _ = clouds(400)

    first, second = (sampled(name, 150, features, 12, rng()) for _ in range(2))

    assert (first.labels == second.labels).all()
    assert first.labels[first.medoids].tolist() == list(range(len(first.medoids)))
    assert first.labels.shape == first.distances.shape == (400,)
    assert first.responsibilities is None or np.allclose(first.responsibilities.sum(axis=1), 1, atol=1e-5)


def test_it_does_not_matter_how_many_rows_are_looked_at_together(monkeypatch):
    features, _ = clouds(400)
    whole = sampled("gaussian-mixture", 200, features, 5, rng())
    monkeypatch.setattr("activelabel.learning.clusterers.sampled.BLOCK", 150)
    blocks = sampled("gaussian-mixture", 200, features, 5, rng())

    assert (blocks.labels == whole.labels).all()
    assert np.allclose(blocks.responsibilities, whole.responsibilities)


def test_noise_is_a_group_that_neighbours_vote_for():
    crowd, _ = clouds(300, groups=2)
    features = np.concatenate([crowd, crowd[:1] + 400.0, crowd[:1] + 401.0]).astype(np.float32)

    found = sampled("dbscan", 250, features, 5, np.random.default_rng(3))

    assert found.labels[-1] == found.labels[-2] == -1


def test_a_pool_no_bigger_than_the_sample_is_clustered_whole():
    features, _ = clouds(120)

    whole = find("clusterer", "k-means")(features, 5, rng())

    assert (sampled("k-means", 120, features, 5, rng()).labels == whole.labels).all()


def test_a_small_group_far_away_is_met_that_a_random_sample_would_miss():
    features = np.zeros((5_000, 2), dtype=np.float32)
    features[:, 0] = np.linspace(0, 1, 5_000)
    features[17:20] += 50.0

    chosen = coverage_sample(features, 500, rng())

    assert (features[chosen, 1] == 50.0).any()
    assert len(chosen) == len(set(chosen.tolist())) <= 500


@pytest.mark.slow
def test_a_sample_that_is_too_big_for_the_method_is_refused_by_it():
    with pytest.raises(LearningError, match="affinity-propagation compares all rows") as refusal:
        sampled("affinity-propagation", 5_000, clouds(6_000)[0], 5, rng())

    assert "--sample 4000" in refusal.value.hint


@pytest.mark.slow
def test_more_rows_than_a_method_takes_all_get_a_label():
    features, of = clouds(20_001)

    with pytest.raises(LearningError, match="20,001 would take about"):
        find("clusterer", "spectral")(features, 12, rng())
    found = sampled("spectral", 2_000, features, 12, rng())

    assert (found.labels >= 0).all()
    assert adjusted_rand_score(of, found.labels) > 0.9
