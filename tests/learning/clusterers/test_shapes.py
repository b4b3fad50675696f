"""What each family of clusterers is chosen for."""

from __future__ import annotations

import numpy as np
import pytest

from activelabel.learning.clusterers.density import dbscan, hdbscan
from activelabel.learning.clusterers.exemplars import affinity_propagation, mean_shift
from activelabel.learning.clusterers.gaussian import gaussian_mixture
from activelabel.learning.clusterers.grouping import joined
from activelabel.learning.clusterers.hierarchy import agglomerative, birch
from activelabel.learning.clusterers.spectral import spectral


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def rings() -> np.ndarray:
    angles = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    circle = np.column_stack([np.cos(angles), np.sin(angles)])
    return np.concatenate([circle, 3 * circle]).astype(np.float32)


@pytest.mark.parametrize("method", [dbscan, hdbscan])
def test_a_row_far_from_everything_is_noise_and_infinitely_far_from_its_group(method, blobs):
    features = np.concatenate([blobs[0], [[500.0] * 4]]).astype(np.float32)

    found = method(features, 5, rng())

    assert found.labels[-1] == -1
    assert np.isinf(found.distances[-1])
    assert (found.labels[:-1] >= 0).all()
    assert found.sizes.sum() == 60


@pytest.mark.parametrize("method", [dbscan, hdbscan, spectral])
def test_rings_in_each_other_are_told_apart(method):
    found = method(rings(), 2, rng())

    assert len(set(found.labels[:60].tolist())) == len(set(found.labels[60:].tolist())) == 1
    assert found.labels[0] != found.labels[-1]


@pytest.mark.parametrize("method", [birch, affinity_propagation, mean_shift, dbscan])
def test_what_finds_its_own_number_of_groups_keeps_to_the_one_wanted(method):
    features = np.random.default_rng(1).normal(size=(120, 2)).astype(np.float32)

    assert len(method(features, 4, rng()).medoids) <= 4


def test_groups_are_joined_to_those_they_lie_next_to():
    rows = np.array([[0.0], [1.0], [2.0], [50.0], [52.0], [900.0]], dtype=np.float32)

    together = joined(rows, np.array([0, 1, 2, 3, 4, -1]), 2)

    assert len(set(together[:3].tolist())) == len(set(together[3:5].tolist())) == 1
    assert together[0] != together[3]
    assert together[5] == -1


def test_a_row_between_two_clouds_belongs_to_both():
    cloud = np.random.default_rng(1).normal(size=(80, 1))
    rows = np.concatenate([cloud - 5, cloud + 5, [[0.0]]]).astype(np.float32)

    found = gaussian_mixture(rows, 2, rng())

    assert found.responsibilities is not None
    assert np.allclose(found.responsibilities.sum(axis=1), 1)
    assert (found.responsibilities.argmax(axis=1) == found.labels).all()
    assert found.responsibilities[:160].max(axis=1).min() > 0.9
    assert 0.02 < found.responsibilities[160].min() < 0.5


def test_fewer_clouds_are_found_where_the_rows_hold_fewer(blobs):
    assert len(gaussian_mixture(blobs[0], 6, rng()).medoids) == 3


@pytest.mark.parametrize("method", [birch, mean_shift, agglomerative, spectral, affinity_propagation, gaussian_mixture])
def test_groups_far_from_zero_are_found_as_those_near_it(method, blobs):
    near, far = (method(features, 3, rng()) for features in (blobs[0], blobs[0] + np.float32(1_000)))

    assert sorted(near.sizes.tolist()) == sorted(far.sizes.tolist())
