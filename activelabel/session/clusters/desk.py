"""The asker's side of cluster cards: which cluster is spoken of, what is asked next about it, and what that decides.

A person says that all members are of a class, or takes an offer to say so. Then members that were drawn at random are
asked one by one, and what they say bounds how pure the cluster is: the person accepts all of it, its core, looks at its
halves, or goes on one by one. Nothing here is kept beside the events but what a claim holds: which cluster it is about.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from activelabel.project.wording import counted
from activelabel.records.cards import Why
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.clusters.answers import declined, spoken_of, taken
from activelabel.session.clusters.nouns import AGREEING, OPEN, ClusterCard, Probe, Scope, Topic, topic_from
from activelabel.session.clusters.parts import Part, choice_of, labels_in, left_in, part_of
from activelabel.session.clusters.replies import AllAre, OneByOne, SplitCluster, TakeCluster
from activelabel.session.clusters.shelf import ClusterShelf
from activelabel.session.outcome import saved_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from activelabel.project.clusters import PlannedCluster
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan, PlanReader
    from activelabel.project.store import Draft
    from activelabel.records.cards import Card
    from activelabel.records.contents import ItemRecord
    from activelabel.records.events import Event
    from activelabel.session.clusters.replies import ClusterReply

__all__ = ["ClusterDesk"]

WRONG = 3
"""Members drawn that are of another class, from which the cluster is not offered any more."""

OFFER_EVERY = 20
"""Answers between two offers at least."""

SPLITS_FROM = 40
"""Members from which the halves of a cluster are worth a probe each."""


class ClusterDesk:
    """What is asked about whole clusters.

    Parameters
    ----------
    plans
        Follows the plan in force.
    ledger
        What was said.
    record
        Puts a decision on disk.

    Attributes
    ----------
    topic
        The cluster that is spoken of at present.
    """

    def __init__(self, plans: PlanReader, ledger: Ledger, record: Callable[[Draft], None]) -> None:
        self._plans = plans
        self._ledger = ledger
        self._record = record
        self._shelf = ClusterShelf(plans, ledger)
        self._message = ""
        self.topic: Topic | None = None
        self.around, self.spread = self._shelf.around, self._shelf.spread
        self._welcome = False

    def welcome(self) -> None:
        """Ask about whole clusters too, from now on: whoever gives answers line by line expects one item a card."""
        self._welcome = True

    # --- what is asked ---

    def next_card(self) -> ClusterCard | None:
        """Return the next card about a cluster; None when it is time for one item again."""
        plan = self._plans.plan if self._welcome else None
        self.topic = self.topic or (self._offer(plan) if plan else None)
        while self.topic and plan:
            card = self._card_about(self.topic, plan)
            if card:
                return card
            self.topic = self.topic.next()
        return None

    def resume(self, claim: Mapping[str, Any], last: Event | None) -> None:
        """Go on with the cluster that was spoken of when the last session ended.

        Parameters
        ----------
        claim
            What was on the screen when it was killed; empty where it was left.
        last
            The last thing that the person decided.
        """
        if "topic" in claim:
            self.topic = topic_from(claim["topic"])
        elif not claim and last and last.kind.is_answer:
            self.reopen(last)

    def reopen(self, decision: Event) -> None:
        """Speak again of the cluster that an answer or a decision is about, if it is about one."""
        data = decision.data
        if decision.kind.is_answer and (told := data.get("cluster")):
            self.topic = topic_from(told)
        elif decision.kind is EventKind.CLUSTER:
            said = "" if data["scope"] == Scope.DECLINED else data["classes"][0]
            self.topic = Topic(data["clustering"], data["number"], Scope(data["part"]), said)

    def bring_back(self, decision: Event) -> None:
        """Take note that a decision holds again: what it decides of a cluster is not asked any more."""
        if decision.kind is EventKind.CLUSTER:
            self.reopen(decision)
            self.topic = self.topic and self.topic.next()

    def claim(self) -> dict[str, Any]:
        """Return what a claim keeps, so that a killed session goes on with the cluster."""
        return {"topic": asdict(self.topic)} if self.topic else {}

    def told(self) -> str:
        """Return once what became of a cluster without anybody's decision; "" for nothing."""
        message, self._message = self._message, ""
        return message

    # --- what is decided ---

    def decide(self, card: Card, reply: ClusterReply) -> str:
        """Record what is said about a cluster, if it decides anything; return what it has come to, in words.

        The next card follows from it.
        """
        topic = self.topic if isinstance(card, ClusterCard) else None
        if isinstance(reply, AllAre):
            clustering = self._plans.plan.clustering if self._plans.plan else ""
            self.topic = replace(topic or Topic(clustering, reply.number), class_id=reply.class_id)
            return f"cluster {reply.number}: all {self._ledger.class_name(reply.class_id)}?"
        if topic is None or not isinstance(card, ClusterCard):
            return ""
        if isinstance(reply, SplitCluster):
            self.topic = replace(topic, scope=Scope.CORE, class_id="")
            return f"cluster {topic.number}: one half after the other"
        draft = self._draft(topic, card, reply)
        if draft:
            self._record(replace(draft, data={**draft.data, "generation": card.generation}))
        self.topic = topic.next()
        if draft and draft.data["members"]:
            name = self._ledger.class_name(draft.data["classes"][0])
            return saved_words(f"{name} for {counted(len(draft.data['members']), 'item')}")
        return f"cluster {topic.number}: one by one"

    def _draft(self, topic: Topic, card: ClusterCard, reply: TakeCluster | OneByOne) -> Draft | None:
        if isinstance(reply, OneByOne):
            return declined(topic, card)
        part = self._part(topic)
        if part and reply.scope == Scope.CORE and topic.scope is Scope.ALL:
            part = part.core
        choice = next((choice for choice in card.choices if choice.scope == reply.scope), None)
        if part is None or choice is None:
            return None

        def item_of(unit: str) -> ItemRecord | None:
            return self._shelf.item(topic.clustering, part, unit)

        return taken(topic, part, choice, self._ledger, item_of)

    # --- cards ---

    def _part(self, topic: Topic) -> Part | None:
        cluster = self._shelf.cluster(topic.clustering, topic.number)
        return part_of(cluster, topic.scope) if cluster else None

    def _card_about(self, topic: Topic, plan: Plan) -> ClusterCard | None:
        part = self._part(topic)
        if part is None:
            return None
        if not topic.class_id:
            view = self._shelf.view(topic.clustering, part)
            return _card(view.typical[0], plan, topic, view=view) if view and view.left else None
        said = self._ledger.resolve(topic.class_id)
        if said is None:
            return None  # the class was split up meanwhile
        asked = [self._ledger.answers[unit] for unit in part.drawn if unit in self._ledger.answers]
        wrong = sum(self._ledger.class_of(answer) != said for answer in asked)
        if wrong >= WRONG:
            name = self._ledger.class_name(said)
            self._message = f"cluster {topic.number}: {wrong} of {len(asked)} drawn are not {name}; one by one"
            return None
        if len(asked) < len(part.drawn):
            unit = next(unit for unit in part.drawn if unit not in self._ledger.answers)
            item = self._shelf.item(topic.clustering, part, unit)
            return _card(item, plan, topic, probe=_probe(topic, part, len(asked) + 1)) if item else None
        return self._decision_card(topic, part, said, plan)

    def _decision_card(self, topic: Topic, part: Part, said: str, plan: Plan) -> ClusterCard | None:
        view = self._shelf.view(topic.clustering, part)
        parts = [part, part.core] if topic.scope is Scope.ALL else [part]
        choices = tuple(choice for each in parts if (choice := choice_of(each, said, self._ledger)).members)
        if view is None or not choices:
            return None
        probe = _probe(topic, part, len(part.drawn))
        splits = topic.scope is Scope.ALL and len(part.members) >= SPLITS_FROM
        return _card(view.typical[0], plan, topic, view=view, probe=probe, choices=choices, splits=splits)

    # --- offers ---

    def _offer(self, plan: Plan) -> Topic | None:
        """Return the biggest cluster that looks pure, unless something was said of it or of any other of late."""
        recent = self._ledger.said[-OFFER_EVERY:]
        told = self._ledger.cluster_answers()[-1:]
        of_late = any("cluster" in event.data for event in recent)
        if len(recent) < OFFER_EVERY or of_late or any(event.order > recent[0].order for event in told):
            return None
        offered = [planned for planned in plan.clusters if planned.offered]
        spoken = spoken_of(self._ledger, plan.clustering) if offered else set()
        pure = (each.number for each in offered if each.number not in spoken and self._is_pure(plan, each))
        number = next(pure, None)
        return None if number is None else Topic(plan.clustering, number)

    def _is_pure(self, plan: Plan, planned: PlannedCluster) -> bool:
        """Say whether labels given since the plan was made still agree with what the model says of a cluster."""
        part = self._part(Topic(plan.clustering, planned.number))
        if part is None:
            return False
        labels = labels_in(part, self._ledger)
        expected = self._ledger.resolve(planned.says[0][0])
        left = left_in(part, self._ledger, self.spread())
        return set(labels) == {expected} and labels[expected or ""] >= AGREEING and left >= OPEN


def _card(item: ItemRecord, plan: Plan, topic: Topic, **about: Any) -> ClusterCard:
    return ClusterCard(
        item=item,
        kind=CardKind.CLUSTER,
        why=Why("cluster"),
        generation=plan.generation,
        answers_through=plan.answers_through,
        model_labels=plan.model_labels,
        suggestion_hidden=True,
        cluster=topic.number,
        **about,
    )


def _probe(topic: Topic, part: Part, place: int) -> Probe:
    drawn, size = len(part.drawn), len(part.members)
    return Probe(topic.clustering, topic.number, topic.scope, topic.class_id, place, drawn, size)
