"""What every propagator must do, whatever it is; a new row of the registry is tested by being there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.sparse import csr_array
from support.contracts import SPARSE_REFUSED, global_seeds
from threadpoolctl import threadpool_limits

from activelabel.learning.registry import find, names

if TYPE_CHECKING:
    from activelabel.learning.protocols import Pool


every_propagator = pytest.mark.parametrize("propagator", names("propagator"))


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def clustered(pool: Pool) -> Pool:
    return replace(pool, clustering=find("clusterer", "k-means")(pool.features, 3, rng()))


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
def test_propagation_follows_from_the_generator_alone(propagator, pool):
    first, second = (find("propagator", propagator)(pool, rng()) for _ in global_seeds())

    assert (first.proba == second.proba).all()
    assert (first.sources == second.sources).all()


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
def test_rows_that_stand_three_times_take_the_same_label(propagator, pool, blobs):
    thrice = replace(
        pool,
        features=np.tile(pool.features, (3, 1)),
        askable=np.arange(180) >= 6,
        weights=np.ones(180),
        proba=np.tile(pool.proba, (3, 1)),
    )

    spread = find("propagator", propagator)(thrice, rng())

    assert (spread.proba.argmax(axis=1) == np.tile(blobs[1], 3))[spread.reached].all()
    assert spread.reached.reshape(3, 60)[:, pool.labelled].all()


@every_propagator
def test_there_may_be_more_classes_than_rows(propagator, pool):
    many = replace(
        pool,
        features=pool.features[:5],
        labelled=np.array([0, 1]),
        labels=np.array([3, 8]),
        n_classes=9,
        askable=np.arange(5) > 1,
        weights=np.ones(5),
        proba=None,
    )

    spread = find("propagator", propagator)(many, rng())

    assert spread.proba.shape == (5, 9)
    assert set(spread.proba[spread.reached].argmax(axis=1).tolist()) <= {3, 8}


@every_propagator
def test_sparse_features_are_refused_in_one_sentence(propagator, pool):
    with pytest.raises(TypeError, match=SPARSE_REFUSED):
        find("propagator", propagator)(replace(pool, features=csr_array(pool.features)), rng())


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
