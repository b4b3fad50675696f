"""Cards to and from what is planned, recorded and claimed."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from activelabel.errors import ProjectError
from activelabel.project.plan import card_from_json
from activelabel.records.cards import Card, GivenAnswer, Pull, Suggestion, Why
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.again import Again, repeatable
from activelabel.session.clusters.nouns import ClusterCard, probe_from
from activelabel.session.pacing.pace import length_of
from activelabel.session.queue import hides_suggestion, part_of

if TYPE_CHECKING:
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan, PlannedCard
    from activelabel.project.store import Store
    from activelabel.records.contents import ItemRecord
    from activelabel.records.events import Event

__all__ = [
    "ASKED_FOR",
    "SAID",
    "SPLIT",
    "answer_data",
    "as_it_stands",
    "asked_again",
    "asked_for",
    "claim_data",
    "dealt",
    "given_answer",
    "left_open",
    "looked_at_again",
]

ASKED_FOR = "asked-for"
"""Why a card is asked that the person went to."""

SPLIT = "split"
"""Why a label is asked for again whose class was split: stands in `Why.strategy`."""

SAID = {EventKind.SKIP: "(skip)", EventKind.NOT_SURE: "(not sure)", EventKind.BAD_ITEM: "(bad item)"}


def dealt(planned: PlannedCard, plan: Plan, item: ItemRecord, ledger: Ledger) -> Card:
    """Return the card of a planned question, in the classes of the plan."""
    drawn = planned.kind is CardKind.AUDIT
    hidden = hides_suggestion(ledger.settings.seed if ledger.settings else 0, planned)
    return Card(
        item=item,
        kind=planned.kind,
        why=planned.why,
        generation=plan.generation,
        answers_through=plan.answers_through,
        model_labels=plan.model_labels,
        suggestion=planned.suggestion,
        suggestion_hidden=hidden,
        # the next unit of a random order is each of those left with the same probability
        inclusion_probability=1 / max(1, plan.askable) if drawn else None,
        near=planned.near,
        # which words pull would tell what the model thinks
        pulls=() if hidden else planned.pulls,
        departs=planned.departs,
        cluster=planned.cluster,
        part=part_of(plan),
    )


def looked_at_again(again: Again, store: Store, plan: Plan | None, ledger: Ledger) -> Card:
    """Return the card that asks for an answer again.

    A blind repeat shows no more than an audit card does; a second look shows the answer, and what the model believes;
    an adjudication the answers of all who differ.

    Raises
    ------
    ProjectError
        If what its item showed is lost.
    """
    item = store.item(again.answer.item)
    if item is None:
        message = f"what the item {again.answer.item} showed is lost: {store.path}"
        raise ProjectError(message, "the file was left as it is; put a backup in its place")
    return _looked_at(again, item, plan, ledger)


def _looked_at(again: Again, item: ItemRecord, plan: Plan | None, ledger: Ledger) -> Card:
    blind = again.kind is CardKind.BLIND_REPEAT
    planned = again.planned
    # what was flagged and never answered has no answer to show
    given = [answer for answer in (again.answer, *again.beside) if answer.kind.is_answer]
    return Card(
        item=item,
        kind=again.kind,
        why=_why(again, ledger),
        generation=plan.generation if plan else 0,
        answers_through=plan.answers_through if plan else 0,
        model_labels=plan.model_labels if plan else 0,
        suggestion=planned.suggestion if planned else None,
        suggestion_hidden=blind,
        repeats=again.answer.uuid if blind else "",
        answered=() if blind else tuple(given_answer(answer, ledger) for answer in given),
        near=planned.near if planned else _near(again.answer.data["unit"], plan),
        pulls=planned.pulls if planned else (),
        departs=planned.departs if planned else (),
        cluster=planned.cluster if planned else -1,
        part=part_of(plan),
    )


def asked_for(item: ItemRecord, plan: Plan | None, ledger: Ledger) -> Card:
    """Return the card of an item that the person wants to see, with what the plan knows of it.

    Whatever was answered before is shown and looked at again; a skip was none. The person chose it, so that it is no
    audit card even where the audit order has it.
    """
    planned = plan.card_of(item.unit) if plan else None
    why = replace(planned.why, strategy=ASKED_FOR) if planned else Why(ASKED_FOR)
    known = replace(planned, kind=CardKind.UNCERTAIN, why=why) if planned else None
    before = ledger.doubted.get(item.unit) or ledger.answers.get(item.unit)
    if before and before.kind is not EventKind.SKIP:
        again = Again(before, CardKind.SECOND_LOOK, known)
        card = _looked_at(again, item, plan, ledger)
        # what the plan does not have may lie outside the part that it asks about
        return replace(card, why=replace(card.why, strategy=ASKED_FOR), part=card.part if planned else "")
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
        return again.planned.why
    in_doubt = ledger.doubted.get(again.answer.data["unit"]) is again.answer
    return Why(SPLIT if in_doubt else again.kind.value)


def given_answer(answer: Event, ledger: Ledger) -> GivenAnswer:
    """Return an answer as a card shows it, by the name its class has today, with the notes of whoever gave it."""
    label = answer.data["classes"][0] if answer.kind is EventKind.LABEL else ""
    today = (ledger.resolve(label) or label) if label else ""
    said = ledger.class_name(today) if label else SAID[answer.kind]
    notes = (note for note in ledger.notes.get(answer.item, ()) if note.annotator == answer.annotator)
    texts = tuple(note.data["text"] for note in notes)
    return GivenAnswer(answer.uuid, today, said, answer.annotator, answer.time, texts)


def as_it_stands(card: Card, ledger: Ledger) -> Card:
    """Return a card as it is put before the annotator: with the classes, answers, notes and flag of this moment."""
    return replace(
        card,
        why=replace(card.why, contested=_today(card.why.contested, ledger)),
        suggestion=_suggested(card.suggestion, ledger),
        pulls=_pulls(card.pulls, ledger),
        answered=tuple(given_answer(ledger.answer(before.uuid), ledger) for before in card.answered),
        flagged=card.item.unit in ledger.flagged,
    )


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
    if isinstance(card, ClusterCard) and card.probe:
        data["cluster"] = asdict(card.probe)
    if card.token:
        data["token"] = card.token
    if card.answered:
        data["looked_at"] = [answer.uuid for answer in card.answered]
    return data


def asked_again(answer: Event, item: ItemRecord, ledger: Ledger, plan: Plan | None = None) -> Card:
    """Return the card of an answer that was taken back, as it was asked.

    What stands beside its item is taken from the plan.
    """
    data = answer.data
    planned = _beside(answer, plan)
    hidden = answer.is_repeat or "cluster" in data or data.get("suggestion", {}).get("shown") == "hidden"
    seen = [ledger.answer(uuid) for uuid in data.get("looked_at", ())]
    suggestion = data.get("suggestion")
    card = Card(
        item=item,
        kind=CardKind(data["card"]),
        why=Why(**{**data["why"], "contested": tuple(data["why"]["contested"])}),
        generation=data["generation"],
        answers_through=data["answers_through"],
        model_labels=data["model_labels"],
        suggestion=Suggestion(suggestion["class_id"], suggestion["probability"]) if suggestion else None,
        suggestion_hidden=hidden,
        inclusion_probability=data.get("inclusion_probability"),
        repeats=data.get("repeats", ""),
        answered=tuple(given_answer(before, ledger) for before in seen),
        near=planned.near if planned else (),
        pulls=planned.pulls if planned and not hidden else (),
        departs=planned.departs if planned else (),
        cluster=planned.cluster if planned else -1,
        part=data.get("part", ""),
    )
    return ClusterCard.of(card, probe_from(data["cluster"])) if "cluster" in data else card


def _near(unit: str, plan: Plan | None) -> tuple[str, ...]:
    """Return what is near a unit that the plan asks nothing about: what is near the card that it is nearest to.

    So a blind repeat has precedents too, and cannot be told by their absence.
    """
    cards = [card for card in (*plan.cards, *plan.reserve) if unit in card.near] if plan else []
    return min(cards, key=lambda card: card.near.index(unit)).near if cards else ()


def _beside(answer: Event, plan: Plan | None) -> PlannedCard | None:
    """Return the planned card that knows what stands beside an item; a blind repeat shows no more than at first."""
    return plan.card_of(answer.data["unit"]) if plan and not answer.is_repeat else None


def claim_data(planned: PlannedCard, plan: Plan) -> dict[str, Any]:
    """Return what a claim keeps, so that a killed session resumes on the card it died on."""
    return {"card": asdict(planned), "fingerprint": plan.fingerprint, "part": part_of(plan)}


def left_open(found: dict[str, Any], plan: Plan, ledger: Ledger, annotator: str) -> Again | PlannedCard | None:
    """Return the card that was on the screen of an annotator when a session was killed, if it is still open.

    Parameters
    ----------
    found
        What its claim keeps.
    plan
        In force now; a card of other data is not asked.
    ledger
        Everything said so far.
    annotator
        Who answers.
    """
    if "repeats" in found:
        answers = repeatable(ledger, annotator)
        left = next((answer for answer in answers if answer.uuid == found["repeats"]), None)
        return Again(left, CardKind.BLIND_REPEAT) if left else None
    card = _claimed(found, plan)
    return card if card and card.unit not in ledger.settled() else None


def _claimed(found: dict[str, Any], plan: Plan) -> PlannedCard | None:
    """Return the planned card of a claim, unless it is damaged or was made for other data or another part of it."""
    try:
        is_ours = (found["fingerprint"], found["part"]) == (plan.fingerprint, part_of(plan))
        return card_from_json(found["card"]) if is_ours else None
    except (KeyError, TypeError, ValueError):
        return None
