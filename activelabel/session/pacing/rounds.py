"""The line between two rounds: what the next twenty answers should bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.records.progress import ROUND, Outlook

if TYPE_CHECKING:
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan

__all__ = ["Rounds"]


class Rounds:
    """Says once after every twenty answers what comes next, as soon as a plan has seen them all."""

    def __init__(self) -> None:
        self._round: int | None = None
        self._due: int | None = None
        self._shown_at = -1

    def outlook(self, ledger: Ledger, plan: Plan | None, seconds_a_card: float | None) -> Outlook | None:
        """Return what to say on the next card; None on most.

        Parameters
        ----------
        ledger
            Everything said so far.
        plan
            The plan in force, if there is one.
        seconds_a_card
            The pace, where it is known.
        """
        number = ledger.given // ROUND
        if self._round is not None and number > self._round:
            self._due = ledger.counter
        self._round = number
        if plan is None:
            return None
        if self._due is not None and plan.answers_through >= self._due:
            self._due, self._shown_at = None, ledger.counter
        return _outlook(plan, seconds_a_card) if self._shown_at == ledger.counter else None


def _outlook(plan: Plan, seconds_a_card: float | None) -> Outlook | None:
    measures = plan.measures
    if measures.gain is None and not measures.signs:
        return None
    seconds = None if seconds_a_card is None else ROUND * seconds_a_card
    return Outlook(ROUND, seconds, measures.gain, measures.signs, measures.for_stop)
