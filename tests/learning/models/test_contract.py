"""What every learner must do, whatever it is; a new row of the registry is tested by being there."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array
from support.contracts import SPARSE_REFUSED, global_seeds
from threadpoolctl import threadpool_limits

from activelabel.learning.models.prediction import predict
from activelabel.learning.registry import find, names

every_learner = pytest.mark.parametrize("learner", names("learner"))
# cross-validation fits all the others, and these tests fit twice
slow_where_long = {"cross-validation": pytest.mark.slow}
every_learner_twice = pytest.mark.parametrize(
    "learner", [pytest.param(name, marks=slow_where_long.get(name, ())) for name in names("learner")]
)


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


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
def test_a_label_that_stands_three_times_is_learnt_like_any(learner, blobs):
    features, groups = blobs

    model = find("learner", learner)(rng()).fit(np.tile(features[:20], (3, 1)), np.tile(groups[:20], 3))

    assert (predict(model, features, 3).argmax(axis=1) == groups).mean() > 0.95


@every_learner
def test_there_may_be_more_classes_than_labels_and_rows(learner, pool):
    model = find("learner", learner)(rng()).fit(pool.features[:2], np.array([3, 8]))

    proba = predict(model, pool.features[:5], 9)

    assert model.classes_.tolist() == [3, 8]
    assert np.flatnonzero(proba.sum(axis=0)).tolist() == [3, 8]


@every_learner
def test_sparse_rows_are_refused_in_one_sentence(learner, pool):
    few = csr_array(pool.features[:6])
    model = find("learner", learner)(rng())

    with pytest.raises(TypeError, match=SPARSE_REFUSED):
        model.fit(few, np.arange(6) % 2)
    with pytest.raises(TypeError, match=SPARSE_REFUSED):
        model.predict_proba(few)


@every_learner_twice
def test_a_model_follows_from_the_generator_and_not_from_the_order_of_its_labels(learner, blobs):
    features, groups = blobs
    order = np.random.default_rng(1).permutation(30)

    straight, mixed = (
        find("learner", learner)(rng()).fit(features[rows], groups[rows])
        for rows, _ in zip((np.arange(30), order), global_seeds(), strict=True)
    )

    assert np.allclose(straight.predict_proba(features), mixed.predict_proba(features), atol=1e-9)


@every_learner_twice
def test_a_model_is_the_same_on_one_thread_and_two(learner, blobs):
    features, groups = blobs
    said = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            model = find("learner", learner)(rng()).fit(features[:30], groups[:30])
            said.append(model.predict_proba(features))

    assert (said[0] == said[1]).all()
