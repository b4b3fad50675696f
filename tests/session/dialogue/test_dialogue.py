"""One card at a time, which stays; an answer that is recorded once; what is refused."""

import json
from dataclasses import replace

import pytest
from support.calls import NOW, answered, asked, call, with_suggestions

from activelabel.errors import NotSaved, StaleCard, UnknownClass, WrongUse
from activelabel.project.claims import Claims
from activelabel.project.plan import PlanReader
from activelabel.project.store import Draft, Store
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.again import Again
from activelabel.session.asker import Asker
from activelabel.session.undo import take_back


def test_a_card_stays_from_call_to_call_until_it_is_answered(blobs):
    first = asked(blobs.layout)
    with_suggestions(blobs.layout)  # a new plan has come meanwhile

    assert asked(blobs.layout) == first
    saved = answered(blobs.layout, {"card": first["card"], "label": "RED"})
    assert saved["saved"] == {"item": first["item"]["id"], "said": "red"}
    assert saved["progress"]["answered"] == 1
    assert asked(blobs.layout)["item"]["id"] != first["item"]["id"]


def test_an_answer_records_the_plan_that_asked(blobs):
    token = asked(blobs.layout)["card"]
    with_suggestions(blobs.layout)
    answered(blobs.layout, {"card": token, "label": "red"})
    event = blobs.ledger.said[-1]

    assert event.data["generation"] == 1
    assert event.data["token"] == token


def test_time_runs_from_the_question_to_the_answer_unless_it_is_given(blobs):
    token = asked(blobs.layout, clock=lambda: 100.0)["card"]
    answered(blobs.layout, {"card": token, "label": "red"}, clock=lambda: 107.5)
    token = asked(blobs.layout, clock=lambda: 110.0)["card"]
    answered(blobs.layout, {"card": token, "label": "red", "seconds": 1.25}, clock=lambda: 190.0)

    assert [event.data["seconds"] for event in blobs.ledger.said] == [7.5, 1.25]


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        ({"label": "green"}, EventKind.LABEL, "green"),
        ({"label": "puce", "new_class": True}, EventKind.LABEL, "puce"),
        ({"skip": True}, EventKind.SKIP, "(skip)"),
        ({"not_sure": True}, EventKind.NOT_SURE, "(not sure)"),
        ({"bad": True}, EventKind.BAD_ITEM, "(bad item)"),
    ],
)
def test_the_same_answer_twice_is_recorded_once(blobs, answer, kind, said):
    token = asked(blobs.layout)["card"]
    first = answered(blobs.layout, {"card": token, **answer})
    again = answered(blobs.layout, {"card": token, **answer})

    assert first["saved"]["said"] == said
    assert again == first
    assert [event.kind for event in blobs.ledger.said] == [kind]


@pytest.mark.parametrize("other", [{"label": "green"}, {"skip": True}, {"accept": True}])
def test_another_answer_to_an_answered_card_is_stale(blobs, other):
    token = asked(blobs.layout)["card"]
    answered(blobs.layout, {"card": token, "label": "red"})

    with pytest.raises(StaleCard, match="answered already: red"):
        answered(blobs.layout, {"card": token, **other})
    assert len(blobs.ledger.said) == 1


def test_what_was_suggested_can_be_accepted_twice_and_only_where_it_was_shown(blobs):
    with_suggestions(blobs.layout)
    seen = []
    for _ in range(8):
        question = asked(blobs.layout)
        seen.append(question["suggestion"])
        message = {"card": question["card"], "accept": True}
        if seen[-1]:
            assert answered(blobs.layout, message) == answered(blobs.layout, message)
            continue
        with pytest.raises(WrongUse, match="no suggestion"):
            answered(blobs.layout, message)
        answered(blobs.layout, {"card": question["card"], "label": "green"})

    assert None in seen
    assert {"word": "likely", "class": "red"} in seen
    assert len(blobs.ledger.said) == 8


def test_an_unknown_class_is_refused_with_the_nearest_and_the_card_stays(blobs):
    token = asked(blobs.layout)["card"]

    with pytest.raises(UnknownClass, match="no class named 'gren'") as refused:
        answered(blobs.layout, {"card": token, "label": "gren"})
    assert refused.value.hint.startswith("try 'green'")
    with pytest.raises(WrongUse):
        answered(blobs.layout, {"card": token, "label": "a\x1bb", "new_class": True})
    assert asked(blobs.layout)["card"] == token
    assert not blobs.ledger.said


