"""Which answer is asked for again, and how: pure, like the rules of the queue.

1. Labels of a class that was split up are given anew before anything else.
2. Three cards in a hundred are blind repeats: a label that the same person gave twenty answers ago or more, and was
   never asked for again. They need no plan.
3. At most three in twenty cards look at answers again: first those of several people that differ, then an own label
   that the model most disbelieves. The audit sample is spared by the latter: its answers judge the model, and must not
   be chosen by it.
4. What was put off rests for a while.

Where a part of the project is asked about, only what was answered there is asked for again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activelabel.records.kinds import CardKind, EventKind
from activelabel.records.progress import ROUND
from activelabel.session.queue import REST_AFTER_SKIP, chance, part_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan, PlannedCard
    from activelabel.records.events import Event

__all__ = [
    "REPEAT_AFTER",
    "Again",
    "doubts",
    "in_doubt",
    "is_repeat_turn",
    "next_again",
    "next_dispute",
    "next_doubted",
    "next_repeat",
    "repeatable",
    "suspects",
]

REPEAT_SHARE = 0.03
REPEAT_AFTER = 20
"""Answers between one and its blind repeat: by then nobody remembers having seen the item."""

LOOKS_A_ROUND = 3
LOOK_SHARE = 0.1
LOOKS = {CardKind.SECOND_LOOK, CardKind.ADJUDICATION}


@dataclass(frozen=True, slots=True)
class Again:
    """An answer to ask for again.

    planned says what the model believes instead, where it has a say; beside are the answers of others that differ.
    """

    answer: Event
    kind: CardKind
    planned: PlannedCard | None = None
    beside: tuple[Event, ...] = ()


def next_again(ledger: Ledger, plan: Plan | None, annotator: str, others: Collection[str]) -> Again | None:
    """Return the answer that the next card asks for again; None when that card is a new one.

    Parameters
    ----------
    ledger
        Everything said so far.
    plan
        The plan in force, if there is one.
    annotator
        Who answers.
    others
        Units on the screens of other annotators.
    """
    part = part_of(plan)
    away = {*others, *put_off(ledger)}
    if doubted := next_doubted(ledger, away, part):
        return doubted
    if (repeat := next_repeat(ledger, annotator)) and _is_of(repeat, part):
        return Again(repeat, CardKind.BLIND_REPEAT)
    settings = ledger.settings
    if settings is None or not is_look_turn(settings.seed, ledger):
        return None
    dispute = next_dispute(ledger, away)
    if dispute and _is_of(dispute.answer, part):
        return dispute
    return next_second_look(ledger, plan, annotator, away)


def put_off(ledger: Ledger) -> set[str]:
    """Return the units whose look again was put off a moment ago."""
    recent = ledger.said[-REST_AFTER_SKIP:]
    return {event.data["unit"] for event in recent if event.puts_off and not ledger.withdrawn(event.uuid)}


def in_doubt(ledger: Ledger, part: str) -> dict[str, Event]:
    """Return unit -> the label that a split has put in doubt; where a part is asked about, those given there alone."""
    return {unit: answer for unit, answer in ledger.doubted.items() if _is_of(answer, part)}


def next_doubted(ledger: Ledger, away: Collection[str], part: str = "") -> Again | None:
    """Return the first label that a split has put in doubt, units that are `away` passed over."""
    doubted = (answer for unit, answer in in_doubt(ledger, part).items() if unit not in away)
    return next((Again(answer, CardKind.SECOND_LOOK) for answer in doubted), None)


def next_dispute(ledger: Ledger, away: Collection[str]) -> Again | None:
    """Return the first answers of several people that differ, units that are `away` passed over."""
    disputed = (answers for unit, answers in ledger.disputed().items() if unit not in away)
    return next((Again(first, CardKind.ADJUDICATION, None, tuple(others)) for first, *others in disputed), None)


def doubts(ledger: Ledger) -> tuple[int, int]:
    """Return how many labels are in doubt since their class was split, and of how many, those given anew counted."""
    if not ledger.doubted:
        return 0, 0
    classes = {answer.data["classes"][0] for answer in ledger.doubted.values()}
    last = max(answer.counter for answer in ledger.doubted.values())
    again = [answer for answer in ledger.answers.values() if answer.counter > last]
    before = [ledger.answer(uuid) for answer in again for uuid in answer.data.get("looked_at", ())]
    done = sum(answer.data.get("classes", [""])[0] in classes and not ledger.class_of(answer) for answer in before)
    return len(ledger.doubted), len(ledger.doubted) + done


def is_repeat_turn(seed: int, given: int) -> bool:
    """Say whether the card after `given` answers is a blind repeat, should there be an answer to ask for again."""
    return given >= REPEAT_AFTER and chance(seed, "repeat turn", str(given)) < REPEAT_SHARE


def is_look_turn(seed: int, ledger: Ledger) -> bool:
    """Say whether the next card looks at an answer again, should there be one to doubt."""
    recent = ledger.said[-ROUND:]
    looks = sum(event.data.get("card") in LOOKS for event in recent)
    due = ledger.given >= ROUND and chance(seed, "look turn", str(ledger.given)) < LOOK_SHARE
    return due and looks < LOOKS_A_ROUND


def repeatable(ledger: Ledger, annotator: str) -> list[Event]:
    """Return the labels that an annotator may be asked for again, oldest first."""
    repeated = {answer.uuid for answer, _ in ledger.repeats()}
    return [
        answer
        for answer in ledger.said[:-REPEAT_AFTER]
        if answer.annotator == annotator
        and ledger.class_of(answer)
        and not (answer.is_repeat or answer.uuid in repeated or ledger.withdrawn(answer.uuid))
    ]


def next_repeat(ledger: Ledger, annotator: str) -> Event | None:
    """Return the answer that the next card asks for again, unmarked; None when that card is no blind repeat."""
    settings = ledger.settings
    if settings is None or not is_repeat_turn(settings.seed, ledger.given):
        return None
    answers = repeatable(ledger, annotator)
    return answers[int(chance(settings.seed, "repeat", str(ledger.given)) * len(answers))] if answers else None


def next_second_look(ledger: Ledger, plan: Plan | None, annotator: str, away: Collection[str]) -> Again | None:
    """Return the own label that the model most disbelieves and that was not looked at again, if there is one."""
    found = suspects(ledger, plan) if plan else ()
    mine = (again for again in found if again.answer.annotator == annotator)
    return next((again for again in mine if again.answer.data["unit"] not in away), None)


def suspects(ledger: Ledger, plan: Plan) -> Iterator[Again]:
    """Yield the labels in force that the model disbelieves and that were not looked at again, the worst first."""
    for planned in plan.second_looks:
        answer = ledger.answers.get(planned.unit)
        if answer and _is_doubtful(answer, planned, ledger):
            yield Again(answer, CardKind.SECOND_LOOK, planned)


def _is_of(answer: Event, part: str) -> bool:
    return not part or answer.data.get("part") == part


def _is_doubtful(answer: Event, planned: PlannedCard, ledger: Ledger) -> bool:
    """Say whether an answer is a label that differs from what the model believes and has had no second look."""
    believed = planned.suggestion and ledger.resolve(planned.suggestion.class_id)
    looked_at = answer.data.get("card") in LOOKS
    return answer.kind is EventKind.LABEL and not looked_at and believed not in {None, ledger.class_of(answer)}
