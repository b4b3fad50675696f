"""Commands on a pool of several Parquet files: what one file would give, and nothing written into it."""

import csv

import pyarrow.parquet as pq
import pytest
from support.pools import CLASSES, answered, plan_of, table_of, write_pool

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