def test_a_token_that_was_never_given_is_stale(blobs):
    asked(blobs.layout)

    for token in ("nonsense", "\ud800"):
        with pytest.raises(StaleCard):
            answered(blobs.layout, {"card": token, "label": "red"})


def test_a_token_is_of_one_annotator(blobs):
    token = asked(blobs.layout)["card"]
    answered(blobs.layout, {"card": token, "label": "red"})

    with pytest.raises(StaleCard):
        answered(blobs.layout, {"card": token, "label": "red"}, annotator="bob")


def test_two_annotators_hold_two_items(blobs):
    assert asked(blobs.layout)["item"]["id"] != asked(blobs.layout, annotator="bob")["item"]["id"]


def test_a_card_that_was_given_back_is_stale(blobs):
    token = asked(blobs.layout)["card"]
    with call(blobs.layout) as dialogue:
        dialogue.give_back()
        fresh = dialogue.question()["card"]

    assert fresh != token
    with pytest.raises(StaleCard):
        answered(blobs.layout, {"card": token, "label": "red"})


@pytest.mark.parametrize("annotator", ["ann", "bob"])
def test_a_card_that_was_answered_elsewhere_is_stale(blobs, annotator):
    question = asked(blobs.layout)
    row = next(row for row in blobs.order if blobs.dataset.item(row).id == question["item"]["id"])
    blobs.answer([row], annotator=annotator)

    with pytest.raises(StaleCard):
        answered(blobs.layout, {"card": question["card"], "label": "red"})
    assert asked(blobs.layout)["item"]["id"] != question["item"]["id"]


def test_undo_takes_the_last_answer_back_and_asks_its_card_again(blobs):
    first = asked(blobs.layout)
    answered(blobs.layout, {"card": first["card"], "label": "red"})
    second = asked(blobs.layout)
    undone = answered(blobs.layout, {"undo": True})
    again = asked(blobs.layout)

    assert undone["saved"] == {"item": first["item"]["id"], "said": "(undone)"}
    assert again["item"] == first["item"]
    for token in (first["card"], second["card"]):
        with pytest.raises(StaleCard):
            answered(blobs.layout, {"card": token, "label": "red"})
    answered(blobs.layout, {"card": again["card"], "label": "green"})
    assert sum(blobs.ledger.counts.values()) == 1


def test_with_nothing_to_take_back_the_card_stays(blobs):
    token = asked(blobs.layout)["card"]

    with pytest.raises(WrongUse, match="no answer to take back"):
        answered(blobs.layout, {"undo": True})
    assert asked(blobs.layout)["card"] == token


def test_a_card_outlives_an_undo_from_outside(blobs):
    blobs.answer(blobs.order[:1])
    token = asked(blobs.layout)["card"]
    with Store(blobs.layout.labels) as store:
        take_back(store, "ann", 1, NOW)

    assert asked(blobs.layout)["card"] == token


def test_a_note_is_kept_with_the_answer_and_once(blobs, monkeypatch):
    question = asked(blobs.layout)
    message = {"card": question["card"], "label": "red", "note": "looks odd"}
    append = Store.append

    def full(store, annotator, time, drafts):
        if any(draft.kind is EventKind.LABEL for draft in drafts):
            raise NotSaved("disk full", "free some space")
        return append(store, annotator, time, drafts)

    monkeypatch.setattr(Store, "append", full)
    with pytest.raises(NotSaved):
        answered(blobs.layout, message)
    monkeypatch.setattr(Store, "append", append)
    answered(blobs.layout, message)
    answered(blobs.layout, message)

    notes = blobs.ledger.notes[question["item"]["id"]]
    assert [note.data["text"] for note in notes] == ["looks odd"]
    assert len(blobs.ledger.said) == 1


def test_a_skipped_card_is_not_the_next_one(blobs):
    first = asked(blobs.layout)
    with call(blobs.layout) as dialogue:
        dialogue.answer(json.dumps({"card": first["card"], "skip": True}))

        assert dialogue.question()["item"]["id"] != first["item"]["id"]


