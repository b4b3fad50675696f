from __future__ import annotations

import numpy as np
import pytest

from activelabel.learning.models import evidence as evidence_module
from activelabel.learning.models import mixture as mixture_module
from activelabel.learning.models import smoothing
from activelabel.learning.models.evidence import MEMBERS, Evidence, judge
from activelabel.learning.models.mixture import BestSingle, Mixture
from activelabel.learning.models.trees import TwoForests
from activelabel.learning.models.weighing import mixture_weights
from activelabel.learning.registry import find, names

every_pool_learner = pytest.mark.parametrize(
    "learner",
    [name for name in names("learner") if getattr(find("learner", name)(np.random.default_rng(0)), "reads_pool", 0)],
)


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def partly(groups: np.ndarray, rows: np.ndarray) -> np.ndarray:
    y = np.full(len(groups), -1)
    y[rows] = groups[rows]
    return y


@every_pool_learner
def test_rows_without_a_label_are_learnt_from_and_predicted(learner, pool, blobs):
    model = find("learner", learner)(rng()).fit(pool.features, partly(blobs[1], pool.labelled))

    assert model.label_distributions_.shape == (60, 3)
    assert np.allclose(model.label_distributions_.sum(axis=1), 1)
    assert (model.label_distributions_.argmax(axis=1) == blobs[1]).all()
    assert (model.predict_proba(pool.features + 0.01).argmax(axis=1) == blobs[1]).all()


@every_pool_learner
def test_no_label_is_taken_to_be_wrong_unless_it_is_said(learner):
    assert find("learner", learner)(rng()).noise == 0


@every_pool_learner
def test_columns_are_the_classes_seen_whatever_their_numbers(learner, pool, blobs):
    model = find("learner", learner)(rng()).fit(pool.features, partly(blobs[1] * 4 + 1, pool.labelled))

    assert model.classes_.tolist() == [1, 5, 9]
    assert model.predict_proba(pool.features).shape == (60, 3)


@every_pool_learner
@pytest.mark.parametrize("m", [1, 3])
def test_one_class_among_unlabelled_rows_is_given_to_all(learner, pool, m):
    model = find("learner", learner)(rng()).fit(pool.features, np.where(np.arange(60) < m, 7, -1))

    assert model.classes_.tolist() == [7]
    assert np.allclose(model.label_distributions_, 1)
    assert np.allclose(model.predict_proba(pool.features[:4]), 1)


@every_pool_learner
def test_one_label_of_each_of_two_classes_is_enough(learner, pool):
    model = find("learner", learner)(rng()).fit(pool.features, np.r_[0, 1, np.full(58, -1)])

    assert np.isfinite(model.label_distributions_).all()


@every_pool_learner
def test_alike_rows_and_twins_with_other_labels_are_learnt_without_a_fault(learner):
    features = np.repeat(rng().normal(size=(8, 3)), 5, axis=0).astype(np.float32)

    twins = find("learner", learner)(rng()).fit(features, np.where(np.arange(40) < 20, np.arange(40) % 3, -1))
    alike = find("learner", learner)(rng()).fit(
        np.zeros_like(features), np.where(np.arange(40) < 9, np.arange(40) % 3, -1)
    )

    assert np.isfinite(twins.label_distributions_).all()
    assert np.isfinite(alike.label_distributions_).all()


@every_pool_learner
def test_what_is_said_of_a_row_does_not_depend_on_where_it_stands(learner, blobs):
    features, groups = blobs
    features = (features + 9 * rng().normal(size=features.shape)).astype(np.float32)
    y, order = partly(groups, np.arange(0, 60, 4)), np.random.default_rng(1).permutation(60)

    straight = find("learner", learner)(rng()).fit(features, y)
    mixed = find("learner", learner)(rng()).fit(features[order], y[order])

    assert np.allclose(straight.label_distributions_[order], mixed.label_distributions_, atol=1e-4)


def test_the_better_member_gets_the_weight_and_the_prior_holds_it_back():
    given = np.column_stack([np.full(40, 0.9), np.full(40, 0.1)])

    light, heavy = (mixture_weights(given, np.full(2, prior)) for prior in (1.0, 100.0))

    assert light[0] > 0.95
    assert 0.5 < heavy[0] < light[0]
    assert light.sum() == pytest.approx(1)


def test_members_that_say_the_same_keep_their_prior():
    assert mixture_weights(np.full((9, 3), 0.4), np.array([3.0, 1.0, 1.0])).tolist() == pytest.approx([0.6, 0.2, 0.2])


@pytest.mark.parametrize("member", MEMBERS)
def test_a_member_foretells_labels_it_has_not_seen(member, blobs):
    features, groups = blobs
    labelled = rng().permutation(60)[:30]
    shuffled = Evidence(features, labelled, rng().integers(3, size=30), 0)
    true = Evidence(features, labelled, groups[labelled], 0)

    foretold, guessed = judge(true, MEMBERS[member]), judge(shuffled, MEMBERS[member])

    assert (foretold.left_out.argmax(axis=1) == true.codes).all()
    assert (guessed.left_out.argmax(axis=1) == shuffled.codes).mean() < 0.7
    assert guessed.likelihood < foretold.likelihood


