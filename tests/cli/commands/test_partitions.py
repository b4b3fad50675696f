"""Commands on a pool of several Parquet files: what one file would give, and nothing written into it."""

import csv
import shutil

import pyarrow.parquet as pq
import pytest
from support.pools import CLASSES, answered, dataset_of, plan_of, table_of, write_pool

INIT = ["--id", "name", "--ignore", "kind", "--classes", ",".join(CLASSES), "--yes", "--project"]


def labels_in(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [{**row, "time": ""} for row in csv.DictReader(file)]


@pytest.mark.slow
def test_five_partitions_are_asked_about_predicted_and_exported_like_one_file(tmp_path, command):
    table = table_of(300)
    pq.write_table(table, tmp_path / "one.parquet")
    pool = write_pool(tmp_path / "pool", table, 5)
    found = []
    for name, data in [("one", tmp_path / "one.parquet"), ("five", pool), ("pattern", pool / "part-*.parquet")]:
        root, out = tmp_path / name, tmp_path / f"{name}.csv"
        assert command("init", data, *INIT, root)[0] == 0
        first = plan_of(root)
        answered(root, 12)
        assert command("export", out, "-p", root)[0] == 0
        assert command("predict", data, tmp_path / f"predicted-{name}.csv", "-p", root)[0] == 0
        found.append([first, plan_of(root), labels_in(out), labels_in(tmp_path / f"predicted-{name}.csv")])

    assert found[0] == found[1] == found[2]
    assert len(found[0][2]) == len(found[0][3]) == 300


def test_nothing_is_written_into_the_pool(tmp_path, refused, command):
    pool = write_pool(tmp_path / "pool", table_of(60), 2)
    assert command("init", pool, *INIT, tmp_path / "p")[0] == 0

    code, what, _ = refused("export", pool / "labels.parquet", "-p", tmp_path / "p")

    assert (code, what) == (1, f"this is, or would be, the project's own data: {pool / 'labels.parquet'}")
    assert sorted(path.name for path in pool.iterdir()) == ["part-000.parquet", "part-001.parquet"]


@pytest.mark.slow
def test_a_pool_that_fits_gives_the_same_plans_and_labels_whoever_reads_it(tmp_path, command):
    pool = write_pool(tmp_path / "pool", table_of(300), 5)
    found = []
    for name, options in [("alone", []), ("drawn", ["--working-set", 400]), ("cluster", ["--cluster", "local:2"])]:
        root, out = tmp_path / name, tmp_path / f"{name}.csv"
        assert command("init", pool, *options, *INIT, root)[0] == 0
        first = plan_of(root)
        answered(root, 40)
        assert command("export", out, "-p", root)[0] == 0
        found.append([first, plan_of(root), labels_in(out)])

    assert found[0] == found[1] == found[2]


def test_a_cluster_for_data_of_another_format_is_refused(tmp_path, refused):
    (tmp_path / "rows.csv").write_text("x,y\n1,2\n3,4\n", encoding="utf-8")

    code, what, _ = refused("init", tmp_path / "rows.csv", "--cluster", "local", "-p", tmp_path / "p")

    assert (code, what) == (2, "--cluster with data that is csv")


@pytest.mark.parametrize("address", ["remote", "local:", "local:none", "8786"])
def test_an_address_that_can_be_none_is_refused(tmp_path, refused, address):
    code, what, _ = refused("init", tmp_path, "--cluster", address, "-p", tmp_path / "p")

    assert (code, what) == (2, f"--cluster is {address!r}")


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_one_line_and_leaves_nothing(tmp_path, refused):
    pool = write_pool(tmp_path / "pool", table_of(60), 2)

    code, what, _ = refused("init", pool, "--cluster", "tcp://127.0.0.1:9", *INIT, tmp_path / "p")

    assert (code, what) == (1, "no scheduler answers at tcp://127.0.0.1:9")
    assert [path.name for path in tmp_path.iterdir()] == ["pool"]


def test_a_deleted_cache_comes_back_with_all_that_was_answered(tmp_path, command):
    pool = write_pool(tmp_path / "pool", table_of(200), 3)
    root = tmp_path / "p"
    assert command("init", pool, "--working-set", 50, *INIT, root)[0] == 0
    before = dataset_of(root).fingerprint
    shutil.rmtree(root / "cache")

    assert command("export", tmp_path / "labels.csv", "-p", root)[0] == 0

    assert dataset_of(root).fingerprint == before
    assert dataset_of(root).n_units == 50
