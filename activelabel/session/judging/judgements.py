"""What one judgement of the model after another says of going on: nothing is fitted for it that was not fitted anyway.

It is kept while the learner lives. After a new start the signs come back as judgements do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.betting import lower_bound_since
from activelabel.learning.stopping import has_settled, is_narrow, kappa
from activelabel.learning.worth import SMALL_DROP, WORTHWHILE, projected_gain
from activelabel.records.progress import HEADLINE_FROM, ROUND

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.worth import Gain
    from activelabel.project.plan import Measures
    from activelabel.records.progress import Estimate
    from activelabel.session.answers import Audit
    from activelabel.session.judging.cross_judging import Judged

__all__ = ["APART", "Judgements"]

APART = 10
"""Labels between predictions that are compared: what two plans in a row agree on says nothing."""


class Judgements:
    """The course of one project, as its plans saw it."""

    def __init__(self) -> None:
        self._kappas: list[float] = []
        self._seen: tuple[int, NDArray[np.intp]] | None = None
        self._judged: list[tuple[int, NDArray[np.intp], NDArray[np.intp]]] = []

    def predicted(self, labels: int, classes: NDArray[np.intp]) -> None:
        """Take note of what a model fitted on so many labels predicts for all rows, shape (n,)."""
        if self._seen is not None and 0 <= labels - self._seen[0] < APART:
            return
        if self._seen is not None:
            # after an undo the course begins again
            self._kappas = [*self._kappas[-1:], kappa(self._seen[1], classes)] if labels > self._seen[0] else []
        self._seen = labels, classes

    def measured(
        self, measures: Measures, labels: int, audit: Audit, judged: Judged | None, asked_of: NDArray[np.bool_]
    ) -> Measures:
        """Return the measures of a plan with what its audit answers say of its model.

        Parameters
        ----------
        measures
            All else.
        labels
            That the model was fitted on.
        audit
            The audit sample.
        judged
            All rows by models fitted without their labels; None where there is no audit answer.
        asked_of
            Shape (n,): rows that the audit answers were drawn from.
        """
        bare = replace(
            measures,
            accuracy=None,
            at_least=None,
            gain=None,
            gain_at_most=None,
            audited=len(audit.rows) + audit.not_sure,
        )
        if judged is not None:
            gain = self.gain(labels, audit.rows, judged.predicted[audit.rows], audit.truth)
            bare = replace(
                bare,
                accuracy=judged.accuracy(audit, asked_of, audit.population),
                at_least=lower_bound_since(audit.foreseen, audit.population - len(audit.rows) + len(audit.foreseen)),
                gain=gain.value if gain else None,
                gain_at_most=gain.upper if gain else None,
            )
        signs, for_stop = self.signs(bare.accuracy, bare.gain_at_most, bare.error_drop)
        return replace(bare, signs=signs, for_stop=for_stop)

    def gain(
        self, labels: int, rows: NDArray[np.intp], predicted: NDArray[np.intp], truth: NDArray[np.intp]
    ) -> Gain | None:
        """Return what the next round should add, by what the last one has; None before there is one to compare.

        Parameters
        ----------
        labels
            That the model was fitted on.
        rows, predicted, truth
            Shape (a,): the audit rows, the classes that models predict which were fitted without their answers, and
            their answers.
        """
        self._judged = [past for past in self._judged if past[0] < labels]
        earlier = next((past for past in reversed(self._judged) if labels - past[0] >= ROUND), None)
        self._judged.append((labels, rows, predicted))
        if earlier is None:
            return None
        # judged then, and still in the sample
        _, then, now = np.intersect1d(earlier[1], rows, return_indices=True)
        if len(now) < HEADLINE_FROM:
            return None
        before, after = earlier[2][then] == truth[now], predicted[now] == truth[now]
        return projected_gain(before, after, labels - earlier[0], ROUND)

    def signs(self, accuracy: Estimate | None, gain_at_most: float | None, error_drop: float | None) -> tuple[int, int]:
        """Return how many signs are known, and how many of those say stop (the numbers of `report`'s advice).

        Parameters
        ----------
        accuracy
            With its interval, which is narrow or not.
        gain_at_most
            Upper bound of what the next round should add.
        error_drop
            Share of errors that it is expected to mend.
        """
        known = [has_settled(self._kappas)] if len(self._kappas) > 1 else []
        known += [is_narrow(accuracy)] if accuracy else []
        known += [gain_at_most < WORTHWHILE] if gain_at_most is not None else []
        known += [error_drop < SMALL_DROP] if error_drop is not None else []
        return len(known), sum(known)
