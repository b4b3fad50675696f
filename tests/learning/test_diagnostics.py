from __future__ import annotations

import numpy as np

from activelabel.learning.diagnostics import SAMPLE, diagnose
from activelabel.learning.hubs import HUBS, hubness, without_hubs
from activelabel.learning.neighbours import nearest_neighbours
from activelabel.learning.sampling import evenly_spaced


def with_a_hub() -> np.ndarray:
    """Sixty rows far apart from each other, and one in the middle that is nearest to all."""
    corners = 10 * np.eye(60, dtype=np.float32)
    return np.vstack([corners, np.full((1, 60), 10 / 60, dtype=np.float32)])


def test_rows_that_are_called_alike_are_no_hubs():
    assert hubness(np.array([[1], [2], [0]])) == 0


def test_a_row_in_the_middle_of_many_dimensions_is_a_hub():
    _, neighbours = nearest_neighbours(with_a_hub(), 1)

    assert hubness(neighbours) > HUBS
    assert not diagnose(with_a_hub()).trusts_neighbours


def test_a_hub_is_called_less_when_distances_allow_for_it():
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(300, 60)).astype(np.float32)
    rows[:3] *= 0.1

    _, plain = nearest_neighbours(rows, 7)
    _, allowed = without_hubs(*nearest_neighbours(rows, 50), 7)

    assert hubness(plain) > HUBS > hubness(allowed)


def test_neighbours_without_hubs_keep_their_plain_distance():
    rows = np.random.default_rng(0).normal(size=(40, 5)).astype(np.float32)

    distances, neighbours = without_hubs(*nearest_neighbours(rows, 20), 3)

    assert np.allclose(distances, np.linalg.norm(rows[:, None] - rows[neighbours], axis=2), atol=1e-5)


def test_clusters_have_contrast_and_noise_has_none(blobs):
    noise = np.random.default_rng(0).normal(size=(400, 300)).astype(np.float32)

    assert diagnose(blobs[0]).contrast < 0.2
    assert diagnose(noise).contrast > 0.8


def test_a_handful_of_rows_and_rows_all_alike_are_diagnosed_without_a_fault():
    for rows in (np.zeros((1, 2)), np.zeros((30, 2)), np.eye(2)):
        assert diagnose(rows.astype(np.float32)).hubness <= HUBS


def test_a_sample_of_a_big_pool_is_distinct_and_spans_it():
    rows = evenly_spaced(10 * SAMPLE + 7, SAMPLE)

    assert len(set(rows.tolist())) == SAMPLE
    assert rows[0] == 0
    assert rows[-1] > 10 * SAMPLE - 10
