"""Ask, tell, undo: which card comes next, and what is recorded when it is answered.

The asker reads the plan and the events, and writes events. It imports no numpy and waits for nobody: between a key
and the next card lie one COMMIT and a few set look-ups, whatever the size of the pool.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activelabel.project.ledger import Ledger
from activelabel.project.store import Draft
from activelabel.records import Card, EventKind, ItemRecord, LabelClass, Precedent, Progress
from activelabel.session.again import Again, next_again, next_doubted
from activelabel.session.aims import Aims
from activelabel.session.cards import (
    SAID,
    answer_data,
    as_it_stands,
    asked_again,
    claim_data,
    dealt,
    left_open,
    looked_at_again,
)
from activelabel.session.choice import choose
from activelabel.session.class_changes import ClassChange, change_of, item_meant
from activelabel.session.class_edits import ClassEdit
from activelabel.session.habits import typed_data
from activelabel.session.precedents import precedents
from activelabel.session.queue import next_card
from activelabel.session.remarks import remark
from activelabel.session.replies import BadItem, Decided, Flagged, Noted, NotSure, Redo, Reply, Skipped, Undo
from activelabel.session.surroundings import surroundings
from activelabel.session.undo import redo_last, undo_last

if TYPE_CHECKING:
    from collections.abc import Callable

    from activelabel.project.claims import Claims
    from activelabel.project.plan import Plan, PlannedCard, PlanReader
    from activelabel.project.store import Store

__all__ = ["Asker", "Outcome"]

SIMPLE = {Skipped: EventKind.SKIP, NotSure: EventKind.NOT_SURE, BadItem: EventKind.BAD_ITEM}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a reply: the item it was about, "" for classes, and in a word what was saved for it."""

    item: str
    said: str


