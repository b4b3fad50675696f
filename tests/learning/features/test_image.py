from __future__ import annotations

import numpy as np
import pytest

from activelabel.learning.features.image import ImageFeaturizer, edge_directions, grey, shrunk
from activelabel.records.contents import ColumnTable
from activelabel.records.kinds import Modality


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def table(images: np.ndarray) -> ColumnTable:
    return ColumnTable(Modality.IMAGE, len(images), (), np.empty((len(images), 0), np.float32), images=images)


@pytest.mark.parametrize("shape", [(1, 1), (2, 9), (3, 3), (4, 4), (8, 8), (5, 60), (96, 96), (40, 70, 3)])
def test_pictures_of_any_size_have_features(shape):
    images = rng().integers(0, 256, size=(9, *shape)).astype(np.uint8)

    features = ImageFeaturizer().fit_transform(table(images), rng())

    assert features.dtype == np.float32
    assert features.shape[0] == 9
    assert np.isfinite(features).all()


def test_shrinking_keeps_the_mean_brightness():
    pictures = rng().random((4, 70, 45)).astype(np.float32)

    small = shrunk(pictures)

    assert small.shape == (4, 32, 21)
    assert np.allclose(small.mean(axis=(1, 2)), pictures.mean(axis=(1, 2)), atol=1e-4)


def test_green_is_brighter_than_blue():
    green, blue = np.zeros((1, 2, 2, 3), np.uint8), np.zeros((1, 2, 2, 3), np.uint8)
    green[..., 1], blue[..., 2] = 200, 200

    assert grey(table(green), slice(None)).mean() > grey(table(blue), slice(None)).mean()


def test_edges_do_not_care_how_strong_they_are():
    picture = np.zeros((1, 16, 16), dtype=np.float32)
    picture[:, :, 8:] = 1

    assert np.allclose(edge_directions(picture), edge_directions(200 * picture), atol=1e-2)


def test_a_table_without_pictures_is_our_mistake():
    with pytest.raises(ValueError, match="neither images nor pixels"):
        grey(ColumnTable(Modality.IMAGE, 1, (), np.empty((1, 0), np.float32)), slice(None))


@pytest.mark.slow
def test_digits_of_one_kind_are_each_others_neighbours():
    from sklearn.datasets import load_digits

    from activelabel.learning.neighbours import nearest_neighbours

    digits = load_digits()
    numbers = digits.data.astype(np.float32)
    cells = ColumnTable(Modality.TABLE, len(numbers), tuple(map(str, range(64))), numbers, pixels=(8, 8))

    features = ImageFeaturizer().fit_transform(cells, rng())

    neighbours = nearest_neighbours(features, 7)[1]
    assert (digits.target[neighbours] == digits.target[:, None]).mean() > 0.96
