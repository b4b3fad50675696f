"""What every strategy must do, whatever it is; a new row of the registry is tested by being there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array
from support.contracts import SPARSE_REFUSED, global_seeds, limits
from threadpoolctl import threadpool_limits

from activelabel.errors import LearningError
from activelabel.learning.registry import STRATEGIES, find, names

every_strategy = pytest.mark.parametrize("strategy", names("strategy"))


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


@every_strategy
@pytest.mark.parametrize("q", [0, 1, 7, 54, 90])
def test_asks_distinct_askable_rows(strategy, pool, q):
    rows = find("strategy", strategy)(pool, q, rng())

    assert rows.dtype == np.intp
    assert len(set(rows.tolist())) == len(rows) == min(q, 54)
    assert pool.askable[rows].all()


@every_strategy
def test_asks_the_same_with_the_same_generator_and_leaves_the_pool_alone(strategy, pool):
    before = [array.copy() for array in (pool.features, pool.labelled, pool.labels, pool.askable, pool.proba)]

    first, second = (find("strategy", strategy)(pool, 20, rng()).tolist() for _ in global_seeds())

    assert first == second
    for kept, array in zip(before, (pool.features, pool.labelled, pool.labels, pool.askable, pool.proba), strict=True):
        assert (kept == array).all()


@every_strategy
def test_asks_nothing_when_nothing_may_be_asked(strategy, pool):
    assert find("strategy", strategy)(replace(pool, askable=np.zeros(60, dtype=bool)), 5, rng()).tolist() == []


@every_strategy
def test_asks_when_only_one_class_is_known(strategy, pool):
    alone = replace(pool, labels=np.zeros_like(pool.labels), n_classes=1, proba=np.ones((60, 1)))

    assert len(find("strategy", strategy)(alone, 9, rng())) == 9


@every_strategy
def test_asks_when_all_rows_are_alike(strategy, pool):
    alike = replace(pool, features=np.zeros_like(pool.features), proba=np.full((60, 3), 1 / 3))

    assert len(set(find("strategy", strategy)(alike, 20, rng()).tolist())) == 20


@every_strategy
def test_asks_distinct_rows_when_each_stands_three_times(strategy, pool):
    thrice = replace(
        pool,
        features=np.tile(pool.features, (3, 1)),
        askable=np.tile(pool.askable, 3),
        weights=np.ones(180),
        proba=np.tile(pool.proba, (3, 1)),
    )

    rows = find("strategy", strategy)(thrice, 30, rng())

    assert len(set(rows.tolist())) == 30
    assert thrice.askable[rows].all()


@every_strategy
def test_asks_when_there_are_more_classes_than_rows(strategy, pool):
    proba = np.random.default_rng(0).dirichlet(np.ones(9), size=5)
    few = replace(
        pool,
        features=pool.features[:5],
        labelled=np.array([0, 1]),
        labels=np.array([3, 8]),
        n_classes=9,
        askable=np.array([False, False, True, True, True]),
        weights=np.ones(5),
        proba=proba,
    )

    assert sorted(find("strategy", strategy)(few, 5, rng()).tolist()) == [2, 3, 4]


@every_strategy
def test_refuses_sparse_features_in_one_sentence(strategy, pool):
    with pytest.raises(TypeError, match=SPARSE_REFUSED):
        find("strategy", strategy)(replace(pool, features=csr_array(pool.features)), 3, rng())


@pytest.mark.parametrize(("strategy", "limit"), limits(STRATEGIES))
def test_refuses_pools_above_the_size_it_names(strategy, limit, pool):
    n = limit + 1
    big = replace(
        pool,
        features=np.zeros((n, 1), dtype=np.float32),
        askable=np.arange(n) >= 6,
        weights=np.ones(n),
        proba=np.full((n, 3), 1 / 3),
    )

    with pytest.raises(LearningError, match=f"^{strategy} ") as refusal:
        find("strategy", strategy)(big, 3, rng())

    assert f"up to {limit:,} rows; above, use " in refusal.value.hint


@pytest.mark.parametrize("strategy", ["least-confidence", "margin", "entropy"])
def test_the_order_of_the_rows_does_not_change_what_a_measure_asks(strategy, pool, permuted):
    moved, place = permuted(pool, np.random.default_rng(1).permutation(60))

    straight = find("strategy", strategy)(pool, 10, rng())
    mixed = find("strategy", strategy)(moved, 10, rng())

    assert place[straight].tolist() == mixed.tolist()


def test_the_order_of_the_rows_does_not_change_the_middles_of_groups(fresh, permuted):
    moved, place = permuted(fresh, np.random.default_rng(1).permutation(60))

    straight = find("strategy", "representative")(fresh, 3, rng())
    mixed = find("strategy", "representative")(moved, 3, rng())

    assert place[straight].tolist() == mixed.tolist()


@pytest.mark.parametrize("strategy", ["least-confidence", "margin", "entropy"])
def test_a_measure_of_doubt_refuses_to_work_without_probabilities(strategy, fresh):
    with pytest.raises(ValueError, match=r"pool\.proba"):
        find("strategy", strategy)(fresh, 3, rng())


@every_strategy
def test_asks_the_same_on_one_thread_and_two(strategy, pool):
    asked = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            asked.append(find("strategy", strategy)(pool, 20, rng()).tolist())

    assert asked[0] == asked[1]
