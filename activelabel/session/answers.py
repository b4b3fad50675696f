"""What was said, as arrays over the rows of a workshop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.agreement import noise_rate
from activelabel.project.audit import audit_sample
from activelabel.records.kinds import EventKind
from activelabel.session.goals import goal_today
from activelabel.session.lessons import Answers, Spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from activelabel.project.ledger import Ledger
    from activelabel.records.events import Event
    from activelabel.session.workshop import Workshop

__all__ = ["Audit", "audited", "drawn_from", "gathered", "hinted", "spread_labels"]


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit sample.

    Attributes
    ----------
    rows, truth
        Shape (a,): its labelled rows in audit order, and the number of the class each was given.
    foreseen
        Shape (f,) bool, f <= a: whether the model that asked was right about each row, in audit order; rows answered
        before there was a model are left out.
    not_sure, bad
        How many of its units were answered so.
    population
        Units it was drawn from: all but those whose label came with the data and those found bad.
    """

    rows: NDArray[np.intp]
    truth: NDArray[np.intp]
    foreseen: NDArray[np.bool_]
    not_sure: int
    bad: int
    population: int


def gathered(workshop: Workshop, ledger: Ledger) -> Answers:
    """Return the answers in force as arrays over the rows of the workshop, and how many blind repeats say are wrong."""
    rows, labels = _labelled(workshop, ledger)
    closed = np.zeros(workshop.dataset.n_units, dtype=bool)
    settled = [workshop.dataset.row_of(unit) for unit in ledger.settled()]
    closed[[row for row in settled if row is not None]] = True
    k = len(ledger.classes)
    goal = goal_today(workshop.ground.algorithms.optimise, ledger)
    # with fewer than two classes there is nothing to confuse yet: as for two
    noise = noise_rate(*ledger.consistency(), max(2, k))
    return Answers(rows, labels, k, closed, noise, goal=goal, spread=spread_labels(workshop, ledger))


def hinted(workshop: Workshop, ledger: Ledger, answers: Answers) -> Answers:
    """Return the answers with what the names of listed classes say, if one of those classes has no label.

    A class that was added while answering has no hint, because its name came with a label: so the hints of a project
    are made once, and a new class costs no second look at all texts.
    """
    listed = [known.name for known in ledger.classes.values()][: ledger.listed]
    if len(np.intersect1d(answers.labels, np.arange(len(listed)))) == len(listed):
        return answers
    found = workshop.features.of_names(listed)
    if found is None:
        return answers
    hints = np.full((answers.n_classes, found.shape[1]), np.nan, dtype=np.float32)
    hints[: len(listed)] = found
    return replace(answers, hints=hints)


def audited(workshop: Workshop, ledger: Ledger, answers: Answers) -> Audit:
    """Return the audit sample as it stands; visitors of a working set are behind it, however many are answered."""
    dataset = workshop.dataset
    order = (dataset.unit(int(row)) for row in workshop.audit_order)
    visitors = frozenset(dataset.pool.visitors if dataset.pool else ())
    sample = audit_sample((unit for unit in order if unit not in visitors), ledger)
    rows = np.array([dataset.row_of(unit) for unit, _ in sample.labelled], dtype=np.intp)
    truth = answers.labels[np.searchsorted(answers.rows, rows)]
    foreseen = np.array(list(_foreseen(sample.labelled, ledger)), dtype=bool)
    drawn_from = dataset.pool.units if dataset.pool else dataset.n_units
    population = drawn_from - len(ledger.imported) - sample.bad
    return Audit(rows, truth, foreseen, sample.not_sure, sample.bad, population)


def _foreseen(labelled: Iterable[tuple[str, str]], ledger: Ledger) -> Iterator[bool]:
    """Yield whether the model that asked was right, for units whose first answer says what it believed."""
    for unit, class_id in labelled:
        guess = ledger.answers_to(unit)[0].data.get("suggestion")
        if guess:
            yield ledger.resolve(guess["class_id"]) == class_id


def drawn_from(workshop: Workshop, ledger: Ledger) -> NDArray[np.bool_]:
    """Return shape (n,): rows that the audit sample is drawn from, none found bad and none whose label came along.

    Visitors of a working set are not: they were chosen for the doubt they are in.
    """
    found = np.ones(workshop.dataset.n_units, dtype=bool)
    bad = (unit for unit, answer in ledger.answers.items() if answer.kind is EventKind.BAD_ITEM)
    rows = [workshop.dataset.row_of(unit) for unit in (*bad, *ledger.imported)]
    found[[row for row in rows if row is not None]] = False
    if workshop.dataset.pool:
        found &= ~np.isin(workshop.dataset.unit_ids, np.array(workshop.dataset.pool.visitors, dtype="S20"))
    return found


def spread_labels(workshop: Workshop, ledger: Ledger) -> Spread:
    """Return the labels that were given to whole clusters, for rows that have no answer of their own."""
    numbers = _numbers(ledger)
    given = [event for event in ledger.cluster_answers() if event.data["members"]]
    place = {event.uuid: source for source, event in enumerate(given)}
    found = sorted(
        (row, numbers[known], place[event.uuid])
        for unit, event in ledger.spread().items()
        if (row := workshop.dataset.row_of(unit)) is not None and (known := ledger.class_of(event))
    )
    if not found:
        return Spread()
    rows, labels, sources = np.array(found, dtype=np.intp).T
    looked_at = [[ledger.answer(uuid) for uuid in event.data["probe"]] for event in given]
    return Spread(
        rows,
        labels,
        sources,
        bounds=np.array([event.data["bound"] for event in given], dtype=np.float64),
        speakers=np.array(
            [
                _row(workshop, next((seen for seen in probe if seen.item == event.item), None))
                for event, probe in zip(given, looked_at, strict=True)
            ],
            dtype=np.intp,
        ),
        probes=tuple(np.array([_row(workshop, seen) for seen in probe], dtype=np.intp) for probe in looked_at),
    )


def _row(workshop: Workshop, answer: Event | None) -> int:
    row = workshop.dataset.row_of(answer.data["unit"]) if answer else None
    return -1 if row is None else row


def _numbers(ledger: Ledger) -> dict[str, int]:
    """Return class id -> number, by order of creation."""
    return {class_id: number for number, class_id in enumerate(ledger.classes)}


def _labelled(workshop: Workshop, ledger: Ledger) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the labelled rows, ascending, and the number of the class of each, by order of creation.

    Labels of units that are not in the data any more are left out: they are kept, not used.
    """
    numbers = _numbers(ledger)
    found = {
        row: numbers[class_id]
        for unit, class_id in ledger.labels().items()
        if (row := workshop.dataset.row_of(unit)) is not None
    }
    rows = np.array(sorted(found), dtype=np.intp)
    return rows, np.array([found[row] for row in rows.tolist()], dtype=np.intp)
