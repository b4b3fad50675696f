from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from activelabel.learning.neighbours import graph_of
from activelabel.learning.propagation.kernel import kernels_of
from activelabel.learning.protocols import Pool
from activelabel.learning.strategies.adaptive import adaptive
from activelabel.learning.strategies.diversity import margin_diversity
from activelabel.learning.strategies.graph_herding import graph_herding
from activelabel.learning.strategies.optimal_design import sigma_optimality, variance_optimality
from activelabel.learning.strategies.representative import nested_representatives
from activelabel.learning.strategies.spread_out import density_weighted, k_centre, typiclust
from activelabel.learning.strategies.uncertainty import margin_score


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def unlabelled(features: np.ndarray) -> Pool:
    n, nothing = len(features), np.empty(0, dtype=np.intp)
    return Pool(features.astype(np.float32), nothing, nothing, 2, np.ones(n, dtype=bool), np.ones(n))


def by_definition(pool: Pool, q: int, squared: bool) -> list[int]:
    """Choose as the papers state it, updating the whole covariance."""
    C = kernels_of(graph_of(pool))[-1].dense.astype(np.float64)
    for row in pool.labelled:
        C = C - np.outer(C[row], C[row]) / (C[row, row] + 0.01)
    chosen = []
    for _ in range(q):
        told = (C**2).sum(axis=0) if squared else C.sum(axis=0) ** 2
        gain = told / (np.diag(C) + 0.01)
        gain[[*pool.labelled.tolist(), *chosen]] = -1
        chosen.append(int(gain.argmax()))
        C = C - np.outer(C[chosen[-1]], C[chosen[-1]]) / (C[chosen[-1], chosen[-1]] + 0.01)
    return chosen


@pytest.mark.parametrize("strategy", [sigma_optimality, variance_optimality])
def test_designs_ask_what_their_papers_say(strategy, fresh, pool):
    squared = strategy is variance_optimality

    assert strategy(fresh, 6, rng()).tolist() == by_definition(fresh, 6, squared)
    assert strategy(pool, 6, rng()).tolist() == by_definition(pool, 6, squared)


def test_the_first_rows_of_a_design_lie_in_all_groups(fresh, blobs):
    assert set(blobs[1][sigma_optimality(fresh, 3, rng())].tolist()) == {0, 1, 2}


def test_a_row_that_stands_for_many_twins_is_asked_first(fresh, blobs):
    weights = np.ones(60)
    weights[blobs[1] == 2] = 1000

    assert blobs[1][sigma_optimality(replace(fresh, weights=weights), 1, rng())].tolist() == [2]


@pytest.mark.slow
def test_a_big_pool_is_designed_on_landmarks_and_looks_away_from_its_labels():
    centres = 30 * np.eye(4)
    groups = np.arange(5_000) % 4
    pool = unlabelled(centres[groups] + rng().normal(size=(5_000, 4)))
    labelled = np.array([0, 1, 2])
    known = replace(pool, labelled=labelled, labels=groups[labelled], askable=np.arange(5_000) > 2)

    assert set(groups[sigma_optimality(pool, 4, rng())].tolist()) == {0, 1, 2, 3}
    assert groups[sigma_optimality(known, 1, rng())].tolist() == [3]


