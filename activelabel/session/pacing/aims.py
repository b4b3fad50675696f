"""What a session aims at: which card serves it, how far it still is, and when it is reached.

All of it is worked out from the events, the plan and the watch: nothing here is recorded, and nobody waits for it.
"""

from __future__ import annotations

from dataclasses import replace
from math import floor
from typing import TYPE_CHECKING

from activelabel.project.wording import counted
from activelabel.records.progress import HEADLINE_FROM, Target
from activelabel.session.pacing.pace import length_of
from activelabel.session.pacing.priority import by_worth, short_first, suggested_class
from activelabel.session.pacing.rounds import Rounds
from activelabel.session.pacing.targets import Targets, answers_until
from activelabel.session.pacing.timekeeper import Timekeeper
from activelabel.session.pacing.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan, PlannedCard
    from activelabel.records.cards import Card
    from activelabel.records.progress import Progress

__all__ = ["Aims"]

LEAST_OF_A_CARD = 0.5
"""Share of its expected seconds that must be left for a card to be begun: with less it would probably run over by more
than half of itself."""


class Aims:
    """The aims of one session.

    Parameters
    ----------
    annotator
        Whose.
    targets
        What it may end by.
    watch
        Its clock.

    Attributes
    ----------
    limit
        Answers it may take; None for no limit.
    reason
        Why it ended, in words; "" while it goes on, or when the person left.
    """

    def __init__(self, annotator: str, targets: Targets | None = None, watch: Watch | None = None) -> None:
        self.targets = targets or Targets()
        self.watch = watch or Watch()
        self.limit: int | None = None
        self.reason = ""
        self._answered = 0
        self._started = self._lost = False
        self._told = -1, ""
        self._times = Timekeeper(annotator)
        self._rounds = Rounds()

    def arranged(self, cards: Sequence[PlannedCard], ledger: Ledger) -> list[PlannedCard]:
        """Return open ranked cards in the order in which they serve the session."""
        ordered = list(cards)
        if self.targets.budget is not None:
            ordered = by_worth(ordered, self._times.pace(ledger))
        return short_first(ordered, ledger, self.targets.at_least) if self.targets.at_least else ordered

    def is_over(self, card: Card, answered: int, ledger: Ledger, plan: Plan | None) -> bool:
        """Say whether the session ends before this card; the first one starts the clock."""
        self._answered = answered
        self.reason = self.reached(ledger, plan) or self._out_of_time(card, ledger)
        if not self.reason:
            self._started = True
            self.watch.start()
        return bool(self.reason)

    def reached(self, ledger: Ledger, plan: Plan | None) -> str:
        """Return which target is reached, in words; "" for none."""
        until, measures = self.targets.until, plan.measures if plan else None
        if until and measures and measures.at_least is not None and measures.at_least >= until:
            # rounded down: it is a bound
            bound, n = floor(1000 * measures.at_least) / 10, measures.accuracy.n if measures.accuracy else 0
            sure = f"at least {bound:g} % right, however often one looks (from {counted(n, 'audit answer')})"
            return f"{100 * until:g} % reached: {sure}"
        if self.targets.at_least and ledger.classes and not self._missing(ledger):
            return f"every class has {counted(self.targets.at_least, 'label')} or more"
        return ""

    def ended(self, taken: int, ledger: Ledger, plan: Plan | None) -> None:
        """Settle why the session ended, after `taken` answers and with what is known then."""
        if self.limit is not None and taken >= self.limit:
            self.reason = f"{counted(taken, 'answer')}, as many as were wanted"
        self.reason = self.reason or self.reached(ledger, plan)

    def still_short(self, ledger: Ledger) -> str:
        """Return the classes that have fewer labels than wanted, in words; "" where none has or none is wanted."""
        wanted = self.targets.at_least or 0
        each = [f"{ledger.class_name(one)} {ledger.counts[one]} of {wanted}" for one in self._missing(ledger)]
        return f"still short: {', '.join(each)}" if each else ""

    def added_to(self, progress: Progress, ledger: Ledger, plan: Plan | None, now: str) -> Progress:
        """Return what stands around the next card with pace, aims and what is to be said about them.

        Parameters
        ----------
        progress
            All else.
        ledger, plan
            Everything said so far, and the plan in force.
        now
            As UTC, ISO 8601.
        """
        pace = self._times.pace(ledger)
        seconds = pace.mean_of((*plan.cards, *plan.reserve) if plan else ())
        target = self._target(plan)
        known = seconds if pace.is_known else None
        words = [progress.message, self._none_suggested(ledger, plan), self._times.break_words(ledger, now)]
        return replace(
            progress,
            pace=known,
            ahead=self._ahead(progress.left, seconds, target, ledger),
            target=target,
            wanted=self.targets.at_least or 0,
            outlook=self._rounds.outlook(ledger, plan, known),
            message="; ".join(filter(None, words)),
        )

    def _out_of_time(self, card: Card, ledger: Ledger) -> str:
        budget = self.targets.budget
        if budget is None or not self._started:
            return ""
        expected = self._times.pace(ledger).expected(card.kind, length_of(card.item.content))
        if budget - self.watch.spent() >= LEAST_OF_A_CARD * expected:
            return ""
        return "the time is used up"

    def _target(self, plan: Plan | None) -> Target | None:
        accuracy = plan.measures.accuracy if plan else None
        # of fewer nobody can tell yet on which side of the share they are
        if self.targets.until is None or plan is None or accuracy is None or accuracy.n < HEADLINE_FROM:
            return None
        return Target(self.targets.until, answers_until(self.targets.until, plan.measures, plan.askable))

    def _ahead(self, left: int, seconds: float, target: Target | None, ledger: Ledger) -> int | None:
        audit = ledger.settings.audit if ledger.settings else 0.0
        cards: list[float] = []
        if self.limit is not None:
            cards.append(self.limit - self._answered)
        if self.targets.budget is not None:
            cards.append((self.targets.budget - self.watch.spent()) / seconds)
        if target and target.answers is not None and audit:
            cards.append(target.answers / audit)
        if self.targets.at_least and audit < 1:
            # audit cards are drawn for no class
            cards.append(sum(self._missing(ledger).values()) / (1 - audit))
        # the card that is asked now is one of them, however short the time
        return min(left, max(1, round(min(cards)))) if cards else None

    def _missing(self, ledger: Ledger) -> dict[str, int]:
        wanted = self.targets.at_least or 0
        return {one: wanted - ledger.counts[one] for one in ledger.classes if ledger.counts[one] < wanted}

    def _none_suggested(self, ledger: Ledger, plan: Plan | None) -> str:
        """Return a line, once, when no open card is suggested to be of a class that is short; "" on other cards."""
        if ledger.counter == self._told[0]:
            return self._told[1]
        missing, guesses = self._missing(ledger), set[str | None]()
        if missing and plan and plan.model_labels:
            closed = ledger.settled()
            open_cards = (card for card in (*plan.cards, *plan.reserve) if card.unit not in closed)
            guesses = {suggested_class(card, ledger) for card in open_cards}
        before, self._lost = self._lost, bool(missing and guesses and not guesses & missing.keys())
        words = f"nothing is suggested for what is {self.still_short(ledger)}" if self._lost and not before else ""
        self._told = ledger.counter, words
        return words
