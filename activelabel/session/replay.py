"""A recorded project gone through again from its events, in step: whether its questions follow from its answers."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from activelabel.project.layout import Layout
from activelabel.project.ledger import Ledger
from activelabel.project.plan import PlanWriter
from activelabel.records.kinds import CardKind
from activelabel.session.again import in_doubt
from activelabel.session.planning import Planner
from activelabel.session.queue import next_card

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from activelabel.project.plan import Plan, PlannedCard
    from activelabel.records.events import Event
    from activelabel.session.workshop import Workshop

__all__ = ["Replayed", "replay"]

PLANNED = {CardKind.REPRESENTATIVE, CardKind.UNCERTAIN, CardKind.AUDIT}
"""Cards that are taken from a plan; the others follow from answers alone, or from what a person asked for."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of it.

    Attributes
    ----------
    plans
        Generations that were made again, one for each state of the answers that a recorded plan had seen.
    cards
        Answers to cards of a plan.
    followed
        How many of those are the card that the rules deal from the plan they name.
    others
        Answers to other cards, those of sessions about a part of the project among them: they had a plan of their own.
    differing
        The items of the cards that did not follow: resumed after a kill, brought back by an undo, asked while another
        annotator held the card, or in a session that had another order, for a budget of time or a number of labels in
        each class, of which no event tells; or, if none of that happened, a sign that something else was changed.
    same_plan
        Whether the plan in force is the one that follows from all it has seen; None where there is none.
    """

    plans: int
    cards: int
    followed: int
    others: int
    differing: tuple[str, ...]
    same_plan: bool | None


def replay(
    workshop: Workshop,
    events: Sequence[Event],
    in_force: Plan | None,
    on_plan: Callable[[int], None] = lambda done: None,
) -> Replayed:
    """Make every plan again that an answer names, and compare the cards that were dealt; nothing is recorded.

    With a learner that ran beside the session, timing decided which answers a plan had seen; each event says which, so
    the plan can be made again all the same.

    Parameters
    ----------
    workshop
        The data and its features.
    events
        All that was recorded, in order.
    in_force
        The plan in force, to be reached at the end.
    on_plan
        Told how many plans were made so far.
    """
    differing: list[str] = []
    plans: set[int] = set()
    cards = others = 0
    before, spread = Ledger(), set[str]()
    with tempfile.TemporaryDirectory() as aside:
        maker = _Maker(workshop, events, Path(aside), grouped=bool(in_force and in_force.clustering))
        for event in events:
            if _of_a_plan(event):
                cards += 1
                plan = maker.plan(event.data["answers_through"])
                plans.add(plan.answers_through)
                on_plan(len(plans))
                dealt = next_card(plan, before, set(in_doubt(before, "")), spread=spread)
                differing += [event.item] if dealt is None or dealt.unit != event.data["unit"] else []
            else:
                others += event.kind.is_answer
            before.apply(event)
            if not event.kind.is_answer:
                given = (answer for answer in before.cluster_answers() if before.class_of(answer))
                spread = {unit for answer in given for unit in answer.data["members"]}
        same = None if in_force is None else _alike(maker.plan(in_force.answers_through), in_force)
    return Replayed(len(plans), cards, cards - len(differing), others, tuple(differing), same)


def _of_a_plan(event: Event) -> bool:
    data = event.data
    named = data.get("card") in PLANNED and "answers_through" in data
    return event.kind.is_answer and named and "part" not in data


class _Maker:
    """Makes plans in a folder of its own, each as if the answers after it had not been given.

    When clusters were made is not recorded; it decides no question, but what is shown beside one. So they are there
    from the start, where they are there at the end.
    """

    def __init__(self, workshop: Workshop, events: Sequence[Event], aside: Path, *, grouped: bool) -> None:
        layout = Layout(aside)
        layout.cache.mkdir()
        self._planner = Planner(workshop, PlanWriter(layout))
        self._events = events
        self._grouped = grouped
        self._made: Plan | None = None

    def plan(self, seen: int) -> Plan:
        """Return the plan that follows from the events up to a counter; the last one is kept."""
        if self._made is None or self._made.answers_through != seen:
            ledger = Ledger(event for event in self._events if event.counter <= seen)
            if self._grouped:
                self._planner.group(ledger)
            self._made = self._planner.make(ledger)
        return self._made


def _alike(made: Plan, in_force: Plan) -> bool:
    """Say whether two plans ask the same and believe the same, wherever the contents of their cards lie."""

    def plain(cards: Sequence[PlannedCard]) -> list[PlannedCard]:
        return [replace(card, offset=0) for card in cards]

    parts = ("cards", "reserve", "second_looks")
    same_cards = all(plain(getattr(made, part)) == plain(getattr(in_force, part)) for part in parts)
    return same_cards and made.fingerprint == in_force.fingerprint and made.askable == in_force.askable
