"""Which card comes next for one annotator, and whose screen it is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.session.again import Again, in_doubt, next_again, next_doubted
from activelabel.session.cards import claim_data, dealt, left_open, looked_at_again
from activelabel.session.items import Items
from activelabel.session.queue import left_to_ask, next_card, part_of

if TYPE_CHECKING:
    from activelabel.project.claims import Claims
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import PlannedCard, PlanReader
    from activelabel.project.store import Store
    from activelabel.records.cards import Card
    from activelabel.session.clusters.desk import ClusterDesk
    from activelabel.session.queue import Arrange

__all__ = ["Dealer"]


class Dealer:
    """Deals cards: by the rules of `again.py`, `queue.py` and `clusters/desk.py`, and notes each in the claims.

    Parameters
    ----------
    store
        What answered items showed.
    plans
        Follows the plan in force.
    claims
        What is on whose screen.
    annotator
        Who answers.
    ledger
        What was said; it is kept up to date by others.
    clusters
        What is asked about whole clusters.

    Attributes
    ----------
    items
        Every item, for those who look for one.
    """

    def __init__(
        self, store: Store, plans: PlanReader, claims: Claims, annotator: str, ledger: Ledger, clusters: ClusterDesk
    ) -> None:
        self._store = store
        self._plans = plans
        self._claims = claims
        self._ledger = ledger
        self._clusters = clusters
        self._annotator = annotator
        self.items = Items(plans, ledger, claims, annotator)
        self._resumed = False

    def left_open(self) -> Again | PlannedCard | None:
        """Return what was on this annotator's screen when the last session was killed, once; None after that."""
        if self._resumed or self._plans.plan is None:
            return None
        self._resumed = True
        found = self._claims.mine(self._annotator) or {}
        self.items.resume(found)
        self._clusters.resume(found, self._ledger.undoable(self._annotator))
        return left_open(found, self._plans.plan, self._ledger, self._annotator)

    def deal(self, left: Again | PlannedCard | None, arranged: Arrange) -> Card | None:
        """Return the next card; None when the plan in force holds no open one.

        Parameters
        ----------
        left
            What was left open, to be asked first.
        arranged
            Puts the ranked cards that are open into the order in which this session asks them.

        Raises
        ------
        ProjectError
            If what an item showed when it was first answered is lost.
        """
        if wanted := self.items.card():
            return wanted
        if left is None and (card := self._clusters.next_card()):
            self._claims.claim(self._annotator, card.item.unit, self._clusters.claim())
            return card
        chosen = left or self._next(arranged)
        return self._given_before(chosen) if isinstance(chosen, Again) else self._planned(chosen)

    def card_of(self, again: Again) -> Card:
        """Return the card that asks for an answer again.

        Raises
        ------
        ProjectError
            If what its item showed is lost.
        """
        return looked_at_again(again, self._store, self._plans.plan, self._ledger)

    def more_to_come(self) -> bool:
        """Say whether the pool holds open units that the plan in force does not: a new plan will bring them."""
        plan = self._plans.plan
        return plan is None or left_to_ask(plan, self._ledger) > 0

    def _next(self, arranged: Arrange) -> Again | PlannedCard | None:
        """Return the answer to ask for again or the planned card that comes next."""
        plan, ledger = self._plans.plan, self._ledger
        others = self._claims.of_others(self._annotator)
        again = next_again(ledger, plan, self._annotator, others)
        # not when all else is answered: whoever reached the end is not kept, but for labels that are in doubt
        if again and (again.answer.data["unit"] in ledger.doubted or self.more_to_come()):
            return again
        # what is in doubt is asked for as such, and comes back when nothing else is left
        part = part_of(plan)
        closed = {*others, *in_doubt(ledger, part)}
        planned = next_card(plan, ledger, closed, arranged, self._clusters.spread()) if plan else None
        return planned or next_doubted(ledger, others, part)

    def _given_before(self, again: Again) -> Card:
        card = self.card_of(again)
        # a blind repeat cannot be found again without a trace; the others follow from what was said
        self._claims.claim(self._annotator, card.item.unit, {"repeats": card.repeats} if card.repeats else {})
        return card

    def _planned(self, planned: PlannedCard | None) -> Card | None:
        plan = self._plans.plan
        if planned is None or plan is None:
            return None
        item = self._plans.item(planned)
        if item is None:
            self._plans.discard()
            return None
        self._claims.claim(self._annotator, planned.unit, claim_data(planned, plan))
        return dealt(planned, plan, item, self._ledger)
