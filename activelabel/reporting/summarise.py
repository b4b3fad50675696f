"""From events and arrays to the figures of a report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.accuracy import class_scores, confusion, macro_f1, wilson
from activelabel.learning.worth import answers_until_narrow
from activelabel.records import HEADLINE_FROM, Algorithms
from activelabel.reporting.advice import advise
from activelabel.reporting.summary import (
    VERSION,
    Accuracy,
    ClassSummary,
    Confusion,
    CurvePoint,
    DataSummary,
    HeldOutSummary,
    Origin,
    Propagated,
    Summary,
)
from activelabel.reporting.tally import answer_counts, time_spent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.assessment import Assessment, HeldOut
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan
    from activelabel.records import Estimate

__all__ = ["Frame", "summarise"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the figures.

    Attributes
    ----------
    project
        Where the project is.
    items, units
        In the data.
    plan
        In force; None where there is none.
    test
        The other file that the model was judged by, "" for none.
    """

    project: str
    items: int
    units: int
    plan: Plan | None
    test: str = ""


def summarise(ledger: Ledger, found: Assessment, frame: Frame) -> Summary:
    """Return the figures of a project.

    Parameters
    ----------
    ledger
        What was said, with settings.
    found
        How the labels do.
    frame
        What stands around the figures.
    """
    counts = confusion(found.truth, found.predicted, len(ledger.classes)) if len(found.truth) else None
    right = _share(found.predicted == found.truth, found.population) if counts is not None else None
    return Summary(
        version=VERSION,
        project=frame.project,
        origin=_origin(ledger, found, frame.plan),
        data=_data(ledger, frame),
        answers=answer_counts(ledger),
        time=time_spent(ledger),
        accuracy=_accuracy(found, right, counts, frame.plan),
        classes=_classes(ledger, counts),
        confusion=_confusion(ledger, counts),
        propagated=_propagated(found),
        curve=tuple(
            CurvePoint(point.answers, _share(point.predicted == found.truth, found.population), point.kappa)
            for point in found.checkpoints
        ),
        advice=advise(found, right),
        test=_held_out(frame.test, found.held_out) if found.held_out else None,
    )


def _share(right: NDArray[np.bool_], population: int | None = None) -> Estimate | None:
    return wilson(int(right.sum()), len(right), population) if len(right) else None


def _origin(ledger: Ledger, found: Assessment, plan: Plan | None) -> Origin:
    algorithms = ledger.settings.algorithms if ledger.settings else Algorithms()
    return Origin(plan.generation if plan else 0, ledger.counter, algorithms, found.strategy, found.learner)


def _data(ledger: Ledger, frame: Frame) -> DataSummary:
    settings = ledger.settings
    named = (settings.data, settings.format, settings.modality.value) if settings else ("", "", "")
    return DataSummary(*named, items=frame.items, units=frame.units, duplicates=frame.items - frame.units)


def _accuracy(
    found: Assessment, right: Estimate | None, counts: NDArray[np.intp] | None, plan: Plan | None
) -> Accuracy:
    judged = len(found.truth)
    worst = best = None
    if found.not_sure and right is not None:
        hits, among = int((found.predicted == found.truth).sum()), judged + found.not_sure
        worst = wilson(hits, among, found.population)
        best = wilson(hits + found.not_sure, among, found.population)
    enough = judged >= HEADLINE_FROM
    every_class = counts is not None and bool(counts.sum(axis=1).all())
    return Accuracy(
        right=right,
        headline=enough,
        answers_needed=max(0, HEADLINE_FROM - judged),
        answers_until_narrow=answers_until_narrow(right, found.population)
        if judged >= HEADLINE_FROM and right
        else None,
        not_sure=found.not_sure,
        bad=found.bad,
        worst=worst,
        best=best,
        macro_f1=macro_f1(found.truth, found.predicted) if enough and every_class else None,
        known=plan.measures.known if plan else None,
    )


def _classes(ledger: Ledger, counts: NDArray[np.intp] | None) -> tuple[ClassSummary, ...]:
    imported = Counter(name for unit, name in ledger.imported.items() if unit not in ledger.answers)
    k = len(ledger.classes)
    counts = np.zeros((k, k), dtype=np.intp) if counts is None else counts
    return tuple(
        ClassSummary(
            name=known.name,
            key=known.key,
            labels=ledger.counts[known.id],
            imported=imported[known.id],
            support=int(there),
            precision=scores.precision,
            recall=scores.recall,
        )
        for known, scores, there in zip(ledger.classes.values(), class_scores(counts), counts.sum(axis=1), strict=True)
    )


def _confusion(ledger: Ledger, counts: NDArray[np.intp] | None) -> Confusion | None:
    if counts is None:
        return None
    names = tuple(known.name for known in ledger.classes.values())
    return Confusion(names, tuple(tuple(row) for row in counts.tolist()))


def _propagated(found: Assessment) -> Propagated:
    reached = found.carried >= 0
    right = _share(found.carried[reached] == found.truth[reached]) if reached.any() else None
    return Propagated(found.propagated_units, found.propagated_items, right)


def _held_out(path: str, held: HeldOut) -> HeldOutSummary | None:
    right = _share(held.truth == held.predicted)
    if right is None:
        return None
    # a class that the project has not is one more class, which is never predicted
    known = np.where(held.truth < 0, max(held.truth.max(), held.predicted.max()) + 1, held.truth)
    return HeldOutSummary(
        path=path,
        rows=len(held.truth),
        unknown=int((held.truth < 0).sum()),
        right=right,
        macro_f1=macro_f1(known, held.predicted),
    )