def test_a_class_that_was_merged_away_is_suggested_by_its_name_of_today(blobs):
    with_suggestions(blobs.layout)
    question = asked(blobs.layout)
    while question["suggestion"] is None:
        answered(blobs.layout, {"card": question["card"], "label": "green"})
        question = asked(blobs.layout)
    ids = {known.name: known.id for known in blobs.ledger.classes.values()}
    with Store(blobs.layout.labels) as store:
        store.append("bob", NOW, [Draft(EventKind.CLASS_MERGED, {"class": ids["red"], "into": ids["blue"]})])

    assert asked(blobs.layout)["suggestion"]["class"] == "blue"
    assert answered(blobs.layout, {"card": question["card"], "accept": True})["saved"]["said"] == "blue"


def test_a_class_that_was_merged_away_is_not_accepted_from_a_card_that_comes_again(blobs):
    with_suggestions(blobs.layout)
    ids = {known.name: known.id for known in blobs.ledger.classes.values()}
    with call(blobs.layout) as dialogue:
        while (question := dialogue.question())["suggestion"] is None:
            dialogue.answer(json.dumps({"card": question["card"], "label": "green"}))
        dialogue.answer(json.dumps({"card": question["card"], "accept": True}))
        with Store(blobs.layout.labels) as store:
            store.append("bob", NOW, [Draft(EventKind.CLASS_MERGED, {"class": ids["red"], "into": ids["blue"]})])
        dialogue.answer('{"undo": true}')
        again = dialogue.question()
        saved = dialogue.answer(json.dumps({"card": again["card"], "accept": True}))

    assert again["item"] == question["item"]
    assert again["suggestion"]["class"] == saved["saved"]["said"] == "blue"


def test_a_damaged_claim_costs_a_question_asked_anew(blobs):
    token = asked(blobs.layout)["card"]
    claims = Claims(blobs.layout.claims)
    claims.claim("ann", "u", {"held": {"card": {"item": 3}, "counter": "x"}})
    claims.close()

    assert asked(blobs.layout)["card"] != token


def test_a_session_at_a_terminal_resumes_on_the_card_that_is_held(blobs):
    question = asked(blobs.layout)
    with_suggestions(blobs.layout)
    with Store(blobs.layout.labels) as store:
        claims = Claims(blobs.layout.claims)
        card = Asker(store, PlanReader(blobs.layout), claims, "ann", lambda: NOW).ask()
        claims.close()

    assert card.item.id == question["item"]["id"]


def test_ten_answers_that_the_plan_has_not_seen_are_a_reason_to_learn(blobs):
    blobs.answer(blobs.order[:9])
    with call(blobs.layout) as dialogue:
        assert not dialogue.is_behind
    blobs.answer(blobs.order[9:10])
    with call(blobs.layout) as dialogue:
        assert dialogue.is_behind
        dialogue.question()
        assert not dialogue.is_behind


def test_nothing_left_is_said_and_an_undo_brings_the_last_card_back(blobs):
    blobs.answer(range(1, blobs.dataset.n_units))
    answered(blobs.layout, {"card": asked(blobs.layout)["card"], "label": "red"})
    end = asked(blobs.layout)
    answered(blobs.layout, {"undo": True})

    assert (end["done"], end["card"]) == (True, None)
    assert asked(blobs.layout)["done"] is False


def test_accepting_a_second_look_keeps_what_was_said_before(blobs):
    blobs.answer(blobs.order[:1], colour="blue")
    answer = blobs.ledger.said[-1]
    with call(blobs.layout) as dialogue, Store(blobs.layout.labels) as store:
        claims = Claims(blobs.layout.cache / "other.db")
        asker = Asker(store, PlanReader(blobs.layout), claims, "ann", lambda: NOW)
        claims.close()
        dialogue.card = replace(asker.card_of(Again(answer, CardKind.SECOND_LOOK)), token="t")
        saved = dialogue.answer(json.dumps({"card": "t", "accept": True}))

    assert saved["saved"]["said"] == "blue"
    assert blobs.ledger.said[-1].data["looked_at"] == [answer.uuid]
