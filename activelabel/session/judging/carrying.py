"""Propagated labels by how they came about: those there are now, and what they would say of the audit sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.assessment import Carried, CarriedBy
from activelabel.learning.kept import lasting
from activelabel.learning.near_duplicates import near_duplicates

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.project.ledger import Ledger
    from activelabel.session.judging.cross_judging import Judged
    from activelabel.session.lessons import Answers, Lesson
    from activelabel.session.workshop import Workshop

__all__ = ["carried_now", "carried_to", "said_with_cluster"]


def carried_now(workshop: Workshop, answers: Answers, lesson: Lesson) -> Carried:
    """Return the labels that are propagated to units nobody answered, one entry a unit."""
    n = workshop.dataset.n_units
    by = np.full(n, "", dtype="<U16")
    sure = np.zeros(n)
    if lesson.propagation is not None and lesson.decision is not None:
        proba = lesson.propagation.proba
        by[lesson.propagation.reached] = CarriedBy.NEAR
        sure = proba[np.arange(n), lesson.decision.labels(proba)]
    twin = _groups(workshop)
    by[np.isin(twin, twin[answers.rows])] = CarriedBy.NEAR_DUPLICATE
    spread = answers.spread
    by[spread.rows], sure[spread.rows] = CarriedBy.CLUSTER, spread.bounds[spread.sources]
    there = (by != "") & ~answers.closed
    return Carried(by[there], sure[there], workshop.dataset.weights[there])


def carried_to(
    workshop: Workshop, ledger: Ledger, answers: Answers, audit: NDArray[np.intp], judged: Judged
) -> tuple[NDArray[np.intp], Carried]:
    """Return the class that each audit row got or would have got without its own answer, -1 for none, and how.

    A cluster's label counts although the row was answered since. A near duplicate would have had the label that most of
    the others have, as surely as the model agrees.

    Parameters
    ----------
    workshop, ledger, answers
        The data, and what was said about it.
    audit
        Shape (a,).
    judged
        What was propagated without each row's own fold.
    """
    classes, sure = judged.carried[audit], judged.carried_sure[audit]
    by = np.where(classes >= 0, CarriedBy.NEAR.value, "").astype("<U16")
    votes = _votes_of_others(_groups(workshop), answers, audit)
    twins = votes.any(axis=1)
    spoken = (np.eye(answers.n_classes)[votes.argmax(axis=1)] + judged.proba[audit]) / 2
    classes[twins], sure[twins] = spoken[twins].argmax(axis=1), spoken[twins].max(axis=1)
    by[twins] = CarriedBy.NEAR_DUPLICATE
    with_cluster, bounds = said_with_cluster(workshop, ledger, audit)
    told = with_cluster >= 0
    classes[told], sure[told], by[told] = with_cluster[told], bounds[told], CarriedBy.CLUSTER
    return classes, Carried(by, sure, workshop.dataset.weights[audit])


def _groups(workshop: Workshop) -> NDArray[np.intp]:
    """Return shape (n,): rows of equal number are near duplicates."""
    return lasting(workshop.ground.features, near_duplicates)


def _votes_of_others(groups: NDArray[np.intp], answers: Answers, audit: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return for each audit row how many labels of each class its near duplicates have, shape (a, k)."""
    votes = np.zeros((len(audit), answers.n_classes), dtype=np.intp)
    if len(answers.rows):
        alike = groups[audit][:, None] == groups[answers.rows]
        alike &= audit[:, None] != answers.rows
        place, label = np.nonzero(alike)
        np.add.at(votes, (place, answers.labels[label]), 1)
    return votes


def said_with_cluster(
    workshop: Workshop, ledger: Ledger, rows: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return the class that each row got with its cluster, -1 for none, and the bound on the cluster's purity.

    Whatever was answered about the row since.
    """
    numbers = {class_id: number for number, class_id in enumerate(ledger.classes)}
    units = [workshop.dataset.unit(row) for row in rows.tolist()]
    wanted = frozenset(units)
    given = {
        unit: (numbers[known], event.data["bound"])
        for event in ledger.cluster_answers()
        if (known := ledger.class_of(event))
        for unit in wanted.intersection(event.data["members"])
    }
    found = [given.get(unit, (-1, 0.0)) for unit in units]
    classes, bounds = zip(*found, strict=True) if found else ((), ())
    return np.array(classes, dtype=np.intp), np.array(bounds, dtype=np.float64)
