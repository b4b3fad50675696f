"""What models say of every row that had not seen its label: what accuracy and prevalence are estimated from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.accuracy import cross_fit, fold_of
from activelabel.learning.assessment import Foretold
from activelabel.learning.fold_covariance import fold_covariance
from activelabel.session.pipeline import learn

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from activelabel.records.progress import Estimate
    from activelabel.session.answers import Audit
    from activelabel.session.lessons import Answers, Ground, Lesson

__all__ = ["FOLDS", "Judged", "judge", "judge_at_once"]

FOLDS = 10
"""Parts of the audit sample: the fewer rows are left out together, the more the others' models are like that of all."""

ROUGH = 5
"""Parts of all labels, where somebody waits."""

NEVER = -1


@dataclass(frozen=True, slots=True)
class Judged:
    """All rows as models see them that were fitted without what was said of the row and of its near duplicates.

    Attributes
    ----------
    proba
        Shape (n, k): the probabilities.
    predicted
        Shape (n,): the classes.
    carried, carried_sure
        Shape (n,): the class that was propagated to each row that judges and its probability, -1 and 0 where nothing
        reached it and of other rows.
    covariance
        Variance of the share right of the audit rows that comes from their teaching each other's models; 0 where it was
        not looked for.
    """

    proba: NDArray[np.float64]
    predicted: NDArray[np.intp]
    carried: NDArray[np.intp]
    carried_sure: NDArray[np.float64]
    covariance: float = 0.0

    def foretold(self, audit: NDArray[np.intp], asked_of: NDArray[np.bool_]) -> Foretold:
        """Return what was foretold of the audit rows, shape (a,), and of all rows they were drawn from, shape (n,)."""
        sure = self.proba[np.arange(len(self.proba)), self.predicted]
        of_all, sure_of_all = self.proba[asked_of].mean(axis=0), float(sure[asked_of].mean())
        return Foretold(self.proba[audit], sure[audit], of_all, sure_of_all, self.covariance)

    def accuracy(self, audit: Audit, asked_of: NDArray[np.bool_], population: int | None) -> Estimate:
        """Return the share of right predictions among `population` rows (None: endless), by one audit answer or more.

        Parameters
        ----------
        audit
            What judges.
        asked_of
            Shape (n,): rows that the audit answers were drawn from.
        population
            As for `powered_share`.
        """
        hits = self.predicted[audit.rows] == audit.truth
        return self.foretold(audit.rows, asked_of).share_right(hits, population)


def judge(ground: Ground, answers: Answers, audit: NDArray[np.intp], lesson: Lesson) -> Judged:
    """Return what models that had not seen its label say of every row.

    Each tenth of the audit rows is left out in turn, and each fifth of the other labelled rows: those were chosen
    because models were in doubt about them, so what is foretold of all rows would be too sure if they had been learnt
    from. What is left out may make a hole: had it not been answered, questions near by would have been asked instead.
    Audit rows look harder than they are, by some points while labels are few. Models are less sure of them, too, so
    that estimates which compare their sureness with that of all rows (`learning/powered.py`) allow for it. Each tenth
    is left out with the next one, too: that shows how far audit rows are right because of each other.

    Parameters
    ----------
    ground, answers
        What is learnt from.
    audit
        Shape (a,): rows of the audit sample that have a label.
    lesson
        What all the answers taught; it has a model.
    """
    found = _of_all(lesson)
    others = answers.rows[~np.isin(ground.together[answers.rows], ground.together[audit])]
    cross_fit(answers.rows, others, _refit(ground, answers, found), groups=ground.together)
    found.carried[:], found.carried_sure[:] = -1, 0
    cross_fit(answers.rows, audit, _refit(ground, answers, found), folds=FOLDS, groups=ground.together)
    unit = ground.together[answers.rows]
    fold = np.where(np.isin(unit, ground.together[audit]), fold_of(unit, FOLDS), NEVER)
    return replace(found, covariance=_covariance(ground, answers, audit, fold, found))


