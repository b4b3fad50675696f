"""Projects whose answers are all known, answered in step with their learner; on disk is the copy of the data alone."""

from __future__ import annotations

import csv
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from in_memory import InMemory
from sklearn import datasets

from activelabel.project.inspection import Wishes, inspect
from activelabel.project.layout import Layout
from activelabel.records.kinds import EventKind
from activelabel.session.answers import gathered
from activelabel.session.course import BATCH
from activelabel.session.lessons import Answers
from activelabel.session.pipeline import first_batch, learn, predict_without
from activelabel.session.queue import is_audit_turn
from activelabel.session.workshop import open_workshop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from activelabel.records.settings import Algorithms
    from activelabel.session.lessons import Lesson
    from activelabel.session.workshop import Workshop

    Rows = NDArray[np.intp]

__all__ = ["Labelled", "Played", "labelled", "places", "true_accuracy"]

SAMPLE_DATA = Path(__file__).parents[1] / "sample_data"
LABEL = "label"
PIXELS = {"digits": (8, 8)}
BUNDLED = ("iris", "wine", "breast_cancer")
AUDIT = 0.2


class Labelled:
    """A data set that is ready to learn from, with the right class of every row.

    Attributes
    ----------
    workshop
        The data and its features.
    truth
        Shape (n,): the number of the class of each row.
    names
        k names of classes.
    """

    def __init__(self, workshop: Workshop) -> None:
        assert workshop.known is not None
        self.workshop = workshop
        names, self.truth = np.unique(workshop.known.astype(str), return_inverse=True)
        self.names: list[str] = names.tolist()

    def answers(self, rows: Iterable[int]) -> Answers:
        """Return the right answers to some rows."""
        known = np.zeros(len(self.truth), dtype=bool)
        known[list(rows)] = True
        return Answers(np.flatnonzero(known), self.truth[known], len(self.names), known)


class Played(InMemory):
    """One course of answers, ten between two looks of the learner, some of them audit answers.

    Attributes
    ----------
    asked
        The rows in the order they were asked.
    """

    def __init__(self, data: Labelled, seed: int, algorithms: Algorithms, audit: float = AUDIT) -> None:
        super().__init__(data.workshop, data.names, seed, audit, algorithms)
        self.data = data
        self.asked: list[int] = []
        self._audit = audit
        self._order = self.workshop.audit_order.tolist()
        self.lesson: Lesson = self._learnt()

    def go_on(self, answers: int) -> bool:
        """Answer so many cards more; say whether there were as many."""
        wanted = min(len(self.asked) + answers, len(self.data.truth))
        full = wanted == len(self.asked) + answers
        while len(self.asked) < wanted:
            for _ in range(min(BATCH, wanted - len(self.asked))):
                self._answer(self._next())
            self.lesson = self._learnt()
        return full

    def _next(self) -> int:
        opening = first_batch(len(self.data.names))
        audit = is_audit_turn(self.workshop.ground.seed, len(self.asked), opening, self._audit)
        taken = set(self.asked)
        ranked = [] if audit else self.lesson.questions.tolist()
        return next(row for row in chain(ranked, self._order) if row not in taken)

    def _answer(self, row: int) -> None:
        self.asked.append(row)
        unit, said = self.workshop.dataset.unit(row), self.ids[self.data.truth[row]]
        self.record(EventKind.LABEL, {"unit": unit, "card": "uncertain", "seconds": 2.0, "classes": [said]})

    def _learnt(self) -> Lesson:
        return learn(self.workshop.ground, gathered(self.workshop, self.ledger), BATCH)


def labelled(place: str | Path, rows: int, folder: Path) -> Labelled:
    """Return a data set with its answers: a CSV file with a column `label`, or the name of one of scikit-learn.

    Parameters
    ----------
    place
        The file, or one of iris, wine, breast_cancer.
    rows
        Of more than so many a random sample is taken, always the same.
    folder
        For the copy of the data; empty.
    """
    head, found = _bundled(str(place)) if place in BUNDLED else _read(Path(place))
    if len(found) > rows:
        found = [found[row] for row in np.random.default_rng(0).permutation(len(found))[:rows]]
    sample = folder / f"{Path(place).stem}.csv"
    with sample.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *found])
    settings = inspect(sample, Wishes(known=LABEL, pixels=PIXELS.get(sample.stem))).settings
    layout = Layout(folder / "project")
    layout.cache.mkdir(parents=True)
    return Labelled(open_workshop(layout, replace(settings, data=str(sample))))


def places(given: Path | None) -> list[str | Path]:
    """Return the sets to look at: those bundled here and with scikit-learn, or every CSV file of a folder."""
    if given is not None:
        return sorted(given.rglob("*.csv"))
    return [*(SAMPLE_DATA / f"{name}.csv" for name in ("digits", "austen", "penguins", "birdstrikes")), *BUNDLED]


def true_accuracy(played: Played, lesson: Lesson, rows: Rows) -> float:
    """Return the share right of all rows, each judged by a model that has not learnt from it.

    Parameters
    ----------
    played
        Where it was learnt.
    lesson, rows
        What was learnt, and from the answers to which rows.
    """
    assert lesson.predicted is not None
    predicted = lesson.predicted.copy()
    rows = np.sort(rows)
    predicted[rows] = predict_without(played.workshop.ground, played.data.answers(rows), rows)
    return float((predicted == played.data.truth).mean())


def _read(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    return head, rows


def _bundled(name: str) -> tuple[list[str], list[list[Any]]]:
    X, y = getattr(datasets, f"load_{name}")(return_X_y=True)
    head = [*(f"x{place}" for place in range(X.shape[1])), LABEL]
    return head, [[*row, f"class {label}"] for row, label in zip(X.tolist(), y.tolist(), strict=True)]