def test_where_only_trees_can_see_the_classes_they_get_the_weight():
    features = rng().normal(size=(300, 6)).astype(np.float32)
    steps = (np.floor(features[:, 0] * 2) % 2).astype(np.intp)

    model = Mixture(0).fit(features, partly(steps, np.arange(150)))

    assert max(model.weights_, key=model.weights_.__getitem__) == "trees"
    assert BestSingle(0).fit(features, partly(steps, np.arange(150))).chosen_ == "trees"


def test_a_row_that_every_tree_has_seen_is_voted_on_evenly():
    model = TwoForests(0).fit(np.zeros((2, 1)), [0, 1])

    assert np.allclose(model.left_out_.sum(axis=1), 1)


def test_of_too_many_labels_some_are_learnt_and_the_others_foretold(blobs, monkeypatch):
    features, groups = blobs
    monkeypatch.setattr(evidence_module, "MOST_LABELS", 9)
    rows = np.argsort(groups, kind="stable")
    evidence = Evidence(features, rows, groups[rows], 0)

    for member in MEMBERS.values():
        opinion = member(evidence)

        assert opinion.left_out.shape == (60, 3)
        assert (opinion.left_out.argmax(axis=1) == evidence.codes).mean() > 0.9


def test_a_class_of_one_label_is_among_the_some():
    evidence = Evidence(np.zeros((100, 1), dtype=np.float32), np.arange(100), np.repeat([0, 1], [99, 1]), 0)

    assert evidence.some(10).tolist()[-1] == 99
    assert len(evidence.some(10)) == 11


def test_one_wrong_answer_does_not_flip_its_cluster(blobs):
    features, groups = blobs
    y = partly(groups, np.arange(30))
    wrong = int(np.flatnonzero(groups[:30] == 0)[0])
    y[wrong] = 1
    model = Mixture(0)
    model.noise = 0.05

    said = model.fit(features, y).label_distributions_.argmax(axis=1)

    assert (said == groups).all()


def test_what_is_asked_by_is_what_the_members_say_before_it_is_smoothed(pool, blobs):
    model = Mixture(0).fit(pool.features, partly(blobs[1], pool.labelled))

    assert model.unsmoothed_.shape == model.label_distributions_.shape
    assert (model.unsmoothed_[pool.labelled, blobs[1][pool.labelled]] == 1).all()
    assert (model.label_distributions_[pool.labelled].max(axis=1) < 1).all()


def test_a_mixture_fitted_anew_on_one_class_has_forgotten_the_others(pool, blobs):
    model = Mixture(0).fit(pool.features, partly(blobs[1], pool.labelled))

    model.fit(pool.features, np.where(np.arange(60) < 3, 7, -1))

    assert model.predict_proba(pool.features).tolist() == [[1.0]] * 60
    assert model.unsmoothed_.tolist() == [[1.0]] * 60


def test_what_was_smoothed_is_as_sure_on_the_mean_as_before():
    features = rng().normal(size=(300, 4)).astype(np.float32)
    sides = (features[:, 0] > 0).astype(np.intp)

    model = Mixture(0).fit(features, partly(sides, np.arange(60)))

    before, after = (found.max(axis=1).mean() for found in (model.unsmoothed_, model.label_distributions_))
    assert after == pytest.approx(before, abs=0.03)


def test_what_the_others_say_of_each_label_comes_in_the_order_of_the_rows(blobs):
    features, groups = blobs
    labelled = np.sort(rng().permutation(60)[:30])
    wrong = labelled[3]
    y = partly(groups, labelled)
    y[wrong] = (groups[wrong] + 1) % 3

    for noise in (0.0, 0.1):
        model = Mixture(0)
        model.noise = noise
        model.fit(features, y)

        assert model.out_of_fold_.shape == (30, 3)
        assert np.allclose(model.out_of_fold_.sum(axis=1), 1)
        assert (model.out_of_fold_.argmax(axis=1) == groups[labelled]).all()


def test_one_class_is_foretold_for_each_of_its_labels():
    model = Mixture(0).fit(np.zeros((9, 1)), np.r_[np.full(4, 7), np.full(5, -1)])

    assert model.out_of_fold_.tolist() == [[1.0]] * 4


@every_pool_learner
def test_of_the_rows_that_are_needed_it_says_what_it_says_when_all_are(learner, pool, blobs, monkeypatch):
    monkeypatch.setattr(smoothing, "PUPILS", 20)
    monkeypatch.setattr(mixture_module, "SAMPLE", 7)
    y, needed = partly(blobs[1], pool.labelled), np.array([5, 11, 40, 58])
    # what is kept with the features follows from the size of the sample
    whole, some = (find("learner", learner)(rng()) for _ in range(2))
    some.needed = needed
    whole.fit(pool.features.copy(), y)
    some.fit(pool.features.copy(), y)

    assert np.allclose(some.label_distributions_[needed], whole.label_distributions_[needed], atol=1e-6)
    assert np.allclose(some.predict_proba(pool.features), whole.predict_proba(pool.features), atol=1e-6)
    if learner == "mixture":
        assert np.isnan(some.label_distributions_).any()
        assert np.allclose(some.out_of_fold_, whole.out_of_fold_)
