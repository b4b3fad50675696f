"""Commands on a pool of several Parquet files: what one file would give, and nothing written into it."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from operator import itemgetter

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from support.pools import CLASSES, answered, asked_of, dataset_of, make_project, table_of, write_pool

from activelabel.project.layout import Layout
from activelabel.project.locks import hold
from activelabel.session.learner import data_notice

INIT = ["--id", "name", "--ignore", "kind", "--classes", ",".join(CLASSES), "--yes", "--project"]
FAST = ["--learner", "logistic-regression"]


def labels_in(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [{**row, "time": ""} for row in csv.DictReader(file)]


@pytest.mark.slow
def test_five_partitions_are_asked_about_predicted_and_exported_like_one_file(tmp_path, command):
    pytest.importorskip("fsspec")
    table = table_of(300)
    pq.write_table(table, tmp_path / "one.parquet")
    pool = write_pool(tmp_path / "pool", table, 5)
    found = []
    places = {
        "one": tmp_path / "one.parquet",
        "five": pool,
        "pattern": pool / "part-*.parquet",
        "url": f"file://{pool}",
    }
    for name, data in places.items():
        root, out = tmp_path / name, tmp_path / f"{name}.csv"
        assert command("init", data, *FAST, *INIT, root)[0] == 0
        first = asked_of(root)
        answered(root, 12)
        assert command("export", out, "-p", root)[0] == 0
        assert command("predict", data, tmp_path / f"predicted-{name}.csv", "-p", root)[0] == 0
        found.append([first, asked_of(root), labels_in(out), labels_in(tmp_path / f"predicted-{name}.csv")])

    assert found[0] == found[1] == found[2] == found[3]
    assert len(found[0][2]) == len(found[0][3]) == 300


def test_nothing_is_written_into_the_pool(tmp_path, refused, command):
    pool = write_pool(tmp_path / "pool", table_of(60), 2)
    assert command("init", pool, *INIT, tmp_path / "p")[0] == 0

    code, what, _ = refused("export", pool / "labels.parquet", "-p", tmp_path / "p")

    assert (code, what) == (1, f"this is, or would be, the project's own data: {pool / 'labels.parquet'}")
    assert sorted(path.name for path in pool.iterdir()) == ["part-000.parquet", "part-001.parquet"]


@pytest.mark.parametrize("form", ["", "part-*.parquet", "**/*.parquet", "part-000.parquet"])
def test_force_never_replaces_the_pool_whatever_it_is_called(tmp_path, refused, form):
    pool = write_pool(tmp_path / "pool", table_of(60), 2)
    (tmp_path / "link").symlink_to(pool)
    layout = make_project(tmp_path / "p", pool / form, 20)
    before = {path.name: path.read_bytes() for path in pool.iterdir()}

    for folder in (pool, tmp_path / "p" / ".." / "pool", tmp_path / "link"):
        for arguments in (["export"], ["predict", pool / form]):
            code, what, _ = refused(*arguments, folder / "part-000.parquet", "--force", "-p", layout.root)
            assert (code, what.partition(":")[0]) == (1, "this is, or would be, the project's own data")
        code, what, _ = refused("sweep", folder, "--force", "-p", layout.root)
        assert (code, what.partition(":")[0]) == (1, "this is the project's own data")
    other = write_pool(tmp_path / "other", table_of(60), 2)
    code, what, _ = refused("predict", other / form, other / "part-000.parquet", "--force", "-p", layout.root)
    assert (code, what.partition(":")[0]) == (1, "this is the file that is to be labelled")
    assert {path.name: path.read_bytes() for path in pool.iterdir()} == before


@pytest.mark.slow
def test_a_pool_that_fits_gives_the_same_plans_and_labels_whoever_reads_it(tmp_path, command):
    pool = write_pool(tmp_path / "pool", table_of(200), 5)
    found = []
    for name, options in [("alone", []), ("cluster", ["--cluster", "local:2"])]:
        root, out = tmp_path / name, tmp_path / f"{name}.csv"
        assert command("init", pool, *options, *INIT, root)[0] == 0
        first = asked_of(root)
        answered(root, 40)
        assert command("export", out, "-p", root)[0] == 0
        found.append([first, asked_of(root), labels_in(out)])

    assert found[0] == found[1]


def test_a_cluster_for_data_of_another_format_is_refused(tmp_path, refused):
    (tmp_path / "rows.csv").write_text("x,y\n1,2\n3,4\n", encoding="utf-8")

    code, what, _ = refused("init", tmp_path / "rows.csv", "--cluster", "local", "-p", tmp_path / "p")

    assert (code, what) == (2, "--cluster with data that is csv")


@pytest.mark.parametrize(
    "address", ["remote", "local:", "local:none", "local:0", "local:²", "local:٢", "local://x", "8786"]
)
def test_an_address_that_can_be_none_is_refused(tmp_path, refused, address):
    code, what, _ = refused("init", tmp_path, "--cluster", address, "-p", tmp_path / "p")

    assert (code, what) == (2, f"--cluster is {address!r}")


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_one_line_and_leaves_nothing(tmp_path, refused, monkeypatch):
    monkeypatch.setattr("activelabel.session.partitioned.cluster.ANSWER_WITHIN", 1)
    pool = write_pool(tmp_path / "pool", table_of(60), 2)

    code, what, _ = refused("init", pool, "--cluster", "tcp://127.0.0.1:9", *INIT, tmp_path / "p")

    assert (code, what) == (1, "no scheduler answers at tcp://127.0.0.1:9")
    assert [path.name for path in tmp_path.iterdir()] == ["pool"]


def test_a_deleted_cache_comes_back_the_same(tmp_path, command):
    root = make_project(tmp_path / "p", write_pool(tmp_path / "pool", table_of(200), 3), 50).root
    before = dataset_of(root).fingerprint
    shutil.rmtree(root / "cache")

    assert command("export", tmp_path / "labels.csv", "-p", root)[0] == 0

    assert dataset_of(root).fingerprint == before
    assert dataset_of(root).n_units == 50


def test_a_deleted_cache_comes_back_with_all_that_was_answered(tmp_path, command):
    root = make_project(tmp_path / "p", write_pool(tmp_path / "pool", table_of(200), 3), 50).root
    before = dataset_of(root)
    answered(root, 10)
    assert command("sweep", "-p", root)[0] == 0
    visitors = set(dataset_of(root).pool.visitors)
    answered(root, 6)
    assert command("export", tmp_path / "all.csv", "--what", "human", "-p", root)[0] == 0
    units = {row["item"].rpartition("-")[0] for row in labels_in(tmp_path / "all.csv")}
    shutil.rmtree(root / "cache")

    assert command("export", tmp_path / "again.csv", "--what", "human", "-p", root)[0] == 0

    back = dataset_of(root)
    assert len(units & visitors) > 2
    assert set(back.pool.visitors) == units & visitors
    assert {back.unit(row) for row in range(back.n_units)} == units | set(map(before.unit, range(50)))
    first, again = (sorted(labels_in(tmp_path / name), key=itemgetter("item")) for name in ("all.csv", "again.csv"))
    assert again == first


@pytest.mark.slow
def test_a_sweep_labels_the_whole_pool_and_what_it_doubts_is_asked_about(tmp_path, command):
    pool = write_pool(tmp_path / "pool", table_of(2000), 4)
    root = tmp_path / "p"
    assert command("init", pool, "--working-set", 300, *INIT, root)[0] == 0
    answered(root, 20)
    before = dataset_of(root)

    code, out, said = command("sweep", "-p", root, "--json")

    assert code == 0, said
    rows = pq.read_table(root / "exports" / "pool").to_pylist()
    assert [row["name"] for row in rows] == [f"p{row}" for row in range(2000)]
    figures = json.loads("\n".join(out))
    assert figures["rows"] == sum(figures["classes"].values()) == 2000
    assert Counter(row["label"] for row in rows) == figures["classes"]
    assert sum(row["known"] == "human" for row in rows) == 20
    now = dataset_of(root)
    assert now.n_units == before.n_units + figures["visitors"] == 800
    assert len(now.pool.visitors) == 500
    assert figures["drift"] < 0.1
    fingerprint, labels, cards = asked_of(root)
    assert (fingerprint, labels) == (now.fingerprint, 20)
    assert {unit for unit, *_ in cards[:100]} & set(now.pool.visitors)


@pytest.mark.slow
def test_ctrl_c_ends_workers_and_all_in_one_line_and_leaves_nothing(tmp_path):
    pool = write_pool(tmp_path / "pool", table_of(400_000, numbers=16), 8, 50_000)
    options = ["--cluster", "local:2", "--working-set", "5000", *INIT, str(tmp_path / "p")]
    making = subprocess.Popen(
        [sys.executable, "-m", "activelabel", "init", str(pool), *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a terminal sends Ctrl-C to the workers too
    )
    while not list(tmp_path.glob(".activelabel-*/cache/workers/*/worker-*/")):
        assert making.poll() is None
        time.sleep(0.01)

    os.killpg(making.pid, signal.SIGINT)

    _, said = making.communicate(timeout=60)
    assert (making.returncode, said.splitlines()[-1]) == (130, "stopped by Ctrl-C")
    assert "Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["pool"]


@pytest.mark.slow
def test_two_hundred_thousand_rows_take_workers_little_memory(tmp_path, command):
    pool = write_pool(tmp_path / "pool", table_of(200_000, numbers=32), 10, 20_000)
    root = tmp_path / "p"
    options = ["--cluster", "local:2", "--working-set", 3000, *FAST]
    assert command("init", pool, *options, *INIT, root)[0] == 0
    answered(root, 10)

    code, out, said = command("sweep", tmp_path / "out", "-p", root, "--json")

    figures = json.loads("\n".join(out))
    assert code == 0, said
    assert figures["rows"] == pq.ParquetDataset(tmp_path / "out").read(["unit"]).num_rows == 200_000
    # the libraries alone take 300 MB; the rows as numbers would take 50 more, and as read twice that
    assert len(figures["worker_peak_bytes"]) == 2
    assert max(figures["worker_peak_bytes"]) < 700e6
    assert dataset_of(root).n_units == 3500
    assert not (root / "cache" / "workers").exists()


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A pool of 400 rows, and a project of 100 of them with twelve answers."""
    folder = tmp_path_factory.mktemp("partitions")
    make_project(folder / "p", write_pool(folder / "pool", table_of(400), 2), 100)
    answered(folder / "p", 12)
    return folder


