"""What several tests start from: a small finished project, a command run to its end, a command in a terminal."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import zip_longest

import numpy as np
import pytest
from support.terminal import Terminal

from activelabel.project.dataset import Dataset
from activelabel.project.inspection import Wishes, inspect
from activelabel.project.layout import Layout
from activelabel.project.recorded import ledger_of
from activelabel.project.store import Draft, Store
from activelabel.records.kinds import EventKind
from activelabel.records.settings import Algorithms
from activelabel.session.setup import create_project

NOW = "2026-01-01T10:00:00.000+00:00"
COLOURS = ("red", "green", "blue")


class Blobs:
    """A project, and a hand that answers its items rightly."""

    def __init__(self, layout):
        self.layout = layout
        settings = ledger_of(layout).settings
        self.dataset = Dataset.open(layout.cache, settings)
        self.true = self.dataset.column("kind")
        self.order = [int(row) for row in self.dataset.audit_order(settings.seed)]

    @property
    def ledger(self):
        return ledger_of(self.layout)

    def answer(self, rows, kind=EventKind.LABEL, colour=None, annotator="ann", repeats=()):
        """Answer rows, rightly unless a colour is given, as blind repeats of some answers; return the events."""
        ids = {known.name: known.id for known in self.ledger.classes.values()}
        drafts = []
        for row, first in zip_longest(rows, repeats):
            data = {"unit": self.dataset.unit(row), "card": "audit", "seconds": 2.0, "generation": 1}
            if first:
                data |= {"card": "blind-repeat", "repeats": first.uuid}
            if kind is EventKind.LABEL:
                data["classes"] = [ids[colour or self.true[row]]]
            drafts.append(Draft(kind, data, self.dataset.item(row)))
        with Store(self.layout.labels) as store:
            return store.append(annotator, NOW, drafts)


def write_blobs(path):
    rng = np.random.default_rng(3)
    colours = rng.permutation(np.repeat(COLOURS, [30, 20, 10]))
    centres = {"red": (0, 0), "green": (30, 0), "blue": (0, 30)}
    points = [tuple(np.round(rng.normal(centres[colour]), 3)) for colour in colours]
    rows = [(x, y, colour) for (x, y), colour in zip(points, colours, strict=True)]
    lines = [f"p{number},{x},{y},{colour}" for number, (x, y, colour) in enumerate([*rows, *rows[:4]])]
    path.write_text("\n".join(["name,x,y,kind", *lines]) + "\n", encoding="utf-8")


@pytest.fixture(scope="session")
def finished_blobs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("blobs")
    data = folder / "points.csv"
    write_blobs(data)
    settings = inspect(data, Wishes(id="name", ignored=("kind",))).settings
    algorithms = Algorithms(learner="logistic-regression")
    create_project(folder / "project", replace(settings, data=str(data), algorithms=algorithms), COLOURS, "ann")
    return folder


@pytest.fixture
def blobs(finished_blobs, tmp_path):
    """A project of its own for one test: nothing answered, its data beside it."""
    shutil.copytree(finished_blobs / "project", tmp_path / "project")
    return Blobs(Layout(tmp_path / "project"))


@pytest.fixture(scope="session")
def activelabel():
    """Run a command to its end and return what it wrote to standard output; it must succeed."""

    def run(*arguments, code=0, **environ):
        done = subprocess.run(
            [sys.executable, "-m", "activelabel", *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **environ},
        )
        assert done.returncode == code, done.stderr
        return done.stdout if code == 0 else done.stderr

    return run


@pytest.fixture
def in_terminal():
    """Start a command in a terminal of 80 x 24; all are ended with the test."""
    terminals = []

    def start(*arguments, size=(80, 24), **environ):
        terminals.append(Terminal(["-m", "activelabel", *arguments], *size, environ))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.child.close(force=True)


@pytest.fixture(scope="session")
def finished_clouds(tmp_path_factory):
    """Make a project of 180 points in three clouds; a tenth of the biggest cloud is of another colour than the rest."""
    folder = tmp_path_factory.mktemp("clouds")
    rng = np.random.default_rng(5)
    centres = {"red": (0, 0), "green": (40, 0), "blue": (0, 40)}
    lines = ["name,x,y,kind"]
    for number, colour in enumerate(np.repeat(COLOURS, [90, 60, 30])):
        x, y = rng.normal(centres[colour])
        lines.append(f"p{number},{x:.4f},{y:.4f},{'blue' if number < 90 and number % 10 == 0 else colour}")
    data = folder / "points.csv"
    data.write_text("\n".join(lines) + "\n", encoding="utf-8")
    settings = inspect(data, Wishes(id="name", ignored=("kind",))).settings
    algorithms = Algorithms(clusterer="k-means", clusters=3, learner="logistic-regression")
    create_project(folder / "project", replace(settings, data=str(data), algorithms=algorithms), COLOURS, "ann")
    return folder


@pytest.fixture
def clouds(finished_clouds, tmp_path):
    """Return a project of three clouds for one test."""
    shutil.copytree(finished_clouds / "project", tmp_path / "project")
    return Blobs(Layout(tmp_path / "project"))
