"""Workers that are sent the parts of a pool: what they give is what one process gives, also when some of them die."""

import subprocess
import sys
from dataclasses import replace

import pytest
from support.deaths import killing
from support.pools import table_of, write_pool

from activelabel.errors import BadData, ClusterError
from activelabel.project.inspection import Wishes, inspect
from activelabel.project.readers import partitions
from activelabel.project.working_set import draw_working_set
from activelabel.session.partitioned.cluster import open_cluster

pytestmark = pytest.mark.slow


@pytest.fixture
def pool(tmp_path):
    return write_pool(tmp_path / "pool", table_of(2000), 6)


@pytest.fixture
def settings(pool):
    found = inspect(pool, Wishes(id="name", ignored=("kind",))).settings
    return replace(found, data=str(pool), working_set=300)


def same(one, other):
    return one.pool == other.pool and one.notes.plain() == other.notes.plain() and one.rows == other.rows


def test_workers_draw_what_one_process_draws_and_leave_nothing_behind(tmp_path, settings):
    alone = draw_working_set(settings)
    told = []

    with open_cluster("local:2", tmp_path / "scratch") as run:
        drawn = draw_working_set(settings, run=run, on_rows=told.append)

    assert same(drawn, alone)
    assert told[-1] == 2000
    assert told == sorted(told)
    assert 1 <= len(run.peaks) <= 2
    assert not (tmp_path / "scratch").exists()


def test_a_worker_that_is_killed_at_work_costs_time_and_not_the_result(tmp_path, settings):
    alone = draw_working_set(settings)

    with open_cluster("local:2", tmp_path / "scratch") as run:
        drawn = draw_working_set(settings, run=killing(run, tmp_path / "killed"))

    assert (tmp_path / "killed").exists()
    assert same(drawn, alone)


def test_work_that_kills_every_worker_is_given_up_in_one_line(tmp_path, settings):
    with (
        open_cluster("local:1", tmp_path / "scratch") as run,
        pytest.raises(ClusterError, match="workers died again and again"),
    ):
        draw_working_set(settings, run=killing(run, ""))


def test_a_file_that_vanishes_under_the_work_is_named(tmp_path, pool, settings):
    gone = pool / "part-003.parquet"

    def vanishing(run):
        def start(work, common, chunks):
            gone.unlink()
            return run(work, common, chunks)

        return start

    with open_cluster("local:1", tmp_path / "scratch") as run, pytest.raises(BadData, match=f"{gone}: not found"):
        draw_working_set(settings, run=vanishing(run))


def test_a_scheduler_elsewhere_is_worked_with_by_its_address(tmp_path, settings):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(1, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50) as cluster,
        open_cluster(cluster.scheduler_address, tmp_path / "scratch") as run,
    ):
        drawn = draw_working_set(settings, run=run)

    assert same(drawn, draw_working_set(settings))


def test_a_scheduler_without_workers_is_said(tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed")
    options = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    scheduler = {"cls": distributed.Scheduler, "options": options}
    monkeypatch.setattr("activelabel.session.partitioned.cluster.WORKERS_WITHIN", 0.5)
    with (
        distributed.SpecCluster({}, scheduler, silence_logs=50) as cluster,
        pytest.raises(ClusterError, match="has no workers"),
        open_cluster(cluster.scheduler_address, tmp_path / "scratch"),
    ):
        pass


def test_a_scheduler_that_goes_in_the_middle_of_the_work_is_said(tmp_path, settings, monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(partitions, "CHUNK_ROWS", 1)
    with distributed.LocalCluster(1, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50) as cluster:

        def closing(run):
            def start(work, common, chunks):
                for result in run(work, common, chunks):
                    cluster.close()
                    yield result

            return start

        with (
            open_cluster(cluster.scheduler_address, tmp_path / "scratch") as run,
            pytest.raises(ClusterError, match="the scheduler has gone in the middle of the work"),
        ):
            draw_working_set(settings, run=closing(run))


def test_dask_is_loaded_for_a_cluster_alone(tmp_path):
    pool = write_pool(tmp_path / "pool", table_of(60), 2)
    code = (
        "import sys; from pathlib import Path; from activelabel.cli.app import app\n"
        f"options = ['--working-set', '20', '--yes', '-p', {str(tmp_path / 'p')!r}]\n"
        f"app(['init', {str(pool)!r}, *options], standalone_mode=False)\n"
        "print(sorted({'dask', 'distributed', 'fsspec'} & sys.modules.keys()))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


def test_the_memory_of_a_worker_is_its_own_and_not_of_who_started_it():
    worker = "from activelabel.session.partitioned.cluster import _peak; print(_peak())"
    starter = (
        f"import subprocess, sys; held = b'x' * 10**9; subprocess.run([sys.executable, '-c', {worker!r}], check=True)"
    )

    peak = int(subprocess.run([sys.executable, "-c", starter], capture_output=True, text=True, check=True).stdout)

    assert 10e6 < peak < 600e6
