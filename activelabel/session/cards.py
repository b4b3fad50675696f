"""Cards to and from what is planned, recorded and claimed."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from activelabel.project.plan import card_from_json
from activelabel.records import Card, CardKind, Event, EventKind, ItemRecord, Suggestion, Why
from activelabel.session.queue import hides_suggestion

if TYPE_CHECKING:
    from activelabel.project.plan import Plan, PlannedCard

__all__ = ["SAID", "answer_data", "asked_again", "claim_data", "claimed_card", "dealt", "repeated"]

SAID = {EventKind.SKIP: "(skip)", EventKind.NOT_SURE: "(not sure)", EventKind.BAD_ITEM: "(bad item)"}


def dealt(planned: PlannedCard, plan: Plan, item: ItemRecord, seed: int) -> Card:
    """Return the card that is put before the annotator."""
    drawn = planned.kind is CardKind.AUDIT
    return Card(
        item=item,
        kind=planned.kind,
        why=planned.why,
        generation=plan.generation,
        answers_through=plan.answers_through,
        model_labels=plan.model_labels,
        suggestion=planned.suggestion,
        suggestion_hidden=hides_suggestion(seed, planned),
        # the next unit of a random order is each of those left with the same probability
        inclusion_probability=1 / max(1, plan.askable) if drawn else None,
    )


def repeated(answer: Event, item: ItemRecord, plan: Plan | None) -> Card:
    """Return the card that asks for an answer again: it shows no more than an audit card does."""
    return Card(
        item=item,
        kind=CardKind.BLIND_REPEAT,
        why=Why(CardKind.BLIND_REPEAT.value),
        generation=plan.generation if plan else 0,
        answers_through=plan.answers_through if plan else 0,
        model_labels=plan.model_labels if plan else 0,
        suggestion_hidden=True,
        repeats=answer.uuid,
    )


def answer_data(card: Card, seconds: float) -> dict[str, Any]:
    """Return what every answer to a card records: what was asked, when and why, and what was shown."""
    data: dict[str, Any] = {
        "unit": card.item.unit,
        "card": card.kind.value,
        "seconds": round(max(0.0, seconds), 2),
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
    if card.repeats:
        data["repeats"] = card.repeats
    return data


def asked_again(answer: Event, item: ItemRecord) -> Card:
    """Return the card of an answer that was taken back, as it was asked."""
    data = answer.data
    suggestion = data.get("suggestion")
    return Card(
        item=item,
        kind=CardKind(data["card"]),
        why=Why(**{**data["why"], "contested": tuple(data["why"]["contested"])}),
        generation=data["generation"],
        answers_through=data["answers_through"],
        model_labels=data["model_labels"],
        suggestion=Suggestion(suggestion["class_id"], suggestion["probability"]) if suggestion else None,
        suggestion_hidden=answer.is_repeat or bool(suggestion and suggestion["shown"] == "hidden"),
        inclusion_probability=data.get("inclusion_probability"),
        repeats=data.get("repeats", ""),
    )


def claim_data(planned: PlannedCard, plan: Plan) -> dict[str, Any]:
    """Return what a claim keeps, so that a killed session resumes on the card it died on."""
    return {"card": asdict(planned), "fingerprint": plan.fingerprint}


def claimed_card(found: dict[str, Any], plan: Plan) -> PlannedCard | None:
    """Return the planned card of a claim, unless it is damaged or was made for other data."""
    try:
        return card_from_json(found["card"]) if found["fingerprint"] == plan.fingerprint else None
    except (KeyError, TypeError, ValueError):
        return None
