"""Cards to and from what is planned, recorded and claimed."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from activelabel.project.plan import card_from_json
from activelabel.records import Card, CardKind, Event, EventKind, GivenAnswer, ItemRecord, Pull, Suggestion, Why
from activelabel.session.again import Again
from activelabel.session.pace import length_of
from activelabel.session.queue import hides_suggestion, part_of

if TYPE_CHECKING:
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan, PlannedCard

__all__ = [
    "ASKED_FOR",
    "SAID",
    "SPLIT",
    "answer_data",
    "asked_again",
    "asked_for",
    "claim_data",
    "claimed_card",
    "dealt",
    "given_answer",
    "looked_at_again",
]

ASKED_FOR = "asked-for"
"""Why a card is asked that the person went to."""

SPLIT = "split"
"""Why a label is asked for again whose class was split: stands in `Why.strategy`."""

SAID = {EventKind.SKIP: "(skip)", EventKind.NOT_SURE: "(not sure)", EventKind.BAD_ITEM: "(bad item)"}


def dealt(planned: PlannedCard, plan: Plan, item: ItemRecord, ledger: Ledger) -> Card:
    """Return the card that is put before the annotator, in the classes of today."""
    drawn = planned.kind is CardKind.AUDIT
    hidden = hides_suggestion(ledger.settings.seed if ledger.settings else 0, planned)
    return Card(
        item=item,
        kind=planned.kind,
        why=replace(planned.why, contested=_today(planned.why.contested, ledger)),
        generation=plan.generation,
        answers_through=plan.answers_through,
        model_labels=plan.model_labels,
        suggestion=_suggested(planned.suggestion, ledger),
        suggestion_hidden=hidden,
        # the next unit of a random order is each of those left with the same probability
        inclusion_probability=1 / max(1, plan.askable) if drawn else None,
        near=planned.near,
        # which words pull would tell what the model thinks
        pulls=() if hidden else _pulls(planned.pulls, ledger),
        departs=planned.departs,
        cluster=planned.cluster,
        part=part_of(plan),
    )


def looked_at_again(again: Again, item: ItemRecord, plan: Plan | None, ledger: Ledger) -> Card:
    """Return the card that asks for an answer again.

    A blind repeat shows no more than an audit card does; a second look shows the answer, and what the model believes.
    """
    blind = again.kind is CardKind.BLIND_REPEAT
    planned = again.planned
    return Card(
        item=item,
        kind=again.kind,
        why=_why(again, ledger),
        generation=plan.generation if plan else 0,
        answers_through=plan.answers_through if plan else 0,
        model_labels=plan.model_labels if plan else 0,
        suggestion=_suggested(planned.suggestion, ledger) if planned else None,
        suggestion_hidden=blind,
        repeats=again.answer.uuid if blind else "",
        answered=() if blind else (given_answer(again.answer, ledger),),
        near=planned.near if planned else (),
        pulls=_pulls(planned.pulls, ledger) if planned else (),
        departs=planned.departs if planned else (),
        part=part_of(plan),
    )


def asked_for(item: ItemRecord, planned: PlannedCard | None, plan: Plan | None, ledger: Ledger) -> Card:
    """Return the card of an item that the person wants to see, with what the plan knows of it.

    Whatever was answered before is shown and looked at again; a skip was none. The person chose it, so that it is no
    audit card even where the audit order has it.
    """
    why = replace(planned.why, strategy=ASKED_FOR) if planned else Why(ASKED_FOR)
    known = replace(planned, kind=CardKind.UNCERTAIN, why=why) if planned else None
    before = ledger.doubted.get(item.unit) or ledger.answers.get(item.unit)
    if before and before.kind is not EventKind.SKIP:
        again = Again(before, CardKind.SECOND_LOOK, known)
        card = looked_at_again(again, item, plan, ledger)
        return replace(card, why=replace(card.why, strategy=ASKED_FOR))
    if known and plan:
        return dealt(known, plan, item, ledger)
    return Card(
        item=item,
        kind=CardKind.UNCERTAIN,
        why=why,
        generation=plan.generation if plan else 0,
        answers_through=plan.answers_through if plan else 0,
        model_labels=plan.model_labels if plan else 0,
    )


def _why(again: Again, ledger: Ledger) -> Why:
    if again.planned:
        return replace(again.planned.why, contested=_today(again.planned.why.contested, ledger))
    in_doubt = ledger.doubted.get(again.answer.data["unit"]) is again.answer
    return Why(SPLIT if in_doubt else again.kind.value)


def given_answer(answer: Event, ledger: Ledger) -> GivenAnswer:
    """Return an answer as a card shows it, by the name its class has today."""
    label = answer.data["classes"][0] if answer.kind is EventKind.LABEL else ""
    today = (ledger.resolve(label) or label) if label else ""
    said = ledger.class_name(today) if label else SAID[answer.kind]
    notes = tuple(ledger.notes.get(answer.item, ()))
    return GivenAnswer(answer.uuid, today, said, answer.annotator, answer.time, notes)


def _suggested(guess: Suggestion | None, ledger: Ledger) -> Suggestion | None:
    known = ledger.resolve(guess.class_id) if guess else None
    return replace(guess, class_id=known) if guess and known else None


def _pulls(pulls: tuple[Pull, ...], ledger: Ledger) -> tuple[Pull, ...]:
    today = ((pull, ledger.resolve(pull.class_id)) for pull in pulls)
    return tuple(replace(pull, class_id=known) for pull, known in today if known)


def _today(class_ids: tuple[str, ...], ledger: Ledger) -> tuple[str, ...]:
    known = [ledger.resolve(class_id) for class_id in class_ids]
    return tuple(dict.fromkeys(filter(None, known)))


def answer_data(card: Card, seconds: float) -> dict[str, Any]:
    """Return what every answer to a card records: what was asked, when and why, and what was shown."""
    data: dict[str, Any] = {
        "unit": card.item.unit,
        "card": card.kind.value,
        "seconds": round(max(0.0, seconds), 2),
        "length": length_of(card.item.content),
        "generation": card.generation,
        "answers_through": card.answers_through,
        "model_labels": card.model_labels,
        "why": asdict(card.why),
    }
    if card.inclusion_probability is not None:
        data["inclusion_probability"] = card.inclusion_probability
    if card.suggestion:
        shown = "hidden" if card.suggestion_hidden else "shown"
        data["suggestion"] = {**asdict(card.suggestion), "shown": shown}
    if card.part:
        data["part"] = card.part
    if card.repeats:
        data["repeats"] = card.repeats
    if card.token:
        data["token"] = card.token
    if card.answered:
        data["looked_at"] = [answer.uuid for answer in card.answered]
    return data


def asked_again(answer: Event, item: ItemRecord, ledger: Ledger) -> Card:
    """Return the card of an answer that was taken back, as it was asked, in the classes of today."""
    data = answer.data
    seen = [ledger.answer(uuid) for uuid in data.get("looked_at", ())]
    suggestion = data.get("suggestion")
    guess = Suggestion(suggestion["class_id"], suggestion["probability"]) if suggestion else None
    return Card(
        item=item,
        kind=CardKind(data["card"]),
        why=Why(**{**data["why"], "contested": _today(tuple(data["why"]["contested"]), ledger)}),
        generation=data["generation"],
        answers_through=data["answers_through"],
        model_labels=data["model_labels"],
        suggestion=_suggested(guess, ledger),
        suggestion_hidden=answer.is_repeat or bool(suggestion and suggestion["shown"] == "hidden"),
        inclusion_probability=data.get("inclusion_probability"),
        repeats=data.get("repeats", ""),
        answered=tuple(given_answer(before, ledger) for before in seen),
        part=data.get("part", ""),
    )


def claim_data(planned: PlannedCard, plan: Plan) -> dict[str, Any]:
    """Return what a claim keeps, so that a killed session resumes on the card it died on."""
    return {"card": asdict(planned), "fingerprint": plan.fingerprint, "part": part_of(plan)}


def claimed_card(found: dict[str, Any], plan: Plan) -> PlannedCard | None:
    """Return the planned card of a claim, unless it is damaged or was made for other data or another part of it."""
    try:
        is_ours = (found["fingerprint"], found["part"]) == (plan.fingerprint, part_of(plan))
        return card_from_json(found["card"]) if is_ours else None
    except (KeyError, TypeError, ValueError):
        return None
