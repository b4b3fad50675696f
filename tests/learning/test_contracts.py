"""What every algorithm of a kind must do, whatever it is; a new registry row is tested by being there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from activelabel.learning.models.prediction import predict
from activelabel.learning.registry import find, names

if TYPE_CHECKING:
    from activelabel.learning.protocols import Pool

every_clusterer = pytest.mark.parametrize("clusterer", names("clusterer"))
every_strategy = pytest.mark.parametrize("strategy", names("strategy"))
every_propagator = pytest.mark.parametrize("propagator", names("propagator"))
every_learner = pytest.mark.parametrize("learner", names("learner"))


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def same_partition(one: np.ndarray, other: np.ndarray) -> bool:
    pairs = set(zip(one.tolist(), other.tolist(), strict=True))
    return len(pairs) == len(set(one.tolist())) == len(set(other.tolist()))


def clustered(pool: Pool) -> Pool:
    return replace(pool, clustering=find("clusterer", "k-means")(pool.features, 3, rng()))


# --- clusterers ---


@every_clusterer
@pytest.mark.parametrize("k", [1, 3, 60, 90])
def test_clusters_are_full_and_their_medoids_lie_in_them(clusterer, blobs, k):
    found = find("clusterer", clusterer)(blobs[0], k, rng())

    assert found.labels.shape == found.distances.shape == (60,)
    assert 1 <= len(found.medoids) <= min(k, 60)
    assert (found.sizes > 0).all()
    assert found.labels[found.medoids].tolist() == list(range(len(found.medoids)))
    for number, medoid in enumerate(found.medoids):
        assert found.distances[medoid] == found.distances[found.labels == number].min()


@every_clusterer
def test_clusters_follow_from_the_generator_alone(clusterer, blobs):
    first, second = (find("clusterer", clusterer)(blobs[0], 7, rng()) for _ in range(2))

    assert (first.labels == second.labels).all()
    assert (first.distances == second.distances).all()


@every_clusterer
def test_groups_far_apart_are_found_in_whatever_order_they_come(clusterer, blobs):
    features, groups = blobs
    order = np.random.default_rng(1).permutation(60)

    straight = find("clusterer", clusterer)(features, 3, rng())
    mixed = find("clusterer", clusterer)(features[order], 3, rng())

    assert same_partition(straight.labels, groups)
    assert same_partition(mixed.labels, groups[order])
    assert set(order[mixed.medoids].tolist()) == set(straight.medoids.tolist())


@every_clusterer
@pytest.mark.parametrize("features", [np.zeros((1, 2)), np.zeros((9, 2)), np.repeat(np.eye(2), 4, axis=0)])
def test_there_are_never_more_clusters_than_distinct_rows(clusterer, features):
    found = find("clusterer", clusterer)(features.astype(np.float32), 5, rng())

    assert len(found.medoids) == len(np.unique(features, axis=0))


@every_clusterer
def test_clusters_do_not_depend_on_the_number_of_threads(clusterer):
    features = np.random.default_rng(0).normal(size=(3_000, 8)).astype(np.float32)

    found = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            found.append(find("clusterer", clusterer)(features, 6, rng()))

    assert (found[0].labels == found[1].labels).all()
    assert (found[0].distances == found[1].distances).all()


# --- strategies ---


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

    first, second = (find("strategy", strategy)(pool, 20, rng()).tolist() for _ in range(2))

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


@pytest.mark.parametrize("strategy", ["least-confidence", "margin", "entropy"])
def test_the_order_of_the_rows_does_not_change_what_a_measure_asks(strategy, pool, permuted):
    moved, place = permuted(pool, np.random.default_rng(1).permutation(60))

    straight = find("strategy", strategy)(pool, 10, rng())
    mixed = find("strategy", strategy)(moved, 10, rng())

    assert place[straight].tolist() == mixed.tolist()


@pytest.mark.parametrize("strategy", ["representative", "default"])
def test_the_order_of_the_rows_does_not_change_the_middles_of_groups(strategy, fresh, permuted):
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


# --- propagators ---


@every_propagator
def test_reached_rows_have_probabilities_and_a_speaker_of_their_class(propagator, pool):
    spread = find("propagator", propagator)(pool, rng())

    assert spread.proba.shape == (60, 3)
    assert np.allclose(spread.proba.sum(axis=1), spread.reached)
    assert (spread.proba >= 0).all()
    assert (spread.sources[~spread.reached] == -1).all()
    label_of = dict(zip(pool.labelled.tolist(), pool.labels.tolist(), strict=True))
    said = [label_of[source] for source in spread.sources[spread.reached].tolist()]
    assert spread.proba[spread.reached].argmax(axis=1).tolist() == said


@every_propagator
def test_labelled_rows_keep_their_label_and_speak_for_themselves(propagator, pool):
    contradicted = replace(pool, labels=(pool.labels + pool.labelled) % 3)

    spread = find("propagator", propagator)(contradicted, rng())

    assert (spread.proba[pool.labelled, contradicted.labels] == 1).all()
    assert (spread.sources[pool.labelled] == pool.labelled).all()


@every_propagator
def test_groups_far_apart_take_the_label_of_their_own(propagator, pool, blobs):
    spread = find("propagator", propagator)(pool, rng())

    assert (spread.proba.argmax(axis=1) == blobs[1])[spread.reached].all()


@every_propagator
def test_a_group_without_a_label_is_not_reached(propagator, pool, blobs):
    known = pool.labels != 2
    two = replace(pool, labelled=pool.labelled[known], labels=pool.labels[known])

    spread = find("propagator", propagator)(clustered(two), rng())

    assert (spread.reached == (blobs[1] != 2)).all()


@every_propagator
@pytest.mark.parametrize("labels", [[0], [1, 1]])
def test_one_class_is_carried_too(propagator, pool, labels):
    few = replace(pool, labelled=pool.labelled[: len(labels)], labels=np.array(labels))

    spread = find("propagator", propagator)(few, rng())

    assert (spread.proba[spread.reached].argmax(axis=1) == labels[0]).all()


@every_propagator
def test_rows_that_are_all_alike_are_carried_without_a_fault(propagator, pool):
    alike = replace(pool, features=np.zeros_like(pool.features))

    spread = find("propagator", propagator)(alike, rng())

    assert np.isfinite(spread.proba).all()


@every_propagator
def test_a_single_row_can_be_a_pool(propagator, pool):
    one = replace(
        pool,
        features=pool.features[:1],
        labelled=np.array([0]),
        labels=np.array([2]),
        askable=np.zeros(1, dtype=bool),
        weights=np.ones(1),
        proba=None,
    )

    assert find("propagator", propagator)(one, rng()).proba.tolist() == [[0, 0, 1]]


@every_propagator
def test_propagation_does_not_depend_on_the_order_of_the_rows(propagator, pool, permuted):
    moved, place = permuted(pool, np.random.default_rng(1).permutation(60))

    straight = find("propagator", propagator)(clustered(pool), rng())
    mixed = find("propagator", propagator)(clustered(moved), rng())

    assert (straight.reached == mixed.reached[place]).all()
    # the scale of the graph kernel is an estimate by random signs, which fall on other rows
    assert np.allclose(straight.proba, mixed.proba[place], atol=5e-3)
    assert (place[straight.sources[straight.reached]] == mixed.sources[place][straight.reached]).all()


@every_propagator
def test_propagation_is_the_same_on_one_thread_and_two(propagator, pool):
    spread = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            spread.append(find("propagator", propagator)(pool, rng()).proba)

    assert (spread[0] == spread[1]).all()


@every_propagator
def test_propagation_without_labels_is_our_mistake(propagator, fresh):
    with pytest.raises(ValueError, match="one label or more"):
        find("propagator", propagator)(fresh, rng())


# --- learners ---


@every_learner
def test_probabilities_have_a_column_for_each_class_and_sum_to_1(learner, pool):
    model = find("learner", learner)(rng()).fit(pool.features[pool.labelled], pool.labels)

    proba = model.predict_proba(pool.features)

    assert model.classes_.tolist() == [0, 1, 2]
    assert proba.shape == (60, 3)
    assert np.allclose(proba.sum(axis=1), 1)


@every_learner
def test_groups_far_apart_are_learnt(learner, blobs):
    features, groups = blobs

    model = find("learner", learner)(rng()).fit(features[:40], groups[:40])

    assert (predict(model, features, 3).argmax(axis=1) == groups).mean() > 0.95


@every_learner
@pytest.mark.parametrize("m", [1, 5])
def test_one_class_is_learnt(learner, pool, m):
    model = find("learner", learner)(rng()).fit(pool.features[:m], np.full(m, 2))

    assert model.classes_.tolist() == [2]
    assert predict(model, pool.features, 3)[:, 2].tolist() == [1.0] * 60


@every_learner
def test_one_label_of_each_class_is_enough(learner, pool):
    model = find("learner", learner)(rng()).fit(pool.features[:2], np.array([0, 4]))

    assert model.predict_proba(pool.features).shape == (60, 2)


@every_learner
def test_rows_that_are_all_alike_are_learnt_without_a_fault(learner):
    model = find("learner", learner)(rng()).fit(np.zeros((12, 3)), np.arange(12) % 3)

    assert np.isfinite(model.predict_proba(np.zeros((2, 3)))).all()


@every_learner
def test_a_model_follows_from_the_generator_and_not_from_the_order_of_its_labels(learner, blobs):
    features, groups = blobs
    order = np.random.default_rng(1).permutation(30)

    straight = find("learner", learner)(rng()).fit(features[:30], groups[:30])
    mixed = find("learner", learner)(rng()).fit(features[order], groups[order])

    assert np.allclose(straight.predict_proba(features), mixed.predict_proba(features), atol=1e-9)


@every_learner
def test_a_model_is_the_same_on_one_thread_and_two(learner, blobs):
    features, groups = blobs
    said = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            model = find("learner", learner)(rng()).fit(features[:30], groups[:30])
            said.append(model.predict_proba(features))

    assert (said[0] == said[1]).all()
