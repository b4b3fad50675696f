"""Ask, tell, undo: which card comes next, and what is recorded when it is answered.

The asker reads the plan and the events, and writes events. It imports no numpy and waits for nobody: between a key
and the next card lie one COMMIT and a few set look-ups, whatever the size of the pool.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.project.ledger import Ledger
from activelabel.project.store import Draft
from activelabel.project.wording import counted
from activelabel.records.kinds import EventKind
from activelabel.session.cards import (
    SAID,
    answer_data,
    as_it_stands,
    asked_again,
)
from activelabel.session.choice import choose
from activelabel.session.classes.changes import ClassChange, change_of, item_meant
from activelabel.session.classes.edits import ClassEdit
from activelabel.session.clusters.desk import ClusterDesk
from activelabel.session.clusters.replies import AllAre, OneByOne, SplitCluster, TakeCluster
from activelabel.session.dealer import Dealer
from activelabel.session.habits import typed_data
from activelabel.session.outcome import SAVED, Outcome, saved_words
from activelabel.session.pacing.aims import Aims
from activelabel.session.precedents import precedents
from activelabel.session.remarks import remark
from activelabel.session.replies import BadItem, Decided, Flagged, GoTo, Noted, NotSure, Redo, Reply, Skipped, Undo
from activelabel.session.surroundings import surroundings
from activelabel.session.undo import redo_last, undo_last

if TYPE_CHECKING:
    from collections.abc import Callable

    from activelabel.project.claims import Claims
    from activelabel.project.plan import Plan, PlanReader
    from activelabel.project.store import Store
    from activelabel.records.cards import Card, Precedent
    from activelabel.records.contents import ItemRecord
    from activelabel.records.events import LabelClass
    from activelabel.records.progress import Progress
    from activelabel.session.again import Again
    from activelabel.session.clusters.replies import ClusterReply

__all__ = ["Asker"]

SIMPLE = {Skipped: EventKind.SKIP, NotSure: EventKind.NOT_SURE, BadItem: EventKind.BAD_ITEM}


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
    annotator
        Who answers.
    aims
        What the session is to reach; nothing at first.
    """

    def __init__(self, store: Store, plans: PlanReader, claims: Claims, annotator: str, now: Callable[[], str]) -> None:
        self.ledger = Ledger(store.events())
        self.annotator = annotator
        self.aims = Aims(annotator)
        self.message = ""
        self._store = store
        self._plans = plans
        self._claims = claims
        self._now = now
        self._again: Card | None = None
        self._clusters = ClusterDesk(plans, self.ledger, self._record)
        self._dealer = Dealer(store, plans, claims, annotator, self.ledger, self._clusters)
        self._items = self._dealer.items
        self.search = self._items.search
        self.cluster, self.welcome_clusters = self._clusters.around, self._clusters.welcome
        self.more_to_come = self._dealer.more_to_come
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
        left = self._dealer.left_open()
        card = self._again or self._dealer.deal(left, self.aims.arranged)
        self.message = self._clusters.told() or self.message
        return card and as_it_stands(card, self.ledger)

    def card_of(self, again: Again) -> Card:
        """Return the card that asks for an answer again.

        Raises
        ------
        ProjectError
            If what its item showed is lost.
        """
        return as_it_stands(self._dealer.card_of(again), self.ledger)

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
        match reply:
            case Undo():
                outcome = self._undo()
            case Redo():
                outcome = self._redo()
            case GoTo():
                outcome = self._go_to(reply)
            case Noted() | Flagged():
                outcome = self._remark(card, reply)
            case ClassEdit():
                outcome = self._edit(card, reply)
            case AllAre() | TakeCluster() | SplitCluster() | OneByOne():
                outcome = self._decide(card, reply)
            case _:
                outcome = self._answer(card, reply, seconds)
        return outcome

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
        return precedents(card, self.ledger, self.annotator, self._store.item)

    def classes(self) -> tuple[LabelClass, ...]:
        """Return the classes there are, in the order they were made."""
        return tuple(self.ledger.classes.values())

    def answers_given(self) -> int:
        """Return how many answers this annotator has given, those taken back too."""
        return sum(event.annotator == self.annotator for event in self.ledger.said)

    def progress(self) -> Progress:
        """Return what stands around the next card."""
        bare = surroundings(self.ledger, self._plans.plan, self.annotator, self.message)
        return self.aims.added_to(bare, self.ledger, self._plans.plan, self._now())

    def is_over(self, card: Card, answered: int) -> bool:
        """Say whether the session ends before this card, after so many answers; the first card starts its clock."""
        return self.aims.is_over(card, answered, self.ledger, self._plans.plan)

    def was_away(self, seconds: float) -> None:
        """Take note that the person was elsewhere for the last `seconds`: the session's clock stood still."""
        self.aims.watch.stand_still(seconds)

    def look_again(self) -> int:
        """Read the plan when there is a new one; return the generation in force, 0 for none."""
        self._plans.refresh()
        return self.generation

    def leave(self) -> None:
        """Take this annotator's card off the claims."""
        self._claims.release(self.annotator)

    def _go_to(self, reply: GoTo) -> Outcome:
        wanted = self._items.go_to(reply.item)
        self._again = None
        self.message = "".join(f"answered before: {answer.said}" for answer in wanted.answered)
        return Outcome("", "")

    def _edit(self, card: Card, edit: ClassEdit) -> Outcome:
        change = self._change(card, edit)
        self._record(*change.drafts)
        self.message = change.words
        return Outcome("", change.words)

    def _decide(self, card: Card, reply: ClusterReply) -> Outcome:
        self._again, self.message = None, self._clusters.decide(card, reply)
        return Outcome(card.item.id, f"({self.message.removeprefix(SAVED)})")

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
        self._items.answered(card)
        self.message = saved_words(said)
        return Outcome(card.item.id, said, 1)

    def _change(self, card: Card, edit: ClassEdit) -> ClassChange:
        return change_of(edit, self.ledger, item_meant(edit, card.item, self._store))

    def _undo(self) -> Outcome:
        last, words = undo_last(self.ledger, self.annotator, self._record)
        self._clusters.reopen(last)
        item = self._store.item(last.item) if last.kind.is_answer else None
        self._again = asked_again(last, item, self.ledger, self.plan) if item else None
        unit = last.data.get("unit", "")
        # an earlier answer that stands again keeps what is propagated
        gone = last.kind.is_answer and unit not in self.ledger.answers
        others = self.plan.speaks_for.get(unit, 0) if self.plan and gone else 0
        self.message = f"taken back: {words}" + (f"; {counted(others, 'propagated label')} with it" if others else "")
        return Outcome("" if last.kind.is_about_class else last.item, "(undone)", -last.kind.is_answer)

    def _redo(self) -> Outcome:
        last, words = redo_last(self.ledger, self.annotator, self._record)
        self._again = None
        self._clusters.bring_back(last)
        self.message = f"brought back: {words}"
        return Outcome("" if last.kind.is_about_class else last.item, words, int(last.kind.is_answer))

    def _record(self, *drafts: Draft) -> None:
        self._store.append(self.annotator, self._now(), drafts)
        # read back rather than apply: another annotator may have written between two of ours
        self._read()

    def _read(self) -> None:
        for event in self._store.events(after=self.ledger.counter):
            self.ledger.apply(event)
