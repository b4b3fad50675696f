"""From events and arrays to the figures of a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.accuracy import confusion, wilson
from activelabel.learning.calibration import calibration
from activelabel.learning.f1_interval import macro_f1_interval
from activelabel.records.settings import Algorithms
from activelabel.reporting.advice import advise
from activelabel.reporting.estimates import accuracy_of, classes_of, right_of
from activelabel.reporting.pool import pool_of, words_of
from activelabel.reporting.propagated import propagated_labels
from activelabel.reporting.provenance import provenance
from activelabel.reporting.quality import label_quality
from activelabel.reporting.summary import (
    VERSION,
    Confusion,
    CurvePoint,
    DataSummary,
    HeldOutSummary,
    Origin,
    Summary,
)
from activelabel.reporting.tally import answer_counts, time_spent
from activelabel.reporting.timeline import timeline

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.assessment import Assessment, HeldOut
    from activelabel.learning.pool_map import PoolMap
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan
    from activelabel.records.contents import ItemRecord
    from activelabel.records.progress import Estimate
    from activelabel.reporting.clusters import ClusterSummary

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
    time, fingerprint
        When this is, UTC, ISO 8601; of the contents of the data.
    map, clusters
        The pool laid out and in groups, where that is wanted.
    shown
        Items of which it may be told what they show.
    drawn_from
        Rows of the pool of which the items are a working set; None where they are all there is.
    """

    project: str
    items: int
    units: int
    plan: Plan | None
    test: str = ""
    time: str = ""
    fingerprint: str = ""
    map: PoolMap | None = None
    clusters: tuple[ClusterSummary, ...] = ()
    shown: tuple[ItemRecord, ...] = ()
    drawn_from: int | None = None


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
    k = len(ledger.classes)
    counts = confusion(found.truth, found.predicted, k) if len(found.predicted) else None
    right = right_of(found)
    seed = ledger.settings.seed if ledger.settings else 0
    return Summary(
        version=VERSION,
        project=frame.project,
        origin=_origin(ledger, found, frame.plan),
        data=_data(ledger, frame),
        answers=answer_counts(ledger),
        time=time_spent(ledger),
        accuracy=accuracy_of(found, right, seed, k, frame.plan),
        classes=classes_of(ledger, found),
        confusion=_confusion(ledger, counts),
        propagated=propagated_labels(ledger, found),
        curve=tuple(
            CurvePoint(point.answers, _share(point.predicted == found.truth, found.population), point.kappa)
            for point in found.checkpoints
        ),
        advice=advise(found, right),
        provenance=provenance(frame.time, frame.fingerprint, seed),
        test=_held_out(frame.test, found.held_out, seed) if found.held_out else None,
        quality=label_quality(ledger, found),
        timeline=timeline(ledger),
        calibration=calibration(found.foretold.sure, found.predicted == found.truth) if found.foretold else (),
        pool=pool_of(frame.map, tuple(ledger.classes.values())) if frame.map else None,
        clusters=frame.clusters,
        shown={item.id: words for item in frame.shown if (words := words_of(item.content))},
    )


def _share(right: NDArray[np.bool_], population: int | None = None) -> Estimate | None:
    return wilson(int(right.sum()), len(right), population) if len(right) else None


def _origin(ledger: Ledger, found: Assessment, plan: Plan | None) -> Origin:
    algorithms = ledger.settings.algorithms if ledger.settings else Algorithms()
    return Origin(plan.generation if plan else 0, ledger.counter, algorithms, found.strategy, found.learner)


def _data(ledger: Ledger, frame: Frame) -> DataSummary:
    settings = ledger.settings
    named = (settings.data, settings.format, settings.modality.value) if settings else ("", "", "")
    duplicates = frame.items - frame.units
    return DataSummary(*named, frame.items, frame.units, duplicates, drawn_from=frame.drawn_from)


def _confusion(ledger: Ledger, counts: NDArray[np.intp] | None) -> Confusion | None:
    if counts is None:
        return None
    names = tuple(known.name for known in ledger.classes.values())
    return Confusion(names, tuple(tuple(row) for row in counts.tolist()))


def _held_out(path: str, held: HeldOut, seed: int) -> HeldOutSummary | None:
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
        macro_f1=macro_f1_interval(known, held.predicted, np.random.default_rng(seed)),
    )
