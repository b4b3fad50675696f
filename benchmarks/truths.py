"""The figures of a report beside what is true, where every answer is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from activelabel.learning.accuracy import confusion, macro_f1, wilson
from activelabel.reporting.summarise import Frame, summarise

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sessions import Session

    from activelabel.records.progress import Estimate
    from activelabel.session.judging.cross_judging import Judged

__all__ = ["believed_right", "compared"]


def believed_right(session: Session) -> float:
    """Return of which share of sure rows the model that asked, or would now, is right; rows asked by none left out."""
    answered = session.believed >= 0
    unanswered = np.ones(len(session.sure), dtype=bool)
    unanswered[session.answers.rows] = False
    counted = session.sure & (answered | unanswered)
    right = np.where(answered, session.believed, session.lesson.predicted) == session.said
    return float(right[counted].mean())


def compared(session: Session) -> list[dict[str, Any]]:
    """Return every interval of the report with whether it holds the truth, how wide it is and how far off its value."""
    found, judged = session.judge()
    summary = summarise(session.ledger, found, Frame("", 0, 0, None))
    truth = float((judged.predicted == session.said)[session.sure].mean())
    of_classes = _class_truths(session, judged)
    rows = [
        ("accuracy", summary.accuracy.right, truth),
        ("accuracy, as counted", summary.accuracy.counted, truth),
        ("accuracy, while labelling", session.judge_at_once(), truth),
        ("accuracy, items nobody answered", summary.accuracy.right, _unanswered(session)),
        ("macro-F1", summary.accuracy.macro_f1, _f1(session, judged)),
        ("propagated", summary.propagated.right, _carried(session)),
    ]
    for number, one in enumerate(summary.classes):
        rows += [
            ("precision of a class", one.precision, of_classes["precision"][number]),
            ("recall of a class", one.recall, of_classes["recall"][number]),
            ("share of a class", one.share, of_classes["share"][number]),
        ]
        counted = wilson(one.support, len(found.truth), found.population)
        rows.append(("share of a class, as counted", counted, of_classes["share"][number]))
    return [_figure(name, found, true) for name, found, true in rows if found is not None and not np.isnan(true)]


def _figure(name: str, found: Estimate, true: float) -> dict[str, Any]:
    # a share of few rows is a fraction that rounding must not push out of its interval
    held = found.low - 1e-9 <= true <= found.high + 1e-9
    return {"name": name, "held": held, "width": found.high - found.low, "off": found.value - true}


def _unanswered(session: Session) -> float:
    """Return the share right of what the model of all labels says of rows nobody answered."""
    rows = session.sure.copy()
    rows[[session.workshop.dataset.row_of(unit) for unit in session.ledger.settled()]] = False
    return float((session.lesson.predicted == session.said)[rows].mean())


def _f1(session: Session, judged: Judged) -> float:
    rows = session.sure
    return macro_f1(session.said[rows], judged.predicted[rows])


def _carried(session: Session) -> float:
    """Return the share right of the labels propagated to rows nobody answered."""
    rows = session.sure & session.lesson.propagation.reached
    rows[[session.workshop.dataset.row_of(unit) for unit in session.ledger.settled()]] = False
    labels = session.lesson.decision.labels(session.lesson.propagation.proba)
    return float((labels == session.said)[rows].mean())


def _class_truths(session: Session, judged: Judged) -> dict[str, NDArray[np.float64]]:
    rows = session.sure
    k = len(session.ledger.classes)
    counts = confusion(session.said[rows], judged.predicted[rows], k)
    with np.errstate(invalid="ignore"):
        return {
            "precision": np.diag(counts) / counts.sum(axis=0),
            "recall": np.diag(counts) / counts.sum(axis=1),
            "share": counts.sum(axis=1) / counts.sum(),
        }