def judge_at_once(ground: Ground, answers: Answers, audit: NDArray[np.intp], lesson: Lesson) -> Judged:
    """Return the same from ten fits, five of which leave out a fifth of all labels each, and five two fifths.

    For the learner, which judges again and again while somebody waits for a plan. Models that learnt from fewer labels
    are right less often and less sure. Rows without a label are foretold by the model of all labels, so the premise of
    `powered_share`, that all are foretold in the same way, holds roughly; how often the intervals do is in
    docs/methods.md.

    Parameters
    ----------
    ground, answers, audit, lesson
        As for `judge`.
    """
    found = _of_all(lesson)
    cross_fit(answers.rows, answers.rows, _refit(ground, answers, found), folds=ROUGH, groups=ground.together)
    fold = fold_of(ground.together[answers.rows], ROUGH)
    return replace(found, covariance=_covariance(ground, answers, audit, fold, found))


def _of_all(lesson: Lesson) -> Judged:
    """Return what the model of all labels says."""
    if lesson.proba is None or lesson.predicted is None:
        raise ValueError("before there is a label nothing is foretold")
    n = len(lesson.proba)
    return Judged(lesson.proba.copy(), lesson.predicted.copy(), np.full(n, -1, dtype=np.intp), np.zeros(n))


def _covariance(
    ground: Ground, answers: Answers, audit: NDArray[np.intp], fold: NDArray[np.intp], found: Judged
) -> float:
    """Return the variance of the share right that comes from audit rows teaching each other's models.

    Of all pairs of folds every fold and the next are tried: as many fits as folds, where all pairs would tell the same
    with less noise.

    Parameters
    ----------
    ground, answers, audit
        As for `judge`.
    fold
        Shape (m,): with which other labels each was left out for what was found.
    found
        What models say of rows that had not seen their fold.
    """
    place = np.searchsorted(answers.rows, audit)
    home, truth = fold[place], answers.labels[place]
    numbers, sizes = np.unique(home, return_counts=True)
    gains = np.full((len(numbers), len(numbers)), np.nan)
    for one in range(len(numbers)):
        other = (one + 1) % len(numbers)
        if one == other or not np.isnan(gains[one, other]):
            continue
        kept = ~np.isin(fold, numbers[[one, other]])
        mine = audit[np.isin(home, numbers[[one, other]])]
        proba = learn(ground, answers.keeping(kept, ground.together), 0, needed=mine).proba
        for taught, teacher in ((one, other), (other, one)):
            rows, labels = audit[home == numbers[taught]], truth[home == numbers[taught]]
            without = 1 / answers.n_classes if proba is None else proba[rows, labels]
            gains[teacher, taught] = (found.proba[rows, labels] - without).sum()
    return fold_covariance(gains, sizes)


def _refit(
    ground: Ground, answers: Answers, found: Judged
) -> Callable[[NDArray[np.bool_], NDArray[np.intp]], NDArray[np.intp]]:
    """Return what learns from some of the answers and fills in what follows for the rows that were left out."""

    def refit(kept: NDArray[np.bool_], asked: NDArray[np.intp]) -> NDArray[np.intp]:
        left_out = np.flatnonzero(np.isin(ground.together, ground.together[asked]))
        lesson = learn(ground, answers.keeping(kept, ground.together), 0, needed=left_out)
        if lesson.proba is None or lesson.predicted is None or lesson.propagation is None or lesson.decision is None:
            found.proba[left_out], found.predicted[left_out] = 1 / answers.n_classes, 0
            return found.predicted[asked]
        found.proba[left_out], found.predicted[left_out] = lesson.proba[left_out], lesson.predicted[left_out]
        reached = asked[lesson.propagation.reached[asked]]
        proba = lesson.propagation.proba[reached]
        labels = lesson.decision.labels(proba)
        found.carried[reached], found.carried_sure[reached] = labels, proba[np.arange(len(reached)), labels]
        return found.predicted[asked]

    return refit