def test_diverse_margins_come_from_the_smallest_and_from_all_groups_of_them(fresh):
    far = unlabelled(np.repeat(10 * np.eye(3), 40, axis=0) + rng().normal(size=(120, 3)))
    sure = np.repeat([0, 1, 1, 0, 1, 1], 20)  # the first half of each group is doubted
    proba = np.column_stack(
        [0.5 + 0.4 * sure + 0.001 * np.arange(120) / 120, 0.5 - 0.4 * sure - 0.001 * np.arange(120) / 120]
    )

    rows = margin_diversity(replace(far, proba=proba), 4, rng())

    assert len({int(row) // 40 for row in rows if not sure[row]}) >= 2
    assert margin_score(proba)[rows].min() > 0.15


def test_a_longer_list_of_diverse_margins_begins_like_a_shorter_one(pool):
    short, long = (margin_diversity(pool, q, rng()) for q in (10, 50))

    assert long[:10].tolist() == short.tolist()


def test_herding_asks_what_covers_most_doubt_by_its_definition(pool):
    A = kernels_of(graph_of(pool))[-1].dense
    R = A / np.sqrt(np.outer(np.diag(A), np.diag(A)))
    doubt, taken = margin_score(pool.proba), pool.labelled.tolist()
    for _ in range(7):
        covered = R[taken].max(axis=0)
        gain = np.maximum(R - covered, 0) @ doubt
        gain[taken] = -1
        taken.append(int(gain.argmax()))

    assert graph_herding(pool, 7, rng()).tolist() == taken[6:]


@pytest.mark.slow
def test_herding_in_a_big_pool_goes_where_there_is_doubt_and_no_label():
    groups = np.arange(5_000) % 4
    proba = np.where(groups < 2, 0.99, 0.5)
    pool = replace(
        unlabelled(30 * np.eye(4)[groups] + rng().normal(size=(5_000, 4))),
        labelled=np.array([2]),
        labels=np.array([0]),
        askable=np.arange(5_000) > 2,
        proba=np.column_stack([proba, 1 - proba]),
    )

    assert groups[graph_herding(pool, 1, rng())].tolist() == [3]


@pytest.mark.slow
def test_herding_where_few_rows_of_a_big_pool_may_be_asked_goes_on_with_the_most_doubted():
    sure = np.linspace(0.5, 0.9, 5_000)
    pool = replace(
        unlabelled(rng().normal(size=(5_000, 4))),
        askable=np.arange(5_000) < 20,
        proba=np.column_stack([sure, 1 - sure]),
    )

    asked = graph_herding(pool, 20, rng()).tolist()

    assert sorted(asked) == list(range(20))
    assert asked[10:] == sorted(asked[10:])


def test_k_centre_goes_to_the_middle_first_and_then_as_far_as_it_can():
    line = unlabelled(np.array([[0.0], [1], [2], [3], [4], [5], [20]]))

    assert k_centre(line, 3, rng()).tolist() == [5, 6, 0]


def test_k_centre_keeps_away_from_labels(pool, blobs):
    two = replace(pool, labelled=pool.labelled[pool.labels < 2], labels=pool.labels[pool.labels < 2])

    assert blobs[1][k_centre(two, 1, rng())].tolist() == [2]


def test_typiclust_asks_where_the_groups_are_dense():
    dense, rim = rng().normal(scale=0.1, size=(40, 2)), np.array([[3.0, 3.0], [-3, 3], [3, -3]])

    assert typiclust(unlabelled(np.concatenate([dense, rim])), 1, rng())[0] < 40


def test_density_turns_equal_doubts_to_where_the_rows_point():
    features = rng().normal(scale=0.1, size=(42, 2))
    features[:40, 0] += 1
    features[40:, 0] -= 20
    pool = replace(unlabelled(features), proba=np.full((42, 2), 0.5))

    assert set(density_weighted(pool, 40, rng()).tolist()) == set(range(40))


def test_the_default_looks_around_by_representatives_where_neighbours_say_little():
    noise = unlabelled(rng().normal(size=(100, 200)))

    assert adaptive(noise, 5, rng()).tolist() == nested_representatives(noise, 5, rng(), first=10).tolist()[:5]


def test_the_default_looks_around_on_the_graph_where_neighbours_are_alike(fresh):
    assert adaptive(fresh, 5, rng()).tolist() == sigma_optimality(fresh, 5, rng()).tolist()


def test_while_classes_keep_appearing_the_default_asks_representatives(pool):
    labelled = np.arange(24)
    known = replace(
        pool,
        labelled=labelled,
        labels=labelled,
        n_classes=24,
        askable=np.arange(60) > 23,
        proba=np.full((60, 24), 1 / 24),
    )

    assert adaptive(known, 5, rng()).tolist() == nested_representatives(known, 5, rng()).tolist()
