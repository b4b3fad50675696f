from __future__ import annotations

import weakref

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from activelabel.learning import indexes
from activelabel.learning.indexes import EXACT_ROWS, by_cells, exactly, index_of

BLOBS = 40
ROADS = [exactly, by_cells]


def blobs(n: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(BLOBS, 10))
    return (centres[rng.integers(BLOBS, size=n)] + 0.3 * rng.normal(size=(n, 10))).astype(np.float32)


def test_nearly_all_that_is_nearest_is_found_of_rows_in_the_pool_or_not():
    pool = blobs(5_000)
    asked = np.concatenate([pool[:200], blobs(200, seed=0)[:200] + np.float32(0.1)])
    _, true = exactly(pool)(asked, 7)

    distances, found = by_cells(pool)(asked, 7)

    shared = [len(set(few) & set(all_)) for few, all_ in zip(found.tolist(), true.tolist(), strict=True)]
    assert np.mean(shared) > 0.98 * 7
    assert (np.diff(distances, axis=1) >= 0).all()
    assert np.allclose(distances[:200, 0], 0, atol=1e-3)
    assert (found[:200, 0] == np.arange(200)).mean() > 0.98


@pytest.mark.parametrize("make", ROADS)
@pytest.mark.parametrize("k", [1, 7, 30])
def test_of_few_distinct_rows_as_many_are_found_as_were_wanted(make, k):
    pool = np.random.default_rng(0).integers(0, 2, size=(900, 3)).astype(np.float32)

    distances, found = make(pool)(pool, k)

    assert (found >= 0).all()
    assert all(len(set(each)) == k for each in found.tolist())
    assert np.allclose(distances, np.linalg.norm(pool[:, None] - pool[found], axis=2), atol=1e-3)


@pytest.mark.parametrize("make", ROADS)
def test_all_of_a_small_pool_can_be_wanted(make):
    pool = blobs(12)

    assert np.array_equal(np.sort(make(pool)(pool, 12)[1], axis=1), np.tile(np.arange(12), (12, 1)))


@pytest.mark.parametrize("make", ROADS)
def test_the_same_is_found_on_one_thread_and_two(make, monkeypatch):
    pool = blobs(3_000)
    found = []
    for threads in (1, 2):
        monkeypatch.setenv("OMP_NUM_THREADS", str(threads))
        with threadpool_limits(threads):
            found.append(make(pool)(pool, 7)[1])

    assert np.array_equal(*found)


@pytest.mark.parametrize("make", ROADS)
def test_rows_are_not_kept_by_what_is_remembered_of_them(make):
    pool = blobs(900)
    gone = weakref.ref(pool)
    make(pool)(pool[:5], 3)
    del pool

    assert gone() is None


def test_an_index_is_built_once(monkeypatch):
    pool, calls = blobs(900), []
    original = indexes._cells
    monkeypatch.setattr(indexes, "_cells", lambda features: calls.append(1) or original(features))
    for _ in range(2):
        by_cells(pool)(pool[:5], 3)

    assert calls == [1]


def test_an_index_is_exact_while_that_is_quick():
    pool = blobs(EXACT_ROWS)

    assert np.array_equal(index_of(pool)(pool[:50], 5)[1], exactly(pool)(pool[:50], 5)[1])


@pytest.mark.slow
def test_most_of_a_big_pool_is_found():
    pool = blobs(EXACT_ROWS + 1)
    _, true = exactly(pool)(pool[:300], 8)

    _, found = index_of(pool)(pool[:300], 8)

    shared = [len(set(few) & set(all_)) for few, all_ in zip(found.tolist(), true.tolist(), strict=True)]
    assert np.mean(shared) > 0.98 * 8
