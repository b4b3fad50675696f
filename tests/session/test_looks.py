"""Cards that show earlier answers: what keeping, changing, deciding and putting off record; flags; what undo says."""

from dataclasses import replace

import pytest
from support.asking import NOW, Session, make_project

from activelabel.errors import WrongUse
from activelabel.project.plan import PlannedCard, PlanReader, PlanWriter
from activelabel.project.store import Draft
from activelabel.records.cards import Suggestion, Why
from activelabel.records.contents import ItemRecord
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.again import Again
from activelabel.session.replies import Accepted, Chosen, Decided, Flagged, Noted, Skipped, Undo


@pytest.fixture
def layout(tmp_path):
    return make_project(tmp_path / "project", units=200)


def disbelieve(layout, unit):
    """Put a plan in force whose model believes that an item is spam."""
    reader = PlanReader(layout)
    reader.refresh()
    offset = next(card.offset for card in reader.plan.cards if card.unit == unit)
    look = PlannedCard(unit, CardKind.SECOND_LOOK, offset, Why("suspect"), Suggestion("c-spam", 0.9))
    PlanWriter(layout, reader.plan).write(replace(reader.plan, generation=2, second_looks=(look,)))


def dispute(session, unit, said="c-spam"):
    """Let bob answer a unit that ann has answered."""
    data = {"unit": unit, "card": "audit", "seconds": 1.0, "classes": [said]}
    item = session.store.item(f"{unit}-1")
    session.store.append("bob", NOW, [Draft(EventKind.LABEL, data, ItemRecord(item.id, unit, item.content))])


def until(session, kind):
    """Answer ham until a card of a kind comes, and return that card."""
    for _ in range(120):
        card = session.asker.ask()
        if card.kind is kind:
            return card
        session.asker.tell(card, Chosen("c-ham"), 1.0)
    raise AssertionError(f"no {kind} card")


def look(session, layout):
    session.answer(Chosen("c-ham"))
    disbelieve(layout, "u0")
    return until(session, CardKind.SECOND_LOOK)


def decision(session):
    session.answer(Chosen("c-ham"))
    dispute(session, "u0")
    return until(session, CardKind.ADJUDICATION)


def test_enter_on_a_second_look_keeps_the_own_answer_and_not_what_the_model_believes(layout):
    with Session(layout) as session:
        card = look(session, layout)
        session.asker.tell(card, Accepted(), 1.0)
        said = session.asker.ledger.said

    assert (card.answered[0].said, card.suggestion.class_id) == ("ham", "c-spam")
    assert said[-1].data["classes"] == ["c-ham"]
    assert said[-1].data["card"] == "second-look"
    assert said[-1].data["looked_at"] == [said[0].uuid]


def test_a_second_look_that_is_put_off_leaves_the_answer_and_comes_back_later(layout):
    with Session(layout) as session:
        card = look(session, layout)
        session.asker.tell(card, Skipped(), 1.0)
        after = [session.asker.ask()]
        for _ in range(19):
            session.answer(Chosen("c-ham"))
            after.append(session.asker.ask())

        assert session.asker.ledger.labels()["u0"] == "c-ham"
        assert all(card.item.unit != "u0" for card in after)
        assert until(session, CardKind.SECOND_LOOK).item.unit == "u0"


def test_a_label_in_doubt_cannot_be_kept_and_rests_when_it_is_put_off(layout):
    with Session(layout) as session:
        session.answer(Chosen("c-ham"))
        split = {"class": "c-ham", "into": ["c-spam"]}
        session.store.append("ann", NOW, [Draft(EventKind.CLASS_SPLIT, split)])
        session.answer(Chosen("c-spam"))
        card = session.asker.ask()
        with pytest.raises(WrongUse, match="no class to keep"):
            session.asker.tell(card, Accepted(), 1.0)
        session.asker.tell(card, Skipped(), 1.0)

        assert card.answered[0].said == "ham"
        assert session.asker.ask().item.unit != "u0"
        assert "u0" in session.asker.ledger.doubted


def test_an_adjudication_shows_both_answers_with_their_own_notes_and_has_no_default(layout):
    with Session(layout) as session:
        session.asker.tell(session.asker.ask(), Noted("a list"), 1.0)
        card = decision(session)
        with pytest.raises(WrongUse):
            session.asker.tell(card, Accepted(), 1.0)

    assert [(given.annotator, given.said, given.notes) for given in card.answered] == [
        ("ann", "ham", ("a list",)),
        ("bob", "spam", ()),
    ]


