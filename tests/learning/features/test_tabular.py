from __future__ import annotations

import subprocess
import sys
import tracemalloc

import numpy as np
import pytest

from activelabel.learning.features.moments import moments
from activelabel.learning.features.numbers import NumberScaler
from activelabel.learning.features.tabular import TabularFeaturizer
from activelabel.records.contents import ColumnTable
from activelabel.records.kinds import Modality


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def scaled(numbers) -> np.ndarray:
    numbers = np.asarray(numbers, dtype=np.float32)
    scaler = NumberScaler().fit(numbers)
    out = np.empty((len(numbers), scaler.width), dtype=np.float32)
    scaler.write(numbers, out)
    return out


def categories(**columns) -> ColumnTable:
    n = len(next(iter(columns.values())))
    cells = {name: np.array(column, dtype=object) for name, column in columns.items()}
    return ColumnTable(Modality.TABLE, n, (), np.empty((n, 0), np.float32), categories=cells)


def test_moments_are_those_of_the_finite_numbers():
    numbers = rng().gamma(2, size=(9_000, 3)).astype(np.float32)
    numbers[::7, 1] = np.nan
    numbers[::5, 2] = np.inf

    facts = moments(numbers)

    for column in range(3):
        seen = numbers[np.isfinite(numbers[:, column]), column].astype(np.float64)
        assert facts.missing[column] == 9_000 - len(seen)
        assert facts.mean[column] == pytest.approx(seen.mean(), rel=1e-5)
        assert facts.deviation[column] == pytest.approx(seen.std(), rel=1e-4)
        assert facts.skew[column] == pytest.approx(((seen - seen.mean()) ** 3).mean() / seen.std() ** 3, rel=1e-3)


def test_numbers_have_mean_0_and_deviation_1_whatever_their_unit():
    made = scaled(rng().normal(5, size=(2_000, 2)) * [1e-6, 1e9])

    assert np.allclose(made.mean(axis=0), 0, atol=1e-3)
    assert np.allclose(made.std(axis=0), 1, atol=1e-3)


def test_a_skewed_column_is_ranked_and_its_order_kept():
    column = np.exp(3 * rng().normal(size=(3_000, 1)))

    made = scaled(column)[:, 0]

    assert (np.diff(made[np.argsort(column[:, 0], kind="stable")]) >= 0).all()
    assert abs(made).max() < 3
    assert made.std() == pytest.approx(1, abs=0.02)


def test_two_values_are_one_apart_however_rare_one_is():
    made = scaled(np.arange(500)[:, None] == 7)

    assert np.ptp(made) == pytest.approx(1)


def test_numbers_of_one_kind_keep_their_proportions():
    numbers = rng().integers(0, 17, size=(400, 20)).astype(float)
    numbers[:, 0] = 0
    numbers[:, 1] /= 2

    made = scaled(numbers)

    assert made[:, 2:].std() / made[:, 1].std() == pytest.approx(2, rel=0.15)
    assert np.ptp(made[:, 0]) == 0


def test_numbers_of_one_kind_are_centred_each_about_its_own_mean():
    levels = np.arange(20, dtype=np.float32) / 20

    out = scaled(levels + rng().random((500, 20), dtype=np.float32))

    assert np.allclose(out.mean(axis=0), 0, atol=1e-3)
    assert np.sqrt((out**2).mean()) == pytest.approx(1, abs=0.01)


def test_a_missing_number_is_the_median_and_says_that_it_was_missing():
    numbers = np.array([[1.0], [2.0], [np.nan], [9.0]])

    made = scaled(numbers)

    assert made.shape == (4, 2)
    assert made[2, 0] == pytest.approx(made[1, 0])
    assert np.ptp(made[:, 1]) == 1


@pytest.mark.parametrize("column", [[np.nan] * 4, [3.0] * 4, [np.inf] * 4])
def test_a_column_that_says_nothing_is_zero(column):
    assert (scaled(np.array(column)[:, None]) == 0).all()


@pytest.mark.parametrize("column", [[3e38, -3e38, 0, 1], [1e-40, 0, 2e-40, 0], [1e9, 0, 0, np.inf]])
def test_numbers_at_the_edge_of_float32_stay_finite(column):
    assert np.isfinite(scaled(np.array(column)[:, None])).all()


def test_a_number_missing_only_later_is_the_mean():
    scaler = NumberScaler().fit(np.array([[1.0], [3.0], [8.0]], dtype=np.float32))
    out = np.empty((1, 1), dtype=np.float32)

    scaler.write(np.array([[np.nan]], dtype=np.float32), out)

    assert out.tolist() == [[0.0]]


def test_levels_never_seen_count_as_seen_once_or_as_nothing():
    known = categories(colour=["red"] * 3 + ["blue"] * 3 + ["mauve"], size=["s", "l"] * 3 + ["s"])
    fitted = TabularFeaturizer().fit(known, rng())

    made = fitted.transform(categories(colour=["green", "mauve"], size=["xl", "s"]))

    assert made[0, :3].tolist() == made[1, :3].tolist() == [1, 0, 0]
    assert made[0, 3:].tolist() == [0, 0]


def test_names_of_many_spellings_are_near_when_their_letters_are():
    towns = ["Springfield", "Springfeild", "Shelbyville", "Capital City"] + [f"Ogdenville {row}" for row in range(40)]

    made = TabularFeaturizer().fit_transform(categories(town=towns * 3), rng())

    assert np.linalg.norm(made[0] - made[1]) < 0.6 * np.linalg.norm(made[0] - made[2])
    assert made.var(axis=0).sum() == pytest.approx(1, abs=0.01)


def test_a_date_is_as_wide_as_one_column_and_what_is_no_date_is_missing():
    days = np.array([f"2024-{1 + row % 12:02}-{1 + row % 28:02}" for row in range(99)] + ["soon"], dtype=object)
    table = ColumnTable(Modality.TABLE, 100, (), np.empty((100, 0), np.float32), dates={"day": days})

    made = TabularFeaturizer().fit_transform(table, rng())

    assert np.isfinite(made).all()
    assert 0.4 < made.var(axis=0).sum() <= 1.1


def test_more_than_a_hundred_columns_become_sixty_of_mean_square_1():
    numbers = rng().normal(size=(500, 101)).astype(np.float32)
    table = ColumnTable(Modality.TABLE, 500, tuple(map(str, range(101))), numbers)

    made = TabularFeaturizer().fit_transform(table, rng())

    assert made.shape == (500, 60)
    assert (made.astype(np.float64) ** 2).mean() == pytest.approx(1, abs=0.01)


def test_numbers_alone_load_neither_skrub_nor_pandas():
    program = """
import sys, numpy as np
from activelabel.learning.features.choose import featurizer_for
from activelabel.records.contents import ColumnTable
from activelabel.records.kinds import Modality
table = ColumnTable(Modality.TABLE, 2, ("a",), np.ones((2, 1), np.float32))
featurizer_for(table).fit_transform(table, np.random.default_rng(0))
print(*[name for name in ("skrub", "pandas", "sklearn") if name in sys.modules])
"""

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split() == []


def test_a_table_of_numbers_needs_one_more_array_of_its_size():
    numbers = rng().normal(size=(20_000, 64)).astype(np.float32)
    table = ColumnTable(Modality.TABLE, 20_000, tuple(map(str, range(64))), numbers)
    tracemalloc.start()
    try:
        TabularFeaturizer().fit_transform(table, rng())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    # the features, and the temporaries of one block of rows
    assert peak < 1.5 * numbers.nbytes
