"""Everything a report says, as one tree of plain values: the terminal, JSON and later pages all draw from it.

The names of the fields are those of ``report --json`` (docs/report-json.md) and stay as they are; a change of meaning
raises `VERSION`. Shares are in [0, 1]; None, null in JSON, says that something is not known, never that it is 0.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from activelabel.learning.calibration import Band
    from activelabel.records.progress import Estimate
    from activelabel.records.settings import Algorithms
    from activelabel.reporting.clusters import ClusterSummary
    from activelabel.reporting.pool import Pool
    from activelabel.reporting.propagated import Propagated
    from activelabel.reporting.provenance import Provenance
    from activelabel.reporting.quality import Quality
    from activelabel.reporting.tally import AnswerCounts, TimeSpent
    from activelabel.reporting.timeline import Timeline
    from activelabel.reporting.what_if import WhatIf

__all__ = [
    "VERSION",
    "Accuracy",
    "Advice",
    "Biased",
    "ClassSummary",
    "Confusion",
    "CurvePoint",
    "DataSummary",
    "HeldOutSummary",
    "Origin",
    "Sign",
    "Summary",
    "Verdict",
]

VERSION = 2
"""Of the form of the summary."""


class Verdict(StrEnum):
    """Whether to go on labelling."""

    GO_ON = "go-on"
    STOP = "stop"
    UNKNOWN = "unknown"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class DataSummary:
    """What is labelled: where it is, and how much; units are sets of exact duplicates, items what is in the file.

    drawn_from: rows of the pool of which the items are a working set; None where they are all there is.
    """

    path: str
    format: str
    modality: str
    items: int
    units: int
    duplicates: int
    drawn_from: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the figures come from.

    Attributes
    ----------
    generation
        Of the plan in force; 0 for none.
    answers_through
        The last event that the figures have seen.
    algorithms
        As named in the settings.
    strategy, learner
        What those became; "" before there is a model.
    """

    generation: int
    answers_through: int
    algorithms: Algorithms
    strategy: str
    learner: str


@dataclass(frozen=True, slots=True)
class Biased:
    """Two figures that look like accuracy and are none: each can be far too high or too low.

    cross_validation is the share of the labels that models foretold which had not seen them: the labels were chosen,
    mostly because they are hard. confidence is how sure the model is of itself, on the mean over all items.
    """

    cross_validation: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How right the model is about items drawn at random, by the audit answers alone.

    Attributes
    ----------
    right
        Share right with its interval; None without an audit answer that is a label. From fifteen answers on it makes
        use of how sure models were of each item, where that makes it surer (`learning/powered.py`).
    headline
        Whether there are answers enough to give `right` as one number.
    answers_needed
        Audit answers missing for that, 0 when it is reached.
    answers_until_narrow
        About how many more audit answers bring the interval under 5 points to either side; None when not known.
    not_sure, bad
        Audit answers that are no label; bad items are in no denominator.
    worst, best
        Share right if the machine is wrong about everything people were not sure of, and if it is right; None when
        there is no such answer.
    macro_f1
        Mean F1 of all classes with its interval; None unless `headline` holds and every class has three audit answers.
    known
        Share right on items nobody answered, by a column of right answers that is used for nothing else, as the plan
        in force found it; None where there is no such column.
    counted
        Share right among the audit answers, as counted, with its interval: `right` where nothing makes it surer.
    answers_until_macro_f1
        About how many more audit answers bring every class to three; None when not known, 0 when reached.
    biased
        Figures that are no accuracy, under that name; None before a model can say.
    """

    right: Estimate | None
    headline: bool
    answers_needed: int
    answers_until_narrow: int | None
    not_sure: int
    bad: int
    worst: Estimate | None
    best: Estimate | None
    macro_f1: Estimate | None
    known: Estimate | None
    counted: Estimate | None = None
    answers_until_macro_f1: int | None = None
    biased: Biased | None = None


@dataclass(frozen=True, slots=True)
class ClassSummary:
    """One class: its labels, and by the audit answers how right the model is about it and how common it is.

    Attributes
    ----------
    name, key
        As cards show them.
    labels, imported
        Labels in force, of people and from the data.
    support
        Audit answers of this class.
    precision, recall
        None where nothing was predicted to be of the class, or nothing is.
    share
        Share of all units that are of this class; None before there is an audit answer.
    answers_until_known
        About how many more audit answers bring ten of this class, from which its recall is one number; 0 when reached,
        None when not known.
    """

    name: str
    key: str
    labels: int
    imported: int
    support: int
    precision: Estimate | None
    recall: Estimate | None
    share: Estimate | None = None
    answers_until_known: int | None = None


@dataclass(frozen=True, slots=True)
class Confusion:
    """Audit answers by class: counts[i][j] are of class i and predicted to be of class j."""

    classes: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The model after the first answers.

    right is its share right on today's audit rows, None without them; kappa its agreement with the point before.
    """

    answers: int
    right: Estimate | None
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign for or against going on.

    Attributes
    ----------
    name
        ``predictions`` have settled, the ``interval`` is narrow, the ``gain`` ahead is small, and so is the
        ``disagreement`` that is left to mend.
    says_stop
        None when it cannot be known yet.
    value
        What was found, in the unit of `threshold`; None when not known.
    threshold
        What it is held against.
    because
        The same in words, or why it is not known.
    """

    name: str
    says_stop: bool | None
    value: float | None
    threshold: float
    because: str


@dataclass(frozen=True, slots=True)
class Advice:
    """Is it still worth labelling? The verdict, and the signs it rests on."""

    verdict: Verdict
    because: str
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class HeldOutSummary:
    """The model on another file.

    unknown counts rows whose class the project has not: they count as wrong. The interval holds for files drawn like
    this one.
    """

    path: str
    rows: int
    unknown: int
    right: Estimate
    macro_f1: Estimate


@dataclass(frozen=True, slots=True)
class Summary:
    """A project at one moment.

    calibration holds bands of audit answers by how sure the model was of them. timeline is None before an answer. Where
    no map was asked for, pool is None and there are no clusters. shown says what the items that are named show, by
    their ids: the one part that has content in it.
    """

    version: int
    project: str
    origin: Origin
    data: DataSummary
    answers: AnswerCounts
    time: TimeSpent
    accuracy: Accuracy
    classes: tuple[ClassSummary, ...]
    confusion: Confusion | None
    propagated: Propagated
    curve: tuple[CurvePoint, ...]
    advice: Advice
    provenance: Provenance
    test: HeldOutSummary | None = None
    quality: Quality | None = None
    what_if: tuple[WhatIf, ...] = ()
    timeline: Timeline | None = None
    calibration: tuple[Band, ...] = ()
    pool: Pool | None = None
    clusters: tuple[ClusterSummary, ...] = ()
    shown: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the tree as JSON: every field by its name, numbers unrounded, null for what is not known."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False, allow_nan=False)
