"""A sweep says of every row of a pool what the project says of it, whoever reads which part and whoever dies at it."""

import shutil
from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest
from conftest import NOW
from support.deaths import killing
from support.pools import CLASSES, answered, dataset_of, make_project, table_of, write_pool

from activelabel.learning.strategies.uncertainty import margin_score
from activelabel.project.another_file import AnotherFile
from activelabel.project.inspection import Wishes, inspect
from activelabel.project.layout import Layout
from activelabel.project.readers import partitions
from activelabel.project.recorded import ledger_of
from activelabel.project.store import Draft, Store
from activelabel.project.working_set import ALONE
from activelabel.records.kinds import EventKind
from activelabel.records.settings import Algorithms
from activelabel.reporting.exports.labels import Labeller, Machine, What
from activelabel.reporting.exports.predicted import known_labels
from activelabel.session.answers import audited, drawn_from, gathered
from activelabel.session.partitioned.candidates import FROM_A_CLUSTER
from activelabel.session.partitioned.cluster import open_cluster
from activelabel.session.partitioned.sweep import join_candidates, sweep
from activelabel.session.predictor import fitted
from activelabel.session.setup import create_project
from activelabel.session.workshop import open_workshop

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A pool of 2,000 rows, the same in other files, and a project of 300 of them with 20 answers."""
    folder = tmp_path_factory.mktemp("swept")
    write_pool(folder / "pool", table_of(2000), 4)
    write_pool(folder / "mixed", table_of(2000).take(np.random.default_rng(0).permutation(2000)), 7, 30)
    make_project(folder / "project", folder / "pool", 300)
    answered(folder / "project", 20)
    return folder


def predictor_of(layout):
    ledger = ledger_of(layout)
    predictor = fitted(open_workshop(layout, ledger.settings), ledger, human_only=False)
    lesson, dataset = predictor.lesson, predictor.workshop.dataset
    machine = Machine(lesson.propagation, lesson.proba, 0, dataset.unit, lesson.decision)
    names = [known.name for known in ledger.classes.values()]
    return predictor, known_labels(Labeller(ledger, machine, What.ALL), dataset, names)


def swept(layout, out, run=ALONE):
    out.mkdir()
    predictor, known = predictor_of(layout)
    return predictor, sweep(predictor, ledger_of(layout), known, out, run, lambda _: None)


def move(predictor, pool):
    """Let the pool of a project lie elsewhere."""
    dataset = predictor.workshop.dataset
    dataset.settings = replace(dataset.settings, data=str(pool))


@pytest.fixture
def project(folder, tmp_path):
    shutil.copytree(folder / "project", tmp_path / "project")
    return Layout(tmp_path / "project")


def content(out):
    return {path.name: path.read_bytes() for path in out.iterdir()}


def check_same(one, other):
    (found, drift), (again, drift_again) = one, other
    np.testing.assert_array_equal(found.labels, again.labels)
    np.testing.assert_array_equal(found.clusters.members, again.clusters.members)
    np.testing.assert_array_equal(found.candidates.units, again.candidates.units)
    assert found.candidates.rows == again.candidates.rows
    assert drift == pytest.approx(drift_again)


def test_every_row_is_labelled_as_predict_labels_it(project, folder, tmp_path):
    predictor, (found, _) = swept(project, tmp_path / "out")

    rows = pq.read_table(tmp_path / "out").to_pylist()
    assert [row["name"] for row in rows] == [f"p{row}" for row in range(2000)]
    assert found.items == 2000
    assert found.labels.tolist() == [sum(row["label"] == name for row in rows) for name in CLASSES]
    batches = AnotherFile(predictor.workshop.dataset, folder / "pool").batches()
    proba = np.concatenate([predictor.proba(batch) for batch in batches])
    unknown = [place for place, row in enumerate(rows) if row["known"] is None]
    assert len(unknown) > 1000
    assert [rows[place]["label"] for place in unknown] == [CLASSES[label] for label in proba[unknown].argmax(axis=1)]
    assert [rows[place]["confidence"] for place in unknown] == proba[unknown].max(axis=1).round(4).tolist()


def test_labels_of_people_are_kept_and_are_no_prediction(project, tmp_path):
    swept(project, tmp_path / "out")

    human = [row for row in pq.read_table(tmp_path / "out").to_pylist() if row["known"] == "human"]
    given = ledger_of(project).labels()
    assert {row["unit"] for row in human} == given.keys()
    assert all(row["confidence"] is None and row["second"] is None for row in human)


def test_labels_that_came_with_rows_outside_the_working_set_are_kept_and_not_asked_about(tmp_path):
    table, said = table_of(400), [None if row % 4 else CLASSES[row % 3] for row in range(400)]
    pool = write_pool(tmp_path / "pool", table.append_column("said", [said]), 2)
    settings = inspect(pool, Wishes(id="name", ignored=("kind",), label="said")).settings
    settings = replace(settings, data=str(pool), working_set=100, algorithms=Algorithms(learner="logistic-regression"))
    create_project(tmp_path / "p", settings, CLASSES, "ann")
    layout, inside = Layout(tmp_path / "p"), dataset_of(tmp_path / "p")
    ids = {known.name: known.id for known in ledger_of(layout).classes.values()}
    with Store(layout.labels) as store:
        store.append("ann", NOW, [Draft(EventKind.CLASS_RENAMED, {"class": ids["green"], "name": "lime"})])
    said[200:] = [{"red": " RED ", "blue": "unheard of"}.get(name, name) for name in said[200:]]
    shutil.rmtree(pool)
    write_pool(pool, table.append_column("said", [said]), 2)

    _, (found, _) = swept(layout, tmp_path / "out")

    rows = pq.read_table(tmp_path / "out").to_pylist()
    outside = [place for place, row in enumerate(rows) if inside.row_of(row["unit"]) is None]
    meant = {"red": "red", " RED ": "red", "green": "lime", "blue": "blue"}
    kept = [place for place in outside if said[place] in meant]
    assert {said[place] for place in outside} == {*meant, "unheard of", None}
    assert [rows[place]["label"] for place in kept] == [meant[said[place]] for place in kept]
    assert {(rows[place]["known"], rows[place]["confidence"]) for place in kept} == {("imported", None)}
    assert {rows[place]["known"] for place in outside if place not in kept} == {None}
    assert len(found.candidates.units) > 100
    assert set(found.candidates.rows["said"].to_pylist()) == {None}


def test_candidates_are_the_closest_of_each_cluster_and_none_is_in_the_working_set_already(project, folder, tmp_path):
    predictor, (found, _) = swept(project, tmp_path / "out")

    candidates = found.candidates
    assert np.bincount(candidates.clusters).max() <= FROM_A_CLUSTER
    assert not np.isin(candidates.units, predictor.workshop.dataset.unit_ids).any()
    every = list(AnotherFile(predictor.workshop.dataset, folder / "pool").batches())
    margins = margin_score(np.concatenate([predictor.proba(batch) for batch in every]))
    outside = ~np.isin(np.concatenate([batch.units for batch in every]), predictor.workshop.dataset.unit_ids)
    assert candidates.margins.max() == pytest.approx(margins[outside].max())


def test_the_division_of_the_pool_does_not_matter(project, folder, tmp_path, monkeypatch):
    predictor, known = predictor_of(project)
    found = []
    for pool in ("pool", "mixed"):
        (tmp_path / pool).mkdir()
        move(predictor, folder / pool)
        monkeypatch.setattr(partitions, "CHUNK_ROWS", 100 if pool == "mixed" else 10**6)
        found.append(sweep(predictor, ledger_of(project), known, tmp_path / pool, ALONE, lambda _: None))

    check_same(*found)
    tables = [pq.read_table(tmp_path / pool).sort_by("name") for pool in ("pool", "mixed")]
    assert tables[0] == tables[1]


def test_a_worker_that_is_killed_costs_time_and_neither_rows_nor_labels(project, tmp_path):
    _, alone = swept(project, tmp_path / "alone")

    with open_cluster("local:2", tmp_path / "scratch") as run:
        _, found = swept(project, tmp_path / "killed", killing(run, tmp_path / "marker"))

    assert (tmp_path / "marker").exists()
    check_same(alone, found)
    assert content(tmp_path / "alone") == content(tmp_path / "killed")


def test_visitors_are_asked_about_and_say_nothing_of_the_whole_pool(project, tmp_path):
    predictor, (found, _) = swept(project, tmp_path / "out")
    before = open_workshop(project, ledger_of(project).settings)

    joined = join_candidates(predictor, found, project)

    now, ledger = open_workshop(project, ledger_of(project).settings), ledger_of(project)
    assert joined == len(now.dataset.pool.visitors) == now.dataset.n_units - before.dataset.n_units
    assert drawn_from(now, ledger).sum() == 300
    assert not drawn_from(now, ledger)[[now.dataset.row_of(unit) for unit in now.dataset.pool.visitors]].any()
    audit = audited(now, ledger, gathered(now, ledger))
    assert audit.population == now.dataset.pool.units > 1000
    assert audit.population == audited(before, ledger, gathered(before, ledger)).population


def test_a_pool_like_its_working_set_has_not_drifted_and_another_one_has(project, folder, tmp_path):
    _, (_, drift) = swept(project, tmp_path / "same")
    shifted = table_of(2000)
    shifted = shifted.set_column(2, "x0", [np.asarray(shifted["x0"]) + np.float32(3.0)])
    predictor, known = predictor_of(project)
    move(predictor, write_pool(tmp_path / "moved", shifted, 2))
    (tmp_path / "out").mkdir()

    _, moved = sweep(predictor, ledger_of(project), known, tmp_path / "out", ALONE, lambda _: None)

    assert drift < 0.1 < moved


def test_answers_to_visitors_come_back_with_a_deleted_cache(project, tmp_path):
    predictor, (found, _) = swept(project, tmp_path / "out")
    join_candidates(predictor, found, project)
    answered(project.root, 30)
    labelled = ledger_of(project).labels().keys()
    visitors = labelled & set(dataset_of(project.root).pool.visitors)
    shutil.rmtree(project.cache)
    project.cache.mkdir()

    workshop = open_workshop(project, ledger_of(project).settings)

    assert len(visitors) > 5
    assert set(workshop.dataset.pool.visitors) == visitors
    assert len(gathered(workshop, ledger_of(project)).rows) == len(labelled)
