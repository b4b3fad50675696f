"""How good the labels so far are: the model judged by the audit answers, now and as it was on the way here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from activelabel.learning.assessment import Checkpoint, HeldOut
from activelabel.learning.models.prediction import predict
from activelabel.learning.stopping import kappa
from activelabel.records.kinds import EventKind
from activelabel.records.progress import ROUND
from activelabel.session.answers import gathered
from activelabel.session.classes.names import class_meant
from activelabel.session.evidence import effects_of, error_drop
from activelabel.session.judging.present import present
from activelabel.session.pipeline import first_batch, learn, predict_without

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from activelabel.learning.assessment import Assessment
    from activelabel.learning.protocols import Classifier
    from activelabel.project.ledger import Ledger
    from activelabel.records.contents import ColumnTable
    from activelabel.records.events import Event
    from activelabel.session.lessons import Answers, Ground, Lesson
    from activelabel.session.workshop import Workshop

__all__ = ["Taught", "assess", "checkpoint_sizes", "in_order", "taught"]

FIXED = (20, 30, 50, *(lead * 10**power for power in range(2, 7) for lead in (1, 2, 5)))
APART = 10
"""Answers between two checkpoints at least: nearer ones agree because they are nearly the same model."""


class Taught(NamedTuple):
    """The answers in force, and what they taught."""

    answers: Answers
    lesson: Lesson


@dataclass(frozen=True, slots=True)
class _Course:
    """The answers in force, and when each was given.

    place, shape (m,), is the number of people's answers before each label; labels that came with the data are at -1,
    so that every checkpoint has them. given is how many labels people gave, and spread_at, shape (c,), how many of
    those before each cluster answer.
    """

    answers: Answers
    place: NDArray[np.intp]
    given: int
    spread_at: NDArray[np.intp]

    def first(self, number: int) -> Answers:
        """Return the labels as they were after so many answers of those in force."""
        kept, spread = self.place < number, self.answers.spread
        spread = spread.take(self.spread_at[spread.sources] <= number)
        return replace(self.answers, rows=self.answers.rows[kept], labels=self.answers.labels[kept], spread=spread)


def taught(workshop: Workshop, ledger: Ledger) -> Taught:
    """Return what the answers in force taught: one fit, from which follows all that a report says and shows."""
    answers = gathered(workshop, ledger)
    return Taught(answers, learn(workshop.ground, answers, ROUND))


def assess(
    workshop: Workshop,
    ledger: Ledger,
    now: Taught,
    test: tuple[ColumnTable, Sequence[str]] | None = None,
    on_step: Callable[[int], None] = lambda done: None,
) -> Assessment:
    """Return how the labels so far do.

    Every figure about accuracy rests on audit answers, each judged by models fitted without its own fold, and on
    nothing else; the curve's earlier models are judged by today's whole audit sample.

    Parameters
    ----------
    workshop, ledger
        The data, and what was said about it.
    now
        The same as arrays, and what it taught.
    test
        Another table of the same columns, and the class of each of its rows by name.
    on_step
        Told how many points of the learning curve were judged so far.
    """
    answers, lesson = now
    found, audit, _ = present(workshop, ledger, answers, lesson)
    found = replace(found, error_drop=error_drop(effects_of(workshop.ground, answers, lesson)))
    if lesson.predicted is None or lesson.model is None:
        return found
    course, last = _course(workshop, ledger, answers), (lesson.predicted, found.predicted)
    return replace(
        found,
        checkpoints=tuple(_curve(workshop.ground, course, audit.rows, last, on_step)),
        learner=_name_of(lesson.model, workshop.ground.algorithms.learner),
        held_out=_held_out(workshop, ledger, lesson, test) if test else None,
    )


def checkpoint_sizes(given: int, first: int) -> list[int]:
    """Return after how many answers the curve looks: the first batch, round numbers, and now.

    Examples
    --------
    >>> checkpoint_sizes(64, 10), checkpoint_sizes(55, 10), checkpoint_sizes(7, 10), checkpoint_sizes(0, 10)
    ([10, 20, 30, 50, 64], [10, 20, 30, 55], [7], [])
    """
    sizes: list[int] = []
    for size in (first, *(fixed for fixed in FIXED if fixed > first)):
        if size <= given - APART and (not sizes or size >= sizes[-1] + APART):
            sizes.append(size)
    return [*sizes, given] if given else []


def in_order(workshop: Workshop, ledger: Ledger) -> NDArray[np.intp]:
    """Return the rows that people labelled, shape (m,), in the order in which the labels in force were given."""
    found = (workshop.dataset.row_of(event.data["unit"]) for event in _labels(ledger))
    return np.array([row for row in found if row is not None], dtype=np.intp)


def _course(workshop: Workshop, ledger: Ledger, answers: Answers) -> _Course:
    place = {row: number for number, row in enumerate(in_order(workshop, ledger).tolist())}
    places = [place.get(row, -1) for row in answers.rows.tolist()]
    labels = _labels(ledger)
    spread_at = [
        sum(label.order < event.order for label in labels)
        for event in ledger.cluster_answers()
        if event.data["members"]
    ]
    return _Course(answers, np.array(places, dtype=np.intp), len(place), np.array(spread_at, dtype=np.intp))


def _labels(ledger: Ledger) -> list[Event]:
    return sorted((event for event in ledger.answers.values() if event.kind is EventKind.LABEL), key=_order)


def _order(event: Event) -> tuple[int, str]:
    return event.order


def _curve(
    ground: Ground,
    course: _Course,
    rows: NDArray[np.intp],
    last: tuple[NDArray[np.intp], NDArray[np.intp]],
    on_step: Callable[[int], None],
) -> list[Checkpoint]:
    curve: list[Checkpoint] = []
    before = None
    sizes = checkpoint_sizes(course.given, first_batch(course.answers.n_classes))
    for number, size in enumerate(sizes):
        on_step(number)
        some = course.first(size)
        classes, predicted = last if size == course.given else _then(ground, some, rows)
        curve.append(Checkpoint(size, predicted, None if before is None else kappa(before, classes)))
        before = classes
    return curve


def _then(ground: Ground, answers: Answers, rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return what the model on these answers says of all rows, and of the audit rows without their own fold."""
    classes = learn(ground, answers, 0).predicted
    if classes is None:
        raise ValueError("a checkpoint needs one label or more, got none")
    predicted = classes[rows]
    # most audit rows were answered later: this model has not seen them, and judges them as it is
    seen = np.isin(ground.together[rows], ground.together[answers.rows])
    predicted[seen] = predict_without(ground, answers, rows[seen])
    return classes, predicted


def _held_out(
    workshop: Workshop, ledger: Ledger, lesson: Lesson, test: tuple[ColumnTable, Sequence[str]]
) -> HeldOut | None:
    if lesson.model is None or lesson.decision is None:
        return None
    table, names = test
    labelled = np.array([bool(name) for name in names], dtype=bool)
    proba = predict(lesson.model, workshop.features.featurizer.transform(table), len(ledger.classes))
    numbers = {known.id: number for number, known in enumerate(ledger.classes.values())}
    found = {name: class_meant(name, ledger) for name in set(names)}
    truth = [-1 if (known := found[name]) is None else numbers[known.id] for name in names]
    # a row without a label judges nothing
    return HeldOut(np.array(truth, dtype=np.intp)[labelled], lesson.decision.labels(proba)[labelled])


def _name_of(model: Classifier, named: str) -> str:
    # the default learner is one of several, and says which
    return str(getattr(model, "chosen_", named))
