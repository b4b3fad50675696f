import csv
import io
import random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from activelabel.project.identity import audit_key, item_id, unit_hashes
from activelabel.project.readers.source import open_source
from activelabel.project.readers.thumbnails import PICTURE, from_bytes, no_picture

cell = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=6) | st.sampled_from(
    ["", '"', ",", "\n"]
)
tables = st.integers(2, 3).flatmap(
    lambda width: st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=5)
)
on_disk = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def hashes_of_file(path, names):
    batches = list(open_source(path, delimiter=",").batches())
    return [found.decode() for batch in batches for found in unit_hashes(batch, names).tolist()]


def hashes_of(columns):
    return unit_hashes(pa.RecordBatch.from_pydict(columns), columns).tolist()


def saved(tmp_path, header, rows, mark=b"", **dialect):
    text = io.StringIO(newline="")
    csv.writer(text, **dialect).writerows([header, *rows])
    path = tmp_path / "data.csv"
    path.write_bytes(mark + text.getvalue().encode())
    return path


@on_disk
@given(rows=tables, seed=st.integers(0, 99))
def test_order_quoting_line_ends_and_marks_change_no_hash(tmp_path, rows, seed):
    header = ["b", "a", "c"][: len(rows[0])]
    before = hashes_of_file(saved(tmp_path, header, rows), header)
    rng = random.Random(seed)
    row_order, column_order = (rng.sample(range(size), size) for size in (len(rows), len(header)))
    moved = [[rows[row][column] for column in column_order] for row in row_order]
    dialect = {"quoting": csv.QUOTE_ALL, "lineterminator": "\r\n", "mark": b"\xef\xbb\xbf"}

    after = hashes_of_file(saved(tmp_path, [header[column] for column in column_order], moved, **dialect), header)

    assert after == [before[row] for row in row_order]


@given(st.lists(cell, min_size=3, max_size=3), st.lists(cell, min_size=3, max_size=3))
def test_rows_with_any_other_cell_have_another_hash(left, right):
    assume(left != right)

    first, second = hashes_of(
        {name: list(pair) for name, pair in zip("abc", zip(left, right, strict=True), strict=True)}
    )

    assert first != second


def test_a_missing_cell_is_not_an_empty_one():
    missing, empty = hashes_of({"a": ["x", "x"], "b": [None, ""]})

    assert missing != empty


def test_leading_zeros_and_spaces_count():
    assert len(set(hashes_of({"a": ["007", "7", " 7", "7.0"]}))) == 4


def test_a_slice_of_a_batch_has_the_hashes_of_its_rows():
    batch = pa.RecordBatch.from_pydict({"a": [str(number) for number in range(100)], "b": [None, "x"] * 50})

    assert unit_hashes(batch.slice(17, 30), "ab").tolist() == unit_hashes(batch, "ab").tolist()[17:47]


def test_a_hash_stays_what_it_was_in_earlier_versions():
    assert hashes_of({"text": ["to be", ""], "n": ["1", None]}) == [b"d343b66cb19d397ff13d", b"142096ac9a54061cc6ed"]


@pytest.mark.parametrize("dtype", ["f4", "f8", "i8", "u1"])
def test_vectors_of_equal_values_are_equal_whatever_their_type(dtype):
    values = pa.array(np.array([0, 1, 2, 3]).astype(dtype))

    assert hashes_of({"v": pa.FixedSizeListArray.from_arrays(values, 2)}) == hashes_of(
        {"v": pa.FixedSizeListArray.from_arrays(pa.array([-0.0, 1.0, 2.0, 3.0]), 2)}
    )


def test_a_picture_is_its_bytes_and_a_missing_one_its_path():
    same = from_bytes("a.png", b"not a picture"), from_bytes("b.png", b"not a picture")
    gone = no_picture("a.png", "not found"), no_picture("b.png", "not found")

    found = hashes_of({"path": pa.array([each._asdict() for each in (*same, *gone)], PICTURE)})

    assert found[0] == found[1]
    assert len(set(found)) == 3


def test_occurrences_are_counted_in_the_id():
    assert item_id("aa", 2) == "aa-2"


def test_the_audit_order_is_drawn_by_the_seed_and_new_units_move_no_old_ones():
    units = [f"{number:020x}" for number in range(200)]
    by_seed = [sorted(units, key=lambda unit, seed=seed: audit_key(seed, unit)) for seed in (0, 1, -1, 10**100)]

    assert len({tuple(order) for order in by_seed}) == 4
    assert [unit for unit in by_seed[0] if unit in units[:50]] == sorted(
        units[:50], key=lambda unit: audit_key(0, unit)
    )


def test_every_unit_is_as_likely_to_be_early_in_the_audit_order():
    units = [f"{number:020x}" for number in range(20)]
    places = np.array([np.argsort([audit_key(seed, unit) for unit in units]).argsort() for seed in range(400)])

    assert np.abs(places.mean(axis=0) - 9.5).max() < 4 * np.sqrt((20**2 - 1) / 12 / 400)