@pytest.fixture
def started(finished, tmp_path):
    """A project of its own for one test; its pool is the others' too."""
    shutil.copytree(finished / "p", tmp_path / "p")
    return tmp_path / "p"


def test_status_says_what_of_the_pool_its_figures_are_about(started, command):
    assert command("status", "-p", started)[1][1].startswith("of a pool of 400 rows: counts are of the working set")
    assert command("sweep", "-p", started)[0] == 0

    _, lines, _ = command("status", "-p", started)
    _, found, _ = command("status", "-p", started, "--json")

    assert "and 300 found in sweeps" in lines[1]
    assert lines[2].startswith("the whole pool, by 12 labels: red: ")
    assert not any("a new look is due" in line for line in lines)
    pool = json.loads("\n".join(found))["pool"]
    assert (pool["items"], pool["visitors"], pool["sweep"]["rows"]) == (400, 300, 400)


def test_of_a_pool_that_was_kept_whole_nothing_is_said(tmp_path, command):
    root = make_project(tmp_path / "p", write_pool(tmp_path / "pool", table_of(60), 2), 100).root

    _, lines, _ = command("status", "-p", root)
    _, found, _ = command("status", "-p", root, "--json")
    _, report, _ = command("report", "-p", root, "--json")

    assert not any("of a pool of" in line for line in lines)
    assert json.loads("\n".join(found))["pool"] is None
    assert json.loads("\n".join(report))["data"]["drawn_from"] is None


