import numpy as np
import pytest

from activelabel.learning.pool_map import laid_out

NONE = np.empty(0, dtype=np.intp)


@pytest.fixture
def features():
    return np.random.default_rng(0).normal(size=(50, 6)).astype(np.float32)


def test_all_labelled_rows_are_kept_and_others_fill_up(features):
    labelled = np.arange(30, 48)
    found = laid_out(features, labelled, most=20)

    assert len(found.rows) == 20
    assert set(labelled) <= set(found.rows)
    assert (np.diff(found.rows) > 0).all()


def test_more_labelled_rows_than_points_are_sampled(features):
    found = laid_out(features, np.arange(40), most=10)

    assert len(found.rows) == 10
    assert found.rows.max() < 40


def test_distances_on_the_map_are_no_longer_than_in_truth(features):
    found = laid_out(features, NONE)
    truth = np.linalg.norm(features[:, None] - features[None], axis=2)
    drawn = np.linalg.norm(found.places[:, None] - found.places[None], axis=2)

    assert (drawn <= truth + 1e-4).all()
    assert 0 < found.spread < 1


def test_the_same_features_give_the_same_map(features):
    assert np.array_equal(laid_out(features, NONE).places, laid_out(features.copy(), NONE).places)


@pytest.mark.parametrize("shape", [(1, 4), (5, 1), (2, 2)])
def test_few_rows_or_one_feature_are_enough(shape):
    features = np.arange(np.prod(shape), dtype=np.float32).reshape(shape)
    found = laid_out(features, NONE)

    assert found.places.shape == (shape[0], 2)
    assert np.isfinite(found.places).all()
    assert found.spread == pytest.approx(1.0)


def test_rows_that_are_all_alike_lie_on_one_place():
    assert not laid_out(np.ones((4, 3), np.float32), NONE).places.any()
