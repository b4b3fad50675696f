import os
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from activelabel.errors import BadData
from activelabel.project.dataset import Dataset
from activelabel.project.inspection import Wishes, inspect
from activelabel.project.readers import partitions
from activelabel.project.readers.files import Reading, stamp_of
from activelabel.project.readers.partitions import ChunkRows, Partitions, is_part_of
from activelabel.project.readers.source import format_of, open_source


def read(path):
    return pa.Table.from_batches(open_source(path).batches())


def written(folder, *parts, **options):
    folder.mkdir(exist_ok=True)
    for number, columns in enumerate(parts):
        pq.write_table(pa.table(columns), folder / f"part-{number}.parquet", **options)
    return folder


@pytest.mark.parametrize("pattern", ["", "*.parquet", "part-*"])
def test_a_folder_or_a_pattern_is_one_data_set_in_the_order_of_the_names(tmp_path, pattern):
    pool = written(tmp_path / "pool", {"n": [1, 2]}, {"n": [3]}, {"n": [4, 5]}) / pattern

    assert format_of(pool) == "partitions"
    assert read(pool).to_pydict() == {"n": [1, 2, 3, 4, 5]}


def test_columns_may_come_in_any_order_and_an_empty_one_takes_the_type_of_the_others(tmp_path):
    empty = pa.nulls(1)
    pool = written(tmp_path / "pool", {"n": [1], "x": empty}, {"x": [0.5], "n": [2]}, {"n": empty, "x": [2.5]})

    found = read(pool)

    assert found.to_pydict() == {"n": [1, 2, None], "x": [None, 0.5, 2.5]}
    assert [str(kind) for kind in found.schema.types] == ["int64", "double"]


def test_other_columns_are_refused_with_the_names_of_both_files(tmp_path):
    pool = written(tmp_path / "pool", {"n": [1]}, {"n": [1], "x": [2]})

    with pytest.raises(BadData, match=r"column 'x' is in .*part-1.parquet and not in .*part-0.parquet"):
        read(pool)


def test_another_type_is_refused_with_the_names_of_both_files(tmp_path):
    pool = written(tmp_path / "pool", {"n": [1]}, {"n": ["a"]})

    with pytest.raises(BadData, match=r"column 'n' is int64 in .*part-0.parquet and string in .*part-1.parquet"):
        read(pool)


@pytest.mark.parametrize("pattern", ["", "*", "**"])
def test_only_files_of_parquet_are_read_and_none_that_others_left_beside_them(tmp_path, pattern):
    pool = written(tmp_path / "pool", {"n": [1]})
    shutil.copy(pool / "part-0.parquet", pool / "part-1.pq")
    (pool / "folder.parquet").mkdir()
    for name in ("_SUCCESS", "_metadata.parquet", ".part-0.parquet", "notes.txt"):
        (pool / name).write_bytes(b"")

    assert read(pool / pattern).to_pydict() == {"n": [1, 1]}


@pytest.mark.parametrize(
    ("place", "data", "is_part"),
    [
        ("pool/part-0.parquet", "pool", True),
        ("pool/new.parquet", "pool", True),
        ("pool/new.csv", "pool", False),
        ("pool/_new.parquet", "pool", False),
        ("pool/sub/new.parquet", "pool", False),
        ("pool", "pool", True),
        ("", "pool", True),
        ("pool", "pool/part-*.parquet", True),
        ("pool", "pool/part-0.parquet", True),
        ("pool/part-0.parquet", "pool/part-0.parquet", True),
        ("pool/part-1.parquet", "pool/part-0.parquet", False),
        ("pool/part-9.parquet", "pool/part-*.parquet", True),
        ("pool/labels.parquet", "pool/part-*.parquet", False),
        ("pool/sub/new.parquet", "pool/*.parquet", False),
        ("pool/sub/new.parquet", "pool/*/*.parquet", True),
        ("pool/new.parquet", "pool/**/*.parquet", True),
        ("pool/sub/sub/new.parquet", "pool/**/*.parquet", True),
        ("pool/sub/sub/new.parquet", "pool/**", True),
        ("pool/.sub/new.parquet", "pool/**/*.parquet", False),
        ("elsewhere/new.parquet", "pool/**/*.parquet", False),
        ("elsewhere/../pool/part-0.parquet", "pool", True),
        ("elsewhere/../pool/new.parquet", "pool/*.parquet", True),
        ("pool/new.parquet", "elsewhere/../pool/*.parquet", True),
        ("link/part-0.parquet", "pool", True),
        ("link/new.parquet", "pool/*.parquet", True),
        ("pool/new.parquet", "link/*.parquet", True),
        ("link", "pool/part-*.parquet", True),
        ("one.parquet", "pool", True),
        ("twin.parquet", "pool", True),
        ("pool/part-0.parquet", "file://pool/*.parquet", True),
        ("elsewhere/new.parquet", "memory://pool/*.parquet", False),
        ("gone/new.parquet", "gone", False),
    ],
)
def test_what_is_the_data_or_would_be_read_as_some_of_it_is_known_by_any_name(tmp_path, place, data, is_part):
    pool = written(tmp_path / "pool", {"n": [1]}, {"n": [2]})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(pool)
    (tmp_path / "one.parquet").symlink_to(pool / "part-0.parquet")
    (tmp_path / "twin.parquet").hardlink_to(pool / "part-0.parquet")
    protocol, _, within = data.rpartition("//")

    assert (
        is_part_of(tmp_path / place, Path(f"{protocol}//{tmp_path / within}" if protocol else tmp_path / data))
        is is_part
    )


