"""What the strategies that cover, compare, try and pull promise beyond the contract."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from activelabel.errors import LearningError
from activelabel.learning.models.learners import logistic_regression
from activelabel.learning.neighbours import graph_of
from activelabel.learning.propagation.graph_gp import NOISE
from activelabel.learning.propagation.kernel import kernels_of
from activelabel.learning.protocols import Pool
from activelabel.learning.registry import find
from activelabel.learning.strategies import error_reduction
from activelabel.learning.strategies.cluster_margin import cluster_margin
from activelabel.learning.strategies.committee import query_by_committee, vote_entropy_score
from activelabel.learning.strategies.covering import max_herding, prob_cover
from activelabel.learning.strategies.gradients import badge
from activelabel.learning.strategies.model_change import expected_model_change, gradient_length_score

NOTHING = np.empty(0, dtype=np.intp)


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.mark.parametrize("strategy", ["probcover", "maxherding", "expected-error-reduction", "cluster-margin"])
def test_what_is_quadratic_refuses_big_pools_and_names_another(strategy):
    n = 20_001
    everything = np.ones(n, dtype=bool)
    proba = np.full((n, 2), 0.5)
    pool = Pool(np.zeros((n, 1), np.float32), np.array([0]), np.array([0]), 2, everything, np.ones(n), proba=proba)

    with pytest.raises(LearningError, match=strategy) as refusal:
        find("strategy", strategy)(pool, 5, rng())

    assert refusal.value.hint.split("use ")[1] in ("typiclust", "margin-diversity")


@pytest.mark.parametrize("strategy", ["query-by-committee", "expected-model-change", "expected-error-reduction"])
def test_what_learns_from_labels_says_that_it_needs_one(strategy, fresh):
    with pytest.raises(ValueError, match="one label or more"):
        find("strategy", strategy)(fresh, 3, rng())


def test_a_committee_that_agrees_has_nothing_to_ask_and_one_that_differs_has():
    votes = np.array([[0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 1], [0, 1, 2, 2]])

    assert (np.diff(vote_entropy_score(votes, 3)) > 0).all()


def test_the_committee_asks_between_the_classes_first():
    features = np.linspace(-1, 1, 41, dtype=np.float32)[:, None]
    askable = np.ones(41, dtype=bool)
    askable[[0, 5, 35, 40]] = False
    pool = Pool(features, np.array([0, 5, 35, 40]), np.array([0, 0, 1, 1]), 2, askable, np.ones(41))

    assert abs(float(features[query_by_committee(pool, 1, rng())[0], 0])) < 0.5


def test_the_length_is_that_of_the_gradient_written_out(pool):
    model = logistic_regression(rng()).fit(pool.features[pool.labelled], pool.labels)
    proba = model.predict_proba(pool.features)

    found = gradient_length_score(proba, pool.features)

    x = np.append(pool.features[4], 1.0)
    lengths = [np.linalg.norm(np.outer(proba[4] - one, x)) for one in np.eye(3)]
    assert found[4] == pytest.approx(float(proba[4] @ lengths), rel=1e-5)
    assert expected_model_change(pool, 1, rng())[0] == np.where(pool.askable, found, -1).argmax()


def test_an_answer_tried_on_the_graph_is_the_answer_given(pool):
    overlapping = replace(pool, features=np.random.default_rng(1).normal(size=(60, 2)).astype(np.float32))
    kernel = kernels_of(graph_of(overlapping))[-1].dense.astype(np.float64)

    def regression(rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
        among = kernel[np.ix_(rows, rows)] + NOISE * np.eye(len(rows))
        return kernel[:, rows] @ np.linalg.solve(among, np.eye(3)[labels])

    row = int(np.flatnonzero(pool.askable)[7])
    thought, covariance = error_reduction._posterior(overlapping, np.array([row]))
    tried = thought + covariance[:, :1] / (covariance[row, 0] + NOISE) * (np.eye(3)[2] - thought[row])

    assert np.allclose(thought, regression(pool.labelled, pool.labels), atol=1e-5)
    assert np.allclose(tried, regression(np.append(pool.labelled, row), np.append(pool.labels, 2)), atol=1e-4)


@pytest.mark.parametrize("method", [prob_cover, max_herding])
def test_three_groups_are_covered_by_three_rows_the_biggest_first(method, fresh, blobs):
    assert blobs[1][method(fresh, 3, rng())].tolist() == [0, 1, 2]


@pytest.mark.parametrize("method", [prob_cover, max_herding])
def test_what_a_label_covers_is_not_asked_first(method, fresh, blobs):
    big = int(np.flatnonzero(blobs[1] == 0)[0])
    known = replace(fresh, labelled=np.array([big]), labels=np.array([0]))

    assert blobs[1][method(known, 2, rng())].tolist() == [1, 2]


@pytest.mark.parametrize("method", [prob_cover, max_herding])
def test_a_row_that_stands_for_many_counts_as_many(method, fresh, blobs):
    heavy = replace(fresh, weights=np.where(blobs[1] == 2, 50.0, 1.0))

    assert blobs[1][method(heavy, 1, rng())].tolist() == [2]


def test_greedy_covering_looks_at_every_row_as_plain_greed_does(fresh):
    features = np.random.default_rng(2).normal(size=(60, 2)).astype(np.float32)
    squares = ((features[:, None] - features) ** 2).sum(axis=2)
    kernel = np.exp(-squares / np.sort(squares, axis=1)[:, 6].mean())
    plain: list[int] = []
    for _ in range(8):
        worth = [np.maximum(kernel[[*plain, row]].max(axis=0), 0).sum() for row in range(60)]
        plain.append(int(np.argmax(worth)))

    assert max_herding(replace(fresh, features=features), 8, rng()).tolist() == plain


def test_badge_begins_with_the_longest_gradient_and_never_repeats_one(pool):
    features = np.repeat(np.array([[0.0], [1.0], [9.0]], dtype=np.float32), 20, axis=0)
    alike = replace(
        pool,
        features=features,
        labelled=NOTHING,
        labels=NOTHING,
        n_classes=2,
        askable=np.ones(60, dtype=bool),
        proba=np.tile([0.6, 0.4], (60, 1)),
    )

    rows = badge(alike, 3, rng())

    assert features[rows[0], 0] == 9.0
    assert sorted(features[rows, 0].tolist()) == [0.0, 1.0, 9.0]


def test_cluster_margin_asks_one_of_each_group_before_a_second_of_any(pool, blobs):
    proba = np.tile([0.4, 0.35, 0.25], (60, 1))
    torn = replace(pool, proba=proba)

    rows = cluster_margin(torn, 6, rng())

    assert set(blobs[1][rows].tolist()) == {0, 1, 2}
    assert len(set(rows.tolist())) == 6


def test_cluster_margin_stays_among_the_doubted_rows(pool, blobs):
    askable = np.flatnonzero(pool.askable)
    proba = np.tile([0.9, 0.1, 0.0], (60, 1))
    doubted = askable[:20]
    proba[doubted] = [0.5, 0.5, 0.0]

    rows = cluster_margin(replace(pool, proba=proba), 2, rng())

    assert set(rows.tolist()) <= set(doubted.tolist())
