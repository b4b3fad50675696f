"""Everything a report says, as one tree of plain values: the terminal, JSON and later pages all draw from it.

The names of the fields are those of ``report --json`` (docs/report-json.md) and stay as they are; a change of meaning
raises `VERSION`. Shares are in [0, 1]; None, null in JSON, says that something is not known, never that it is 0.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from activelabel.records import Algorithms, Estimate
    from activelabel.reporting.tally import AnswerCounts, TimeSpent
    from activelabel.reporting.what_if import WhatIf

__all__ = [
    "VERSION",
    "Accuracy",
    "Advice",
    "ClassSummary",
    "Confusion",
    "CurvePoint",
    "DataSummary",
    "HeldOutSummary",
    "Origin",
    "Propagated",
    "Sign",
    "Summary",
    "Verdict",
]

VERSION = 1
"""Of the form of the summary."""


class Verdict(StrEnum):
    """Whether to go on labelling."""

    GO_ON = "go-on"
    STOP = "stop"
    UNKNOWN = "unknown"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class DataSummary:
    """What is labelled: where it is, and how much; units are sets of exact duplicates, items what is in the file."""

    path: str
    format: str
    modality: str
    items: int
    units: int
    duplicates: int


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
class Accuracy:
    """How right the model is about items drawn at random, by the audit answers alone.

    Attributes
    ----------
    right
        Share right with its interval; None without an audit answer that is a label.
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
        Mean F1 of all classes; None unless `headline` holds and every class has an audit answer.
    known
        Share right on items nobody answered, by a column of right answers that is used for nothing else, as the plan
        in force found it; None where there is no such column.
    """

    right: Estimate | None
    headline: bool
    answers_needed: int
    answers_until_narrow: int | None
    not_sure: int
    bad: int
    worst: Estimate | None
    best: Estimate | None
    macro_f1: float | None
    known: Estimate | None


@dataclass(frozen=True, slots=True)
class ClassSummary:
    """One class: labels given and imported, and how right the model is about it by the audit answers.

    support is the number of audit answers of this class. precision and recall are None where nothing was predicted
    to be of the class, or nothing is.
    """

    name: str
    key: str
    labels: int
    imported: int
    support: int
    precision: Estimate | None
    recall: Estimate | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """Audit answers by class: counts[i][j] are of class i and predicted to be of class j."""

    classes: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Propagated:
    """Labels carried to items that nobody answered: how many units and items, and how many of them are right.

    right rests on the audit rows that a label would reach without their own; None where there are none.
    """

    units: int
    items: int
    right: Estimate | None


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
    macro_f1: float


@dataclass(frozen=True, slots=True)
class Summary:
    """A project at one moment."""

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
    test: HeldOutSummary | None = None
    what_if: tuple[WhatIf, ...] = ()

    def to_json(self) -> str:
        """Return the tree as JSON: every field by its name, numbers unrounded, null for what is not known."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False, allow_nan=False)