def test_a_pattern_that_fits_nothing_is_refused(tmp_path):
    with pytest.raises(BadData, match=r"no Parquet files there"):
        format_of(tmp_path / "*.parquet")


def test_a_folder_of_pictures_with_a_table_beside_them_stays_one_of_pictures(tmp_path):
    pool = written(tmp_path / "pool", {"n": [1]})
    (pool / "cats").mkdir()
    (pool / "cats" / "a.png").write_bytes(b"")

    assert format_of(pool) == "images"


def test_the_stamp_covers_every_partition(tmp_path):
    pool = written(tmp_path / "pool", {"n": [1]}, {"n": [2]}) / "*.parquet"
    before = stamp_of(pool)

    os.utime(pool.parent / "part-0.parquet", ns=(0, before.mtime_ns + 1))
    assert stamp_of(pool) == (before.size, before.mtime_ns + 1)

    written(pool.parent, {"n": [1]}, {"n": [2]}, {"n": [3]})
    assert stamp_of(pool).size > before.size


def test_chunks_are_runs_of_row_groups_that_together_are_all_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(partitions, "CHUNK_ROWS", 250)
    pool = written(tmp_path / "pool", {"n": range(1000)}, {"n": range(1000, 1010)}, row_group_size=100)
    source = Partitions(pool, Reading())

    chunks = source.chunks()

    assert [(chunk.name, chunk.rows) for chunk in chunks] == [
        ("00000-0000", 300), ("00000-0001", 300), ("00000-0002", 300), ("00000-0003", 100), ("00001-0000", 10),
    ]  # fmt: skip
    rows = [batch for chunk in chunks for batch in ChunkRows(chunk, source.schema).batches()]
    assert pa.Table.from_batches(rows).column("n").to_pylist() == list(range(1010))


@pytest.mark.parametrize("columns", [{"n": ["3"], "x": [0.5]}, {"n": [3]}, {"n": [3], "x": ["half"]}])
def test_a_file_written_anew_with_other_columns_is_refused_and_loses_no_cell(tmp_path, columns):
    pool = written(tmp_path / "pool", {"n": [1, 2], "x": [0.5, 1.5]}, {"n": [3], "x": pa.nulls(1)})
    source = Partitions(pool, Reading())
    _, chunk = source.chunks()
    before = ChunkRows(chunk, source.schema)
    pq.write_table(pa.table(columns), pool / "part-1.parquet")

    for rows in (source, before, ChunkRows(chunk, source.schema)):
        with pytest.raises(BadData, match=r"part-1.parquet: changed while it was being read"):
            list(rows.batches())


def test_an_address_is_read_like_a_folder():
    fsspec = pytest.importorskip("fsspec")
    files = fsspec.filesystem("memory")
    for number in range(3):
        with files.open(f"/pool-of-partitions/part-{number}.parquet", "wb") as file:
            pq.write_table(pa.table({"n": [number, 10 * number]}), file)
    url = Path("memory://pool-of-partitions")

    assert read(url).to_pydict() == {"n": [0, 0, 1, 10, 2, 20]}
    assert read(Path("memory://pool-of-partitions/*-1.parquet")).to_pydict() == {"n": [1, 10]}
    assert read(Path("memory://pool-of-partitions/part-2.parquet")).to_pydict() == {"n": [2, 20]}
    assert stamp_of(url).size == sum(files.size(each) for each in files.ls("/pool-of-partitions", detail=False))


@pytest.mark.parametrize("url", ["memory://not-there", "memory://not-there/*.parquet", "no-such-protocol://x/y"])
def test_an_address_that_leads_nowhere_is_refused_as_it_was_written(url):
    pytest.importorskip("fsspec")

    with pytest.raises(BadData, match=f"^{url.replace('*', '[*]')}: "):
        read(Path(url))


def test_one_file_and_five_partitions_are_the_same_data_set(tmp_path):
    rng = np.random.default_rng(0)
    table = pa.table({"x": rng.normal(size=500), "word": rng.choice(["ham", "spam", "eggs"], 500)})
    pq.write_table(table, tmp_path / "one.parquet")
    five = written(tmp_path / "pool", *(table.slice(start, 100).to_pydict() for start in (200, 0, 400, 100, 300)))
    found = []
    for name, path in [("one", tmp_path / "one.parquet"), ("five", five)]:
        settings = inspect(path, Wishes()).settings
        found.append(Dataset.build(settings, tmp_path / name))

    one, many = found
    assert one.fingerprint == many.fingerprint
    assert one.settings.roles == many.settings.roles
    np.testing.assert_array_equal(one.table().numbers, many.table().numbers)
    np.testing.assert_array_equal(one.audit_order(0), many.audit_order(0))