@pytest.mark.slow
def test_status_says_when_the_next_sweep_is_due(started, command):
    assert command("sweep", "-p", started)[0] == 0
    answered(started, 3)

    assert command("status", "-p", started)[1][3] == "3 labels since then: a new look is due, activelabel sweep"


@pytest.mark.slow
def test_labels_that_came_with_the_data_count_towards_the_next_sweep(tmp_path, command):
    table = table_of(200)
    given = [kind if row % 5 == 0 else None for row, kind in enumerate(table["kind"].to_pylist())]
    pool = write_pool(tmp_path / "pool", table.append_column("given", pa.array(given)), 2)
    root = make_project(tmp_path / "p", pool, 100, label="given").root
    assert command("sweep", "-p", root)[0] == 0
    assert not any("a new look is due" in line for line in command("status", "-p", root)[1])
    answered(root, 5)

    due = "5 labels since then: a new look is due, activelabel sweep"
    assert due in command("status", "-p", root)[1]


def test_an_export_says_that_it_is_of_the_working_set(started, tmp_path, command):
    _, _, said = command("export", tmp_path / "labels.csv", "-p", started)

    assert said[-1] == "these are rows of the working set; of all 400 in the pool: activelabel sweep"


def test_a_file_that_was_written_anew_is_noticed_and_the_working_set_stays(tmp_path):
    layout = make_project(tmp_path / "p", write_pool(tmp_path / "pool", table_of(400), 2), 100)
    dataset = dataset_of(layout.root)
    assert data_notice(dataset) == ""

    pq.write_table(table_of(300, seed=2), tmp_path / "pool" / "part-001.parquet")

    assert data_notice(dataset).startswith("the files of the pool have changed")
    answered(layout.root, 1)
    assert asked_of(layout.root)[0] == dataset_of(layout.root).fingerprint == dataset.fingerprint