def test_a_decision_is_recorded_with_its_reason_and_ends_the_dispute(layout):
    with Session(layout) as session:
        card = decision(session)
        session.asker.tell(card, Decided(Chosen("c-spam"), "slip"), 1.0)
        last = session.asker.ledger.said[-1]

        assert (last.data["card"], last.data["reason"]) == ("adjudication", "slip")
        assert last.data["looked_at"] == [given.uuid for given in card.answered]
        assert session.asker.ledger.labels()["u0"] == "c-spam"
        assert session.asker.ledger.disputed() == {}


def test_a_decision_that_another_has_on_the_screen_is_not_asked_for(layout):
    with Session(layout) as session, Session(layout, "bob") as other:
        card = decision(session)
        other.answer(Chosen("c-ham"))
        kinds = set()
        for _ in range(40):
            asked = other.asker.ask()
            kinds.add(asked.kind)
            other.asker.tell(asked, Chosen("c-ham"), 1.0)

    assert card.kind is CardKind.ADJUDICATION
    assert CardKind.ADJUDICATION not in kinds


def test_a_flag_marks_the_item_and_the_same_key_takes_the_mark_away(layout):
    with Session(layout) as session:
        session.answer(Flagged())
        flagged = session.asker.ask()
        word = session.asker.message
        session.answer(Flagged())
        again = session.asker.ask()

        assert (flagged.item.unit, flagged.flagged, word) == ("u0", True, "flagged")
        assert (again.item.unit, again.flagged, session.asker.message) == ("u0", False, "no longer flagged")
        assert session.asker.ledger.given == 0


def test_a_card_with_a_remark_stays_when_a_new_plan_ranks_another_first(layout):
    with Session(layout) as session:
        session.answer(Noted("odd"))
        reader = PlanReader(layout)
        reader.refresh()
        plan = reader.plan
        PlanWriter(layout, plan).write(replace(plan, generation=2, cards=plan.cards[::-1]))

        assert session.asker.ask().item.unit == "u0"


def test_undo_says_what_it_withdrew_and_what_holds_instead(layout):
    with Session(layout) as session:
        card = look(session, layout)
        session.asker.tell(card, Chosen("c-spam"), 1.0)
        reader = PlanReader(layout)
        reader.refresh()
        spoken = replace(reader.plan, generation=reader.plan.generation + 1, speaks_for={card.item.unit: 5})
        PlanWriter(layout, reader.plan).write(spoken)
        session.answer(Undo())

        assert session.asker.plan.speaks_for == {card.item.unit: 5}
        assert session.asker.message == "taken back: spam; ham is in force again"
        assert session.asker.ask().answered[0].said == "ham"


def test_a_card_that_comes_back_by_undo_still_knows_what_is_near(layout):
    reader = PlanReader(layout)
    reader.refresh()
    first, *others = reader.plan.cards
    cards = (replace(first, near=("u7",), departs=("text",)), *others)
    PlanWriter(layout, reader.plan).write(replace(reader.plan, generation=2, cards=cards))
    with Session(layout) as session:
        session.answer(Chosen("c-ham"))
        session.answer(Undo())
        card = session.asker.ask()

    assert (card.item.unit, card.near, card.departs) == ("u0", ("u7",), ("text",))


def test_an_answer_that_is_looked_at_again_has_precedents_from_the_card_it_is_near(layout):
    with Session(layout) as session:
        session.answer(Chosen("c-ham"), 3)
        reader = PlanReader(layout)
        reader.refresh()
        fourth = replace(reader.plan.cards[3], near=("u1", "u0", "u2"))
        fifth = replace(reader.plan.cards[4], near=("u2", "u1", "u0"))
        PlanWriter(layout, reader.plan).write(replace(reader.plan, generation=2, cards=(fourth, fifth)))
        session.asker.look_again()
        card = session.asker.card_of(Again(session.asker.ledger.answers["u1"], CardKind.BLIND_REPEAT))

        assert [found.item.unit for found in session.asker.precedents(card)] == ["u0", "u2"]


def test_undo_says_for_how_many_items_a_representative_stood(layout):
    with Session(layout) as session:
        card = replace(session.asker.ask(), kind=CardKind.REPRESENTATIVE, why=Why("representative", (), 12))
        session.asker.tell(card, Chosen("c-spam"), 1.0)
        session.answer(Undo())

        assert session.asker.message == "taken back: spam, which stood for 12 items"
