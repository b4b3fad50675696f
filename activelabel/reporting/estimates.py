"""Accuracy, macro-F1, and what is known of each class, from the audit answers."""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.accuracy import class_scores, confusion, wilson
from activelabel.learning.f1_interval import macro_f1_interval
from activelabel.learning.powered import independent, powered_share
from activelabel.learning.worth import answers_until_narrow
from activelabel.records.progress import HEADLINE_FROM, Estimate
from activelabel.reporting.summary import Accuracy, Biased, ClassSummary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.assessment import Assessment
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan

__all__ = ["F1_FROM", "accuracy_of", "classes_of", "right_of", "shares_of"]

F1_FROM = 3
"""Audit answers of every class from which macro-F1 is given: with fewer its interval holds too seldom."""


def right_of(found: Assessment) -> Estimate | None:
    """Return the share right, by the audit answers and by how sure models were; None without an audit answer."""
    right = _hits(found)
    if not len(right):
        return None
    if found.foretold is None:
        return wilson(int(right.sum()), len(right), found.population)
    return found.foretold.share_right(right, found.population)


def shares_of(found: Assessment, n_classes: int) -> list[Estimate | None]:
    """Return for each class its share of the units that the audit answers were drawn from."""
    if not len(found.truth):
        return [None] * n_classes
    of_class = [found.truth == number for number in range(n_classes)]
    foretold = found.foretold
    if foretold is None:
        return [wilson(int(there.sum()), len(there), found.population) for there in of_class]
    return [
        powered_share(there, foretold.proba[:, number], float(foretold.of_all[number]), found.population)
        for number, there in enumerate(of_class)
    ]


def accuracy_of(found: Assessment, right: Estimate | None, seed: int, n_classes: int, plan: Plan | None) -> Accuracy:
    """Return how right the model is.

    Parameters
    ----------
    found
        What was assessed.
    right
        As from `right_of`.
    seed
        Of the draws that macro-F1's interval takes.
    n_classes
        k.
    plan
        In force; None where there is none.
    """
    judged, hits = len(found.truth), _hits(found)
    counted = wilson(int(hits.sum()), judged, found.population) if len(hits) else None
    worst = best = None
    if found.not_sure and counted:
        among = judged + found.not_sure
        worst = wilson(int(hits.sum()), among, found.population)
        best = wilson(int(hits.sum()) + found.not_sure, among, found.population)
    enough = judged >= HEADLINE_FROM
    missing = _until(found, n_classes, F1_FROM)
    every_class = bool(missing) and all(more == 0 for more in missing)
    rng = np.random.default_rng(seed)
    return Accuracy(
        right=right,
        headline=enough,
        answers_needed=max(0, HEADLINE_FROM - judged),
        answers_until_narrow=answers_until_narrow(right, found.population) if enough and right else None,
        not_sure=found.not_sure,
        bad=found.bad,
        worst=worst,
        best=best,
        macro_f1=_macro_f1(found, right, rng) if enough and every_class and right and len(hits) else None,
        known=plan.measures.known if plan else None,
        counted=counted,
        answers_until_macro_f1=max((more for more in missing if more is not None), default=None)
        if None not in missing
        else None,
        biased=_biased(found),
    )


def classes_of(ledger: Ledger, found: Assessment) -> tuple[ClassSummary, ...]:
    """Return what is known of each class, in order of creation."""
    imported = Counter(ledger.prior().values())
    k = len(ledger.classes)
    counts = np.zeros((k, k), dtype=np.intp)
    if len(found.truth) and len(found.predicted):
        counts = confusion(found.truth, found.predicted, k)
    support = np.bincount(found.truth, minlength=k)
    columns = zip(
        ledger.classes.values(),
        class_scores(counts),
        support.tolist(),
        shares_of(found, k),
        _until(found, k, HEADLINE_FROM),
        strict=True,
    )
    whole = found.population + sum(imported.values())
    return tuple(
        ClassSummary(
            name=known.name,
            key=known.key,
            labels=ledger.counts[known.id],
            imported=imported[known.id],
            support=there,
            precision=scores.precision,
            recall=scores.recall,
            share=_with_imported(share, found.population, imported[known.id], whole) if share else None,
            answers_until_known=until,
        )
        for known, scores, there, share, until in columns
    )


def _hits(found: Assessment) -> NDArray[np.bool_]:
    """Return whether each audit row was predicted right, shape (a,); nothing before there is a model."""
    return found.predicted == found.truth if len(found.predicted) else np.empty(0, dtype=bool)


def _macro_f1(found: Assessment, right: Estimate, rng: np.random.Generator) -> Estimate:
    """Return the mean F1 of the classes; rows that are right or wrong together tell as little of it as of accuracy."""
    n, covariance = len(found.truth), found.foretold.covariance if found.foretold else 0.0
    size = independent(n, right.value, covariance)
    return macro_f1_interval(found.truth, found.predicted, rng, found.population, right.value, size)


def _until(found: Assessment, n_classes: int, wanted: int) -> list[int | None]:
    """Return for each class about how many more audit answers bring it to so many; None when not known."""
    support = np.bincount(found.truth, minlength=n_classes).tolist()
    left = max(found.population - len(found.truth) - found.not_sure, 0)
    more: list[int | None] = []
    for there, share in zip(support, shares_of(found, n_classes), strict=True):
        if there >= wanted:
            more.append(0)
        elif share is None or not share.value:
            more.append(None)
        else:
            more.append(min(ceil((wanted - there) / share.value), left))
    return more


def _with_imported(share: Estimate, population: int, known: int, whole: int) -> Estimate:
    """Return the share of all units, those included whose class came with the data."""
    low, value, high = ((known + part * population) / whole for part in (share.low, share.value, share.high))
    return Estimate(value, low, high, share.n)


def _biased(found: Assessment) -> Biased | None:
    if found.foretold_right is None or found.foretold is None:
        return None
    return Biased(found.foretold_right, found.sure_now)
