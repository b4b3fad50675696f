from __future__ import annotations

import numpy as np

from activelabel.learning.propagation.extension import extend, neighbour_weights


def test_new_rows_take_what_is_known_of_the_rows_around_them_however_far_they_are():
    angles = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    ring = np.column_stack([np.cos(angles), np.sin(angles)])
    pool = np.concatenate([ring, 3 * ring]).astype(np.float32)
    known = np.repeat([0.0, 1.0], 200)[:, None]
    elsewhere = np.array([[0.9, 0.1], [0, -3.2], [1e6, 1e6]], dtype=np.float32)

    assert extend(pool, known, elsewhere).round().ravel().tolist() == [0, 1, 1]


def test_weights_to_a_pool_of_one_row_are_1():
    assert neighbour_weights(np.zeros((1, 2), np.float32), np.ones((3, 2), np.float32)).toarray().tolist() == [[1]] * 3


def test_new_rows_among_the_pool_take_what_is_known_around_them():
    rng = np.random.default_rng(0)
    pool = np.concatenate([rng.normal(size=(40, 2)), rng.normal(size=(40, 2)) + 20]).astype(np.float32)
    known = np.repeat(np.eye(2), 40, axis=0)

    found = extend(pool, known, np.array([[0, 0], [20, 20], [1e6, 1e6], [-1e6, -1e6]], dtype=np.float32))

    assert found.argmax(axis=1).tolist() == [0, 1, 1, 0]
    assert np.allclose(found.sum(axis=1), 1)
