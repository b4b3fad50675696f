"""What every featurizer must do, on content that is ordinary and content that is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from activelabel.learning.features.choose import FEATURIZERS, featurizer_for, version_of
from activelabel.records.contents import ColumnTable
from activelabel.records.kinds import Modality


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def strings(*cells: str) -> np.ndarray:
    return np.array(cells, dtype=object)


def table(n: int) -> ColumnTable:
    some = rng()
    numbers = some.normal(size=(n, 3)).astype(np.float32)
    numbers[some.random((n, 3)) < 0.2] = np.nan
    days = np.array([f"20{10 + row % 9}-03-{1 + row % 28:02}T{row % 24:02}:00" for row in range(n)], dtype=object)
    return ColumnTable(
        Modality.TABLE,
        n,
        ("a", "b", "c"),
        numbers,
        categories={
            "colour": some.choice(strings("red", "blue", ""), n),
            "town": np.array([f"town {row % 45}" for row in range(n)], dtype=object),
        },
        dates={"day": days},
    )


def texts(n: int) -> ColumnTable:
    words = strings("wine", "red", "sky", "blue", "sea", "the", "of", "42", "grün")
    some = rng()
    cells = np.array([" ".join(some.choice(words, 6)) for _ in range(n)], dtype=object)
    return ColumnTable(Modality.TEXT, n, (), np.empty((n, 0), np.float32), texts={"text": cells})


def pictures(n: int) -> ColumnTable:
    shown = rng().integers(0, 256, size=(n, 12, 10, 3)).astype(np.uint8)
    return ColumnTable(Modality.IMAGE, n, (), np.empty((n, 0), np.float32), images=shown)


def pixels(n: int) -> ColumnTable:
    cells = rng().integers(0, 17, size=(n, 64)).astype(np.float32)
    return ColumnTable(Modality.TABLE, n, tuple(map(str, range(64))), cells, pixels=(8, 8))


def vectors(n: int) -> ColumnTable:
    return ColumnTable(Modality.VECTORS, n, ("x", "y"), rng().normal(size=(n, 2)).astype(np.float32))


def wide(n: int) -> ColumnTable:
    cells = (rng().normal(size=(n, 130)) * np.arange(1, 131)).astype(np.float32)
    return ColumnTable(Modality.TABLE, n, tuple(map(str, range(130))), cells)


def mixed(n: int) -> ColumnTable:
    return replace(table(n), modality=Modality.TEXT, texts=texts(n).texts)


def first(content: ColumnTable, n: int) -> ColumnTable:
    return replace(
        content,
        n=n,
        numbers=content.numbers[:n],
        categories={name: column[:n] for name, column in content.categories.items()},
        dates={name: column[:n] for name, column in content.dates.items()},
        texts={name: column[:n] for name, column in content.texts.items()},
        images=None if content.images is None else content.images[:n],
    )


every_content = pytest.mark.parametrize("content", [table, texts, pictures, pixels, vectors, wide, mixed])


@every_content
@pytest.mark.parametrize("n", [1, 2, 3, 60, 130])
def test_features_are_finite_rows_of_float32(content, n):
    features = featurizer_for(content(n)).fit_transform(content(n), rng())

    assert features.dtype == np.float32
    assert features.shape[0] == n
    assert features.shape[1] >= 1
    assert np.isfinite(features).all()


@every_content
def test_fitting_and_transforming_apart_gives_the_same(content):
    items = content(80)

    together = featurizer_for(items).fit_transform(items, rng())
    apart = featurizer_for(items).fit(items, rng()).transform(items)

    assert np.allclose(together, apart, atol=1e-5)


@every_content
def test_a_row_is_transformed_alike_whatever_stands_beside_it(content):
    items = content(80)
    fitted = featurizer_for(items).fit(items, rng())

    assert np.allclose(fitted.transform(items)[:7], fitted.transform(first(items, 7)), atol=1e-4)


@every_content
def test_the_table_itself_is_left_alone(content):
    items, again = content(40), content(40)

    featurizer_for(items).fit_transform(items, rng())

    assert np.array_equal(items.numbers, again.numbers, equal_nan=True)
    assert items.images is None or (items.images == again.images).all()


@every_content
def test_features_are_the_same_on_one_thread_and_two(content):
    items = content(130)
    made = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            made.append(featurizer_for(items).fit_transform(items, rng()))

    assert (made[0] == made[1]).all()


@every_content
def test_items_that_are_all_alike_have_features_that_are_all_alike(content):
    alike = first(content(1), 1)
    many = replace(
        alike,
        n=20,
        numbers=np.repeat(alike.numbers, 20, axis=0),
        categories={name: np.repeat(column, 20) for name, column in alike.categories.items()},
        dates={name: np.repeat(column, 20) for name, column in alike.dates.items()},
        texts={name: np.repeat(column, 20) for name, column in alike.texts.items()},
        images=None if alike.images is None else np.repeat(alike.images, 20, axis=0),
    )

    features = featurizer_for(many).fit_transform(many, rng())

    assert np.isfinite(features).all()
    assert np.allclose(features, features[0], atol=1e-4)


def test_every_modality_has_a_featurizer_with_a_version_of_its_own():
    assert set(FEATURIZERS) == set(Modality)
    assert len({version_of(modality) for modality in Modality}) == len(Modality)


def test_a_table_of_pixels_is_pictures():
    assert featurizer_for(pixels(3)).version == version_of(Modality.IMAGE)
