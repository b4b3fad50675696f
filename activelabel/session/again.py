"""Which answer is asked for again, and how: pure, like the rules of the queue.

1. Labels of a class that was split up are given anew before anything else.
2. Three cards in a hundred are blind repeats: a label that the same person gave twenty answers ago or more, and was
   never asked for again. They need no plan.
3. At most three in twenty cards are second looks: an own label that the model most disbelieves. The audit sample is
   spared: its answers judge the model, and must not be chosen by it.

Where a part of the project is asked about, only what was answered there is asked for again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activelabel.records import CardKind, EventKind
from activelabel.session.queue import chance, part_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan, PlannedCard
    from activelabel.records import Event

__all__ = ["REPEAT_AFTER", "ROUND", "Again", "doubts", "is_repeat_turn", "next_again", "next_repeat", "repeatable"]

REPEAT_SHARE = 0.03
REPEAT_AFTER = 20
"""Answers between one and its blind repeat: by then nobody remembers having seen the item."""

ROUND = 20  # answers
LOOKS_A_ROUND = 3
LOOK_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Again:
    """An answer to ask for again; planned says what the model believes instead, where it has a say."""

    answer: Event
    kind: CardKind
    planned: PlannedCard | None = None


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
    here = (answer for unit, answer in ledger.doubted.items() if unit not in others and _is_of(answer, part))
    doubted = next(here, None)
    if doubted:
        return Again(doubted, CardKind.SECOND_LOOK)
    repeat = next_repeat(ledger, annotator)
    if repeat and _is_of(repeat, part):
        return Again(repeat, CardKind.BLIND_REPEAT)
    return next_second_look(ledger, plan, annotator) if plan else None


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
    """Say whether the next card is a second look, should there be an answer to doubt."""
    recent = ledger.said[-ROUND:]
    looks = sum(event.data.get("card") == CardKind.SECOND_LOOK for event in recent)
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


def next_second_look(ledger: Ledger, plan: Plan, annotator: str) -> Again | None:
    """Return the own label that the model most disbelieves and that was not looked at again; None if it is not time."""
    settings = ledger.settings
    if settings is None or not is_look_turn(settings.seed, ledger):
        return None
    for planned in plan.second_looks:
        answer = ledger.answers.get(planned.unit)
        if answer and answer.annotator == annotator and _is_doubtful(answer, planned, ledger):
            return Again(answer, CardKind.SECOND_LOOK, planned)
    return None


def _is_of(answer: Event, part: str) -> bool:
    return not part or answer.data.get("part") == part


def _is_doubtful(answer: Event, planned: PlannedCard, ledger: Ledger) -> bool:
    """Say whether an answer is a label that differs from what the model believes and has had no second look."""
    believed = planned.suggestion and ledger.resolve(planned.suggestion.class_id)
    looked_at = answer.data.get("card") in {CardKind.SECOND_LOOK, CardKind.ADJUDICATION}
    return answer.kind is EventKind.LABEL and not looked_at and believed not in {None, ledger.class_of(answer)}