class Asker:
    """One annotator's side of a project.

    Parameters
    ----------
    store
        The open database of events.
    plans
        Follows the plan in force.
    claims
        What is on whose screen.
    annotator
        Who answers.
    now
        Gives the time as UTC, ISO 8601.

    Attributes
    ----------
    aims
        What the session is to reach; nothing at first.
    """

    def __init__(self, store: Store, plans: PlanReader, claims: Claims, annotator: str, now: Callable[[], str]) -> None:
        self.ledger = Ledger(store.events())
        self.aims = Aims(annotator)
        self.message = ""
        self._store = store
        self._plans = plans
        self._claims = claims
        self._annotator = annotator
        self._now = now
        self._again: Card | None = None
        self._resumed = False
        self._plans.refresh()

    @property
    def plan(self) -> Plan | None:
        """The plan in force; None while there is none."""
        return self._plans.plan

    @property
    def generation(self) -> int:
        """The generation of the plan in force, 0 for none."""
        return self._plans.plan.generation if self._plans.plan else 0

    def ask(self) -> Card | None:
        """Return the card to put before the annotator; None when the plan in force holds no open one.

        Raises
        ------
        ProjectError
            If what an item showed when it was first answered is lost.
        """
        if self._plans.refresh() and self._plans.plan:
            self.message = self._plans.plan.notice or self.message
            if self._plans.plan.answers_through > self.ledger.counter:
                # it may name a class that another annotator has just added
                self._read()
        if self._again:
            return as_it_stands(self._again, self.ledger)
        chosen = self._left_open() or self._next()
        card = self._given_before(chosen) if isinstance(chosen, Again) else self._planned(chosen)
        return card and as_it_stands(card, self.ledger)

    def card_of(self, again: Again) -> Card:
        """Return the card that asks for an answer again.

        Raises
        ------
        ProjectError
            If what its item showed is lost.
        """
        return as_it_stands(looked_at_again(again, self._store, self._plans.plan, self.ledger), self.ledger)

    def item(self, item_id: str) -> ItemRecord | None:
        """Return what an item showed when something was first said of it; None if that is lost."""
        return self._store.item(item_id)

    def tell(self, card: Card, reply: Reply, seconds: float) -> Outcome:
        """Record a reply; when this returns it is on disk.

        Raises
        ------
        NotSaved
            If it did not reach the disk. The card stays.
        WrongUse
            If the reply cannot be meant for this card: nothing to accept or to take back, a class that exists.
        """
        if isinstance(reply, Undo):
            return self._undo()
        if isinstance(reply, Redo):
            return self._redo()
        if isinstance(reply, Noted | Flagged):
            return self._remark(card, reply)
        if isinstance(reply, ClassEdit):
            change = self._change(card, reply)
            self._record(*change.drafts)
            self.message = change.words
            return Outcome("", change.words)
        return self._answer(card, reply, seconds)

    def foreseen(self, card: Card, edit: ClassEdit) -> str:
        """Return what an edit of the classes would come to, in a sentence; nothing is recorded.

        Raises
        ------
        WrongUse
            If it cannot be made.
        """
        return self._change(card, edit).words

    def example(self, item_id: str) -> ItemRecord | None:
        """Return an item that was given as an example of a class; None if it is not known."""
        return self.item(item_id)

    def take_back(self) -> Outcome:
        """Take the last decision of this annotator back, on whatever card; the next one asked is that of an answer.

        Raises
        ------
        NotSaved
            If it did not reach the disk.
        WrongUse
            If there is none.
        """
        return self._undo()

    def precedents(self, card: Card) -> tuple[Precedent, ...]:
        """Return the nearest items that this annotator has decided, those of the contested classes first."""
        return precedents(card, self.ledger, self._annotator, self._store.item)

    def classes(self) -> tuple[LabelClass, ...]:
        """Return the classes there are, in the order they were made."""
        return tuple(self.ledger.classes.values())

    def answers_given(self) -> int:
        """Return how many answers this annotator has given, those taken back too."""
        return sum(event.annotator == self._annotator for event in self.ledger.said)

    def progress(self) -> Progress:
        """Return what stands around the next card."""
        bare = surroundings(self.ledger, self._plans.plan, self._annotator, self.message)
        return self.aims.added_to(bare, self.ledger, self._plans.plan, self._now())

    def is_over(self, card: Card, answered: int) -> bool:
        """Say whether the session ends before this card, after so many answers; the first card starts its clock."""
        return self.aims.is_over(card, answered, self.ledger, self._plans.plan)

    def was_away(self, seconds: float) -> None:
        """Take note that the person was elsewhere for the last `seconds`: the session's clock stood still."""
        self.aims.watch.stand_still(seconds)

    def more_to_come(self) -> bool:
        """Say whether the pool holds open units that the plan in force does not: a new plan will bring them."""
        plan = self._plans.plan
        return plan is None or plan.askable > len(self.ledger.since(plan.answers_through))

    def look_again(self) -> int:
        """Read the plan when there is a new one; return the generation in force, 0 for none."""
        self._plans.refresh()
        return self.generation

    def leave(self) -> None:
        """Take this annotator's card off the claims."""
        self._claims.release(self._annotator)

    def _remark(self, card: Card, reply: Noted | Flagged) -> Outcome:
        draft, said = remark(card, reply, self.ledger)
        self._record(draft)
        # the card stays, whatever was planned since
        self._again = card
        self.message = said
        return Outcome(card.item.id, f"({said})")

    def _answer(self, card: Card, reply: Reply, seconds: float) -> Outcome:
        data = answer_data(card, seconds)
        if isinstance(reply, Decided):
            data["reason"], reply = reply.reason, reply.answer
        if kind := SIMPLE.get(type(reply)):
            self._record(Draft(kind, data, card.item))
            said = SAID[kind]
        else:
            chosen, drafts = choose(card, reply, self.ledger)
            data |= {"classes": [chosen.id], **typed_data(reply)}
            self._record(*drafts, Draft(EventKind.LABEL, data, card.item))
            said = chosen.name
        self._again = None
        self.message = f"saved: {said}"
        return Outcome(card.item.id, said)

    def _change(self, card: Card, edit: ClassEdit) -> ClassChange:
        return change_of(edit, self.ledger, item_meant(edit, card.item, self._store))

    def _undo(self) -> Outcome:
        last, words = undo_last(self.ledger, self._annotator, self._record)
        item = self._store.item(last.item) if last.kind.is_answer else None
        self._again = asked_again(last, item, self.ledger, self.plan) if item else None
        self.message = f"taken back: {words}"
        return Outcome("" if last.kind.is_about_class else last.item, "(undone)")

    def _redo(self) -> Outcome:
        last, words = redo_last(self.ledger, self._annotator, self._record)
        self._again = None
        self.message = f"brought back: {words}"
        return Outcome("" if last.kind.is_about_class else last.item, words)

    def _next(self) -> Again | PlannedCard | None:
        """Return the answer to ask for again or the planned card that comes next."""
        plan = self._plans.plan
        others = self._claims.of_others(self._annotator)
        again = next_again(self.ledger, plan, self._annotator, others)
        # not when all else is answered: whoever reached the end is not kept, but for labels that are in doubt
        if again and (again.answer.data["unit"] in self.ledger.doubted or self.more_to_come()):
            return again
        # what is in doubt is asked for as such, and comes back when nothing else is left
        closed = {*others, *self.ledger.doubted}
        return (plan and next_card(plan, self.ledger, closed, self.aims.arranged)) or next_doubted(self.ledger, others)

    def _given_before(self, again: Again) -> Card:
        card = self.card_of(again)
        # a blind repeat cannot be found again without a trace; the others follow from what was said
        self._claims.claim(self._annotator, card.item.unit, {"repeats": card.repeats} if card.repeats else {})
        return card

    def _planned(self, planned: PlannedCard | None) -> Card | None:
        settings, plan = self.ledger.settings, self._plans.plan
        if planned is None or settings is None or plan is None:
            return None
        item = self._plans.item(planned)
        if item is None:
            self._plans.discard()
            return None
        self._claims.claim(self._annotator, planned.unit, claim_data(planned, plan))
        return dealt(planned, plan, item, self.ledger)

    def _record(self, *drafts: Draft) -> None:
        self._store.append(self._annotator, self._now(), drafts)
        # read back rather than apply: another annotator may have written between two of ours
        self._read()

    def _read(self) -> None:
        for event in self._store.events(after=self.ledger.counter):
            self.ledger.apply(event)

    def _left_open(self) -> Again | PlannedCard | None:
        if self._resumed or self._plans.plan is None:
            return None
        self._resumed = True
        return left_open(self._claims.mine(self._annotator) or {}, self._plans.plan, self.ledger, self._annotator)
