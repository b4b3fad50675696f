from __future__ import annotations

import weakref

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from activelabel.learning import indexes
from activelabel.learning.indexes import EXACT_ROWS, by_cells, by_graph, exactly, index_of
from activelabel.learning.threads import one_thread

BLOBS = 40
APPROXIMATE = [by_graph, by_cells]


def blobs(n: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(BLOBS, 10))
    return (centres[rng.integers(BLOBS, size=n)] + 0.3 * rng.normal(size=(n, 10))).astype(np.float32)


@pytest.mark.parametrize("make", APPROXIMATE)
def test_nearly_all_that_is_nearest_is_found_of_rows_in_the_pool_or_not(make):
    pool = blobs(5_000)
    asked = np.concatenate([pool[:200], blobs(200, seed=0)[:200] + np.float32(0.1)])
    _, true = exactly(pool)(asked, 7)

    distances, found = make(pool)(asked, 7)

    shared = [len(set(few) & set(all_)) for few, all_ in zip(found.tolist(), true.tolist(), strict=True)]
    assert np.mean(shared) > 0.98 * 7
    assert (np.diff(distances, axis=1) >= 0).all()
    assert np.allclose(distances[:200, 0], 0, atol=1e-3)
    assert (found[:200, 0] == np.arange(200)).mean() > 0.98


@pytest.mark.parametrize("make", [exactly, *APPROXIMATE])
@pytest.mark.parametrize("k", [1, 7, 30])
def test_of_few_distinct_rows_as_many_are_found_as_were_wanted(make, k):
    pool = np.random.default_rng(0).integers(0, 2, size=(900, 3)).astype(np.float32)

    distances, found = make(pool)(pool, k)

    assert (found >= 0).all()
    assert all(len(set(each)) == k for each in found.tolist())
    assert np.allclose(distances, np.linalg.norm(pool[:, None] - pool[found], axis=2), atol=1e-3)


@pytest.mark.parametrize("make", [exactly, *APPROXIMATE])
def test_all_of_a_small_pool_can_be_wanted(make):
    pool = blobs(12)

    assert np.array_equal(np.sort(make(pool)(pool, 12)[1], axis=1), np.tile(np.arange(12), (12, 1)))


@pytest.mark.parametrize("make", [exactly, *APPROXIMATE])
def test_the_same_is_found_on_one_thread_and_two(make, monkeypatch):
    pool = blobs(3_000)
    found = []
    for threads in (1, 2):
        monkeypatch.setenv("OMP_NUM_THREADS", str(threads))
        with threadpool_limits(threads):
            found.append(make(pool)(pool, 7)[1])

    assert np.array_equal(*found)


@pytest.mark.parametrize("make", [exactly, *APPROXIMATE])
def test_rows_are_not_kept_by_what_is_remembered_of_them(make):
    pool = blobs(900)
    gone = weakref.ref(pool)
    make(pool)(pool[:5], 3)
    del pool

    assert gone() is None


@pytest.mark.parametrize(("make", "built"), [(by_graph, "_world"), (by_cells, "_cells")])
def test_an_index_is_built_once(make, built, monkeypatch):
    pool, calls = blobs(900), []
    original = getattr(indexes, built)
    monkeypatch.setattr(indexes, built, lambda features: calls.append(1) or original(features))
    for _ in range(2):
        make(pool)(pool[:5], 3)

    assert calls == [1]


def test_an_index_is_exact_while_that_is_quick():
    pool = blobs(EXACT_ROWS)

    assert np.array_equal(index_of(pool)(pool[:50], 5)[1], exactly(pool)(pool[:50], 5)[1])


@pytest.mark.slow
@pytest.mark.parametrize("installed", [True, False])
def test_a_big_pool_has_an_index_with_and_without_the_extra(installed, monkeypatch):
    pool = blobs(EXACT_ROWS + 1)
    if not installed:
        monkeypatch.setattr("activelabel.learning.indexes.find_spec", lambda name: None)
    _, true = exactly(pool)(pool[:300], 8)

    _, found = index_of(pool)(pool[:300], 8)

    shared = [len(set(few) & set(all_)) for few, all_ in zip(found.tolist(), true.tolist(), strict=True)]
    assert np.mean(shared) > 0.98 * 8


def test_rows_are_looked_up_by_all_threads_where_arithmetic_has_one(monkeypatch):
    faiss = pytest.importorskip("faiss")
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    pool, seen = blobs(900), []
    original = faiss.IndexHNSWFlat.search

    def search(world, *arguments):
        seen.append(faiss.omp_get_max_threads())
        return original(world, *arguments)

    monkeypatch.setattr(faiss.IndexHNSWFlat, "search", search)
    with one_thread():
        before = faiss.omp_get_max_threads()
        by_graph(pool)(pool[:5], 3)

        assert faiss.omp_get_max_threads() == before
    assert seen == [3]
