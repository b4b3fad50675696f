from __future__ import annotations

import numpy as np
import pytest

from activelabel.learning.clusterers import kmeans
from activelabel.learning.clusterers.assignment import assign, medoids_of


def test_every_row_goes_to_its_nearest_centre_far_from_zero_too():
    rng = np.random.default_rng(0)
    rows = (rng.normal(size=(500, 6)) + 10_000).astype(np.float32)
    centres = rows[rng.choice(500, 9, replace=False)]
    far = np.linalg.norm(rows[:, None].astype(np.float64) - centres[None], axis=2)

    found = assign(rows, centres)

    assert np.allclose(found.distances, far.min(axis=1), atol=2e-2)
    assert (found.labels == far.argmin(axis=1)).mean() > 0.99


def test_medoids_are_the_first_of_equals_and_noise_has_none():
    labels = np.array([1, 0, -1, 0, 1])
    distances = np.array([2.0, 3.0, 0.0, 3.0, 1.0], dtype=np.float32)

    assert medoids_of(labels, distances).tolist() == [1, 4]


def test_minus_zero_is_zero():
    rows = np.array([[0.0], [-0.0], [1.0]], dtype=np.float32)

    assert len(kmeans.k_means(rows, 3, np.random.default_rng(0)).medoids) == 2


@pytest.mark.slow
def test_a_big_pool_is_clustered_in_batches_as_well_as_in_passes():
    rows = np.random.default_rng(0).normal(size=(20_001, 8)).astype(np.float32)

    batches, chosen = (
        method(rows, 20, np.random.default_rng(0)) for method in (kmeans.mini_batch_k_means, kmeans.by_size)
    )
    passes = kmeans.k_means(rows, 20, np.random.default_rng(0))

    assert (chosen.labels == batches.labels).all()
    assert (batches.distances**2).mean() < 1.05 * (passes.distances**2).mean()
