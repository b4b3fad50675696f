from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import datasets

from activelabel.learning.features.choose import featurizer_for
from activelabel.learning.near_duplicates import near_duplicates, originals_of, together, tolerance
from activelabel.records.contents import ColumnTable
from activelabel.records.kinds import Modality


def distances(rows: np.ndarray) -> np.ndarray:
    return np.sqrt(((rows[:, None].astype(np.float64) - rows[None]) ** 2).sum(axis=2))


def crowd(n: int, d: int, seed: int, *, copies: int) -> np.ndarray:
    """Rows of noise, then copies of some of them that lie around the tolerance, mixed."""
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(n, d))
    some = rows[rng.integers(0, n, copies)]
    shifts = rng.normal(size=(copies, d))
    shifts *= rng.choice([0.0, 0.5, 0.99, 1.5], (copies, 1)) * 0.02 / np.linalg.norm(shifts, axis=1, keepdims=True)
    return rng.permutation(np.concatenate([rows, some + shifts * np.sqrt(2 * d) * 0.8])).astype(np.float32)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40), st.integers(1, 12), st.integers(0, 2**20), st.integers(0, 40))
def test_every_row_goes_to_the_first_original_within_the_tolerance(n, d, seed, copies):
    rows = crowd(n, d, seed, copies=copies)
    reach, apart = tolerance(rows), distances(rows)

    found = near_duplicates(rows)

    originals = np.unique(found)
    assert (found[originals] == originals).all()
    for row, original in enumerate(found):
        assert original <= row
        assert apart[row, original] <= reach * (1 + 1e-5)
        assert (apart[row, originals[originals < original]] > reach * (1 - 1e-5)).all()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**20))
def test_groups_apart_from_each_other_are_the_same_in_any_order(seed):
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 40, 90)
    rows = (np.eye(40)[group] + 1e-4 * rng.normal(size=(90, 40))).astype(np.float32)

    found = near_duplicates(rows)

    assert (group[found] == group).all()
    assert len(np.unique(found)) == len(np.unique(group))


def test_there_are_no_chains():
    rows = np.arange(100, dtype=np.float32)[:, None]
    step = 0.9 * tolerance(rows)
    rows[10:13, 0] = 10, 10 + step, 10 + 2 * step

    assert near_duplicates(rows)[10:13].tolist() == [10, 10, 12]


@pytest.mark.parametrize("rows", [np.zeros((0, 3)), np.zeros((1, 3)), np.arange(2.0)[:, None], np.eye(5)])
def test_rows_that_differ_stand_for_themselves(rows):
    assert near_duplicates(rows.astype(np.float32)).tolist() == list(range(len(rows)))


def test_equal_rows_are_the_same_even_where_half_of_all_are():
    rows = np.eye(6, dtype=np.float32)[[0, 1, 1, 1, 1, 2, 1, 0]]
    rows[3] *= -1
    rows[3, 1] = 1  # zeros below zero

    assert tolerance(rows) == 0
    assert near_duplicates(rows).tolist() == [0, 1, 1, 1, 1, 5, 1, 0]


def test_a_row_far_out_and_groups_far_apart_do_not_stretch_the_tolerance():
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(200, 5)).astype(np.float32)
    grouped = rows + 1e4 * rng.integers(0, 3, 200)[:, None].astype(np.float32)
    grouped[0] = 1e9

    assert tolerance(grouped) < 2 * tolerance(rows)
    assert len(np.unique(near_duplicates(grouped))) == 200


@pytest.mark.parametrize(("name", "pixels"), [("digits", (8, 8)), ("wine", None), ("breast_cancer", None)])
def test_in_data_without_near_duplicates_none_are_found(name, pixels):
    numbers = getattr(datasets, f"load_{name}")().data[:300].astype(np.float32)
    modality = Modality.IMAGE if pixels else Modality.TABLE
    names = tuple(f"x{place}" for place in range(numbers.shape[1]))
    table = ColumnTable(modality, len(numbers), names, numbers, pixels=pixels)

    features = featurizer_for(table).fit_transform(table, np.random.default_rng(0))

    assert originals_of(features) is None


def test_texts_that_differ_in_punctuation_and_case_are_near_duplicates():
    rng = np.random.default_rng(0)
    texts = [" ".join(f"word{number}" for number in rng.integers(0, 60, 30)) for _ in range(40)]
    column = np.array([*texts, texts[3].upper(), texts[5].replace(" ", ", ") + "!"], dtype=object)
    table = ColumnTable(Modality.TEXT, 42, (), np.empty((42, 0), np.float32), texts={"text": column})

    features = featurizer_for(table).fit_transform(table, rng)

    assert near_duplicates(features).tolist() == [*range(40), 3, 5]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), min_size=1, max_size=12))
def test_what_belongs_together_either_way_is_one(pairs):
    originals = np.array([min(row, original) for row, (original, _) in enumerate(pairs)])
    groups = np.array([group for _, group in pairs])
    for _ in pairs:
        originals = originals[originals]
    linked = (originals[:, None] == originals) | (groups[:, None] == groups)
    for _ in pairs:
        linked = linked @ linked

    found = together(originals, groups)

    assert ((found[:, None] == found) == linked).all()


@pytest.mark.slow
def test_in_a_big_pool_every_copy_is_found():
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(100_000, 20)).astype(np.float32)
    copied = rng.choice(50_000, 2_000, replace=False)
    rows[50_000:52_000] = rows[copied] + np.float32(1e-3)

    found = near_duplicates(rows)

    assert (found[50_000:52_000] == copied).all()
    assert len(np.unique(found)) == 98_000
