"""What comes back with a deleted cache, what is found again in one that is there, and what the audit is drawn from."""

import shutil
from dataclasses import replace

import numpy as np
import pytest
from conftest import NOW, Blobs
from support.pools import dataset_of, make_project, table_of, write_pool

from activelabel.learning import neighbours
from activelabel.learning.kept import lasting
from activelabel.learning.near_duplicates import near_duplicates
from activelabel.learning.neighbours import neighbour_graph
from activelabel.project.dataset import Dataset
from activelabel.project.store import Draft, Store
from activelabel.project.visitors import join_visitors
from activelabel.records.kinds import EventKind
from activelabel.session.answers import audited, gathered
from activelabel.session.workshop import open_workshop


@pytest.fixture
def project(tmp_path):
    """A project of 20 rows of a pool of 60, in whose copy four more are visitors."""
    table = table_of(60)
    layout = make_project(tmp_path / "p", write_pool(tmp_path / "pool", table, 2), 20)
    drawn = dataset_of(layout.root)
    whole = Dataset.build(replace(drawn.settings, working_set=None), tmp_path / "whole")
    late = whole.audit_order(drawn.settings.seed)[30:34]
    places = {whole.unit(row): place for place, (_, row, *_) in enumerate(whole.iter_items())}
    units = [whole.unit(row) for row in late]
    join_visitors(drawn, layout.cache, (table.slice(places[unit], 1).to_batches()[0] for unit in units), units)
    return Blobs(layout)


def said_of(project, units):
    """Let a visitor be answered and another be in doubt, and a third be labelled with its cluster."""
    answered, doubted, spread = units
    rows = [project.dataset.row_of(unit) for unit in (answered, doubted)]
    project.answer(rows[:1], colour="red")
    project.answer(rows[1:], colour="green")
    ids = {known.name: known.id for known in project.ledger.classes.values()}
    cluster = {"classes": [ids["red"]], "members": [spread], "probe": [], "bound": 0.9, "scope": "all"}
    drafts = [
        Draft(EventKind.CLUSTER, cluster),
        Draft(EventKind.CLASS_SPLIT, {"class": ids["green"], "into": [ids["red"], ids["blue"]]}),
    ]
    with Store(project.layout.labels) as store:
        store.append("ann", NOW, drafts)


def test_a_deleted_cache_comes_back_with_every_visitor_that_something_was_said_of(project):
    *units, _ = project.dataset.pool.visitors
    said_of(project, units)
    shutil.rmtree(project.layout.cache)
    project.layout.cache.mkdir()

    workshop = open_workshop(project.layout, project.ledger.settings)

    ledger = project.ledger
    assert [ledger.answers.keys(), ledger.doubted.keys(), ledger.spread().keys()] == [{unit} for unit in units]
    assert set(workshop.dataset.pool.visitors) == set(units)


def test_visitors_are_not_in_the_audit_sample_when_all_others_are(project):
    project.answer(project.order)
    workshop = open_workshop(project.layout, project.ledger.settings)
    ledger = project.ledger

    audit = audited(workshop, ledger, gathered(workshop, ledger))

    assert len(project.order) == 24
    assert audit.rows.tolist() == project.order[:20]


def found_in(project):
    features = open_workshop(project.layout, project.ledger.settings).ground.features
    return lasting(features, near_duplicates).tolist(), neighbour_graph(features).toarray()


def test_what_takes_long_to_find_in_a_big_pool_is_found_once_for_all_processes(project, monkeypatch):
    alone = found_in(project)
    monkeypatch.setattr("activelabel.session.workshop.EXACT_ROWS", 10)
    monkeypatch.setattr(neighbours, "EXACT_ROWS", 10)
    searched = []
    original = neighbours.index_of
    monkeypatch.setattr(neighbours, "index_of", lambda features: searched.append(1) or original(features))

    once, again = found_in(project), found_in(project)
    searches = len(searched)
    (kept,) = project.layout.cache.glob("neighbour_lists-*.npy")
    kept.write_bytes(kept.read_bytes()[:100])
    broken = found_in(project)

    for rows, graph in (once, again, broken):
        assert rows == alone[0]
        assert np.allclose(graph, alone[1], atol=1e-5)
    assert len(searched) == 2 * searches > 0
