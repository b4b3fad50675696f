"""Pools of several Parquet files, and scripted sessions about them."""

import time
from contextlib import ExitStack
from dataclasses import replace
from itertools import count

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from activelabel.project.claims import Claims
from activelabel.project.dataset import Dataset
from activelabel.project.inspection import Wishes, inspect
from activelabel.project.layout import Layout
from activelabel.project.plan import PlanReader
from activelabel.project.recorded import ledger_of, plan_of
from activelabel.project.store import Store
from activelabel.records.settings import Algorithms
from activelabel.session.asker import Asker
from activelabel.session.instep import GoldAnnotator, InStep
from activelabel.session.learner import Learner
from activelabel.session.loop import run
from activelabel.session.setup import create_project

CLASSES = ("red", "green", "blue")


def table_of(rows, numbers=3, seed=1):
    """Return rows of a name, their colour and numbers by which the colours differ."""
    rng = np.random.default_rng(seed)
    kinds = rng.integers(0, 3, rows)
    points = rng.normal(size=(rows, numbers)).astype(np.float32)
    points[np.arange(rows), kinds] += 3.0
    columns = {f"x{place}": points[:, place] for place in range(numbers)}
    return pa.table({"name": [f"p{row}" for row in range(rows)], "kind": np.array(CLASSES)[kinds], **columns})


def write_pool(folder, table, parts, row_group_size=100):
    """Write a table as so many files, and return their folder."""
    folder.mkdir()
    bounds = np.linspace(0, table.num_rows, parts + 1).astype(int).tolist()
    for part in range(parts):
        rows = table.slice(bounds[part], bounds[part + 1] - bounds[part])
        pq.write_table(rows, folder / f"part-{part:03d}.parquet", row_group_size=row_group_size)
    return folder


def dataset_of(root):
    return Dataset.open(Layout(root).cache, ledger_of(Layout(root)).settings)


def answered(root, most):
    """Answer cards rightly, the learner taking a step before each."""
    layout = Layout(root)
    dataset = dataset_of(root)
    known = dict(zip((dataset.unit(row) for row in range(dataset.n_units)), dataset.column("kind"), strict=True))
    seconds = count()
    with ExitStack() as stack:
        store = stack.enter_context(Store(layout.labels))
        claims = Claims(layout.claims)
        stack.callback(claims.close)
        learner = Learner(layout)
        stack.callback(learner.close)
        asker = Asker(
            store, PlanReader(layout), claims, "ann", lambda: f"2026-01-01T10:00:{next(seconds) % 60:02d}+00:00"
        )
        run(InStep(asker, learner), GoldAnnotator(known, lambda *_: None), time.monotonic, most)
        learner.step()


def asked_of(root):
    """Return what the plan in force asks, with what it suggests by name, and of which data it is."""
    plan = plan_of(Layout(root))
    names = {known.id: known.name for known in ledger_of(Layout(root)).classes.values()}
    cards = [
        (card.unit, card.kind, card.suggestion and (names[card.suggestion.class_id], card.suggestion.probability))
        for card in (*plan.cards, *plan.reserve)
    ]
    return plan.fingerprint, plan.model_labels, cards


def make_project(root, pool, working_set=None, label=None):
    """Make a project of a pool that learns by logistic regression, which takes no time, and return its layout."""
    found = inspect(pool, Wishes(id="name", ignored=("kind",), label=label)).settings
    algorithms = Algorithms(learner="logistic-regression")
    create_project(root, replace(found, data=str(pool), working_set=working_set, algorithms=algorithms), CLASSES, "ann")
    return Layout(root)