def test_the_report_says_that_its_items_are_part_of_a_pool(started, command):
    _, found, _ = command("report", "-p", started, "--json")

    assert json.loads("\n".join(found))["data"]["drawn_from"] == 400


@pytest.mark.slow
def test_a_sweep_replaces_its_own_labels_and_nothing_else(started, finished, tmp_path, command, refused):
    out = tmp_path / "out"
    for arguments in ([], [], [out]):
        assert command("sweep", *arguments, "-p", started)[0] == 0

    assert refused("sweep", out, "-p", started)[1] == f"there are files already: {out}"
    assert command("sweep", out, "--force", "-p", started)[0] == 0
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    assert refused("sweep", out, "--force", "-p", started)[1] == f"something else is there: {out}"
    assert refused("sweep", finished / "pool", "-p", started)[1].startswith("this is the project's own data")


@pytest.mark.slow
def test_labels_of_a_sweep_are_kept_when_the_next_plan_cannot_be_written(started, command):
    layout = Layout(started)
    layout.plan.unlink()
    layout.plan.mkdir()

    code, _, said = command("sweep", "-p", started)

    assert code != 0
    assert not any("cannot be written" in line for line in said)
    assert pq.read_table(layout.exports / "pool").num_rows == 400
    assert json.loads(layout.sweep.read_text(encoding="utf-8"))["visitors"] == 300
    assert "a step failed" in layout.learner_log.read_text(encoding="utf-8")


def test_a_sweep_beside_a_session_is_refused(started, refused):
    with hold(Layout(started).learner_lock, "the learner", "now"):
        _, what, hint = refused("sweep", "-p", started)

    assert what.startswith("a session or its learner is open already")
    assert hint == "close that one first"


def test_a_sweep_without_labels_or_of_a_table_is_refused(blobs, tmp_path, refused):
    root = make_project(tmp_path / "p", write_pool(tmp_path / "pool", table_of(60), 2)).root

    assert refused("sweep", "-p", root)[1] == "no item has a label yet, so there is no model"
    assert (
        refused("sweep", "s3://bucket/out", "-p", root)[1] == "labels are written to a folder, not to s3://bucket/out"
    )
    assert refused("sweep", "-p", blobs.layout.root)[1] == "a sweep reads Parquet files, the data is csv"
    assert not (root / "exports" / "pool").exists()


@pytest.mark.slow
def test_a_file_of_the_pool_that_is_spoilt_is_named_with_the_row(tmp_path, refused):
    path = tmp_path / "pool" / "part-001.parquet"
    started = make_project(tmp_path / "p", write_pool(tmp_path / "pool", table_of(400), 2), 100).root
    answered(started, 12)
    table = pq.read_table(path)
    words = [str(number) for number in table["x1"].to_pylist()]
    for part in ("part-000", "part-001"):
        spoilt = [*words[:150], "lots" if part == "part-001" else "1", *words[151:]]
        pq.write_table(table.set_column(3, "x1", [spoilt]), tmp_path / "pool" / f"{part}.parquet", row_group_size=40)

    assert refused("sweep", "-p", started)[1] == f"{path}: row 151: 'lots' in column 'x1' is no number"
    assert not (started / "exports" / "pool").exists()
