"""Propagated labels: how many there are of each kind, how sure they are, and how right by the audit answers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.accuracy import wilson
from activelabel.learning.assessment import CarriedBy
from activelabel.learning.powered import share_of_others

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.assessment import Assessment, Carried
    from activelabel.project.ledger import Ledger
    from activelabel.records.progress import Estimate

__all__ = ["BANDS", "Probed", "Propagated", "PropagatedPart", "propagated_labels"]

BANDS = (0.0, 0.5, 0.7, 0.9, 1.0)
"""Between these confidences labels are told apart."""


@dataclass(frozen=True, slots=True)
class PropagatedPart:
    """Propagated labels of one kind, or of one band of confidence.

    Attributes
    ----------
    by
        ``near``, ``near-duplicate`` or ``cluster``; "" for all kinds.
    low, high
        The band of confidence; 0 and 1 for all.
    units, items
        How many such labels there are now.
    confidence
        Their mean confidence; None where there is none.
    right
        Share right of the audit answers that such a label would reach without them; None where there is none.
    """

    by: str
    low: float
    high: float
    units: int
    items: int
    confidence: float | None
    right: Estimate | None


@dataclass(frozen=True, slots=True)
class Probed:
    """What was looked at before clusters got their label: members right, of how many drawn, and the bound.

    bound is the share of all members that are right at least, the mean of the clusters' bounds by their sizes. Clusters
    were given a label because their probe was pure, so the share in the probes flatters; the bound does not.
    """

    right: int
    drawn: int
    bound: float


@dataclass(frozen=True, slots=True)
class Propagated:
    """Labels carried to items that nobody answered: how many units and items, and how many of them are right.

    right rests on the audit rows that a label would reach without their own; None where there are none. parts are the
    kinds and then the bands of confidence that there are; probed is None where no cluster was given a label.
    """

    units: int
    items: int
    right: Estimate | None
    parts: tuple[PropagatedPart, ...] = ()
    probed: Probed | None = None


def propagated_labels(ledger: Ledger, found: Assessment) -> Propagated:
    """Return how many labels are propagated, and how right they are, by kind and by confidence."""
    return Propagated(
        found.propagated_units, found.propagated_items, _right_of_all(found), _parts(found), _probed(ledger)
    )


def _right_of_all(found: Assessment) -> Estimate | None:
    """Return the share right of all propagated labels.

    Items that were asked about were mostly those that models doubted, so what is left is surer than a random item, and
    by as much rightlier labelled as surer audit rows are.
    """
    reached = found.carried >= 0
    now, audit = found.now_carried, found.audit_carried
    if now is None or audit is None or not len(now.sure) or not reached.any():
        return _right(found, reached)
    right = (found.carried == found.truth)[reached]
    return share_of_others(right, audit.sure[reached], float(now.sure.mean()), len(now.sure))


def _parts(found: Assessment) -> tuple[PropagatedPart, ...]:
    now, audit = found.now_carried, found.audit_carried
    if now is None or audit is None:
        return ()
    reached = found.carried >= 0
    parts = []
    for kind in CarriedBy:
        right = _right(found, reached & (audit.by == kind))
        parts.append(_part((kind.value, 0.0, 1.0), now, now.by == kind, right))
    for low, high in pairwise(BANDS):
        right = _right(found, reached & _between(audit.sure, low, high))
        parts.append(_part(("", low, high), now, _between(now.sure, low, high), right))
    return tuple(part for part in parts if part.units or part.right)


def _part(
    which: tuple[str, float, float], now: Carried, rows: NDArray[np.bool_], right: Estimate | None
) -> PropagatedPart:
    sure = now.sure[rows]
    confidence = float(sure.mean()) if len(sure) else None
    return PropagatedPart(*which, len(sure), int(now.items[rows].sum()), confidence, right)


def _between(sure: NDArray[np.float64], low: float, high: float) -> NDArray[np.bool_]:
    return np.asarray((sure >= low) & ((sure < high) | (high == 1.0)))


def _right(found: Assessment, rows: NDArray[np.bool_]) -> Estimate | None:
    return wilson(int((found.carried == found.truth)[rows].sum()), int(rows.sum())) if rows.any() else None


def _probed(ledger: Ledger) -> Probed | None:
    given = [event.data for event in ledger.cluster_answers() if event.data["members"]]
    probed = [data for data in given if data.get("drawn")]
    if not probed:
        return None
    sizes = sum(len(data["members"]) for data in given)
    bound = sum(data.get("bound", 0.0) * len(data["members"]) for data in given) / sizes
    return Probed(sum(data["right"] for data in probed), sum(data["drawn"] for data in probed), bound)
