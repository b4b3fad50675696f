"""Classes edited in the middle of a session: which card follows, what is undone, and what no card may name."""

from dataclasses import replace

import pytest
from support.asking import Session, make_project

from activelabel.errors import WrongUse
from activelabel.project.plan import PlanReader, PlanWriter
from activelabel.records.cards import Suggestion
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.classes.edits import parse_edit
from activelabel.session.loop import run
from activelabel.session.replies import Accepted, Chosen, Noted, Redo, Skipped, Undo


@pytest.fixture
def session(tmp_path):
    with Session(make_project(tmp_path / "project")) as session:
        yield session


def edit(session, words):
    return session.answer(parse_edit(words))


def class_named(session, name):
    return session.asker.ledger.find_class(name).id


def test_the_card_stays_after_a_rename_and_so_does_its_suggestion(session):
    before = session.asker.ask()
    outcome = edit(session, "rename spam = junk")
    after = session.asker.ask()

    assert outcome.item == ""
    assert session.asker.progress().message == "spam is called junk from now on, with its key and 0 labels"
    assert (after.item, after.suggestion) == (before.item, before.suggestion)


def test_a_card_asks_in_the_classes_that_a_merge_left(session):
    edit(session, "merge ham, spam = mail")
    card = session.asker.ask()

    assert card.why.contested == (class_named(session, "mail"),)
    assert card.suggestion.class_id == class_named(session, "mail")


def test_a_suggestion_of_a_class_that_was_split_up_is_none(session):
    edit(session, "split spam = adverts, fraud")
    card = session.asker.ask()

    assert card.suggestion is None
    assert card.why.contested == ("c-ham",)


def test_after_a_split_its_labels_are_asked_again_at_once_and_counted(session):
    session.answer(Chosen("c-spam"), 2)
    session.answer(Chosen("c-ham"))
    edit(session, "split spam = spam, fraud")
    asked = []
    while (card := session.asker.ask()).kind is CardKind.SECOND_LOOK:
        asked.append((card.item.unit, card.answered[0].said, session.asker.progress().doubted))
        session.answer(Chosen(class_named(session, "fraud")))

    assert asked == [("u0", "spam", (2, 2)), ("u1", "spam", (1, 2))]
    assert card.item.unit == "u3"
    assert session.asker.progress().doubted == (0, 0)


def test_labels_in_doubt_are_asked_for_even_when_all_else_was_answered(tmp_path):
    with Session(make_project(tmp_path / "p", units=2)) as session:
        session.answer(Chosen("c-spam"), 2)
        assert session.asker.ask() is None
        change = parse_edit("split spam = spam, fraud")
        # asked on no card, as another person's session would
        session.asker.tell(session.asker.ask() or undone_card(session), change, 0.0)

        assert session.asker.ask().item.unit == "u0"


def undone_card(session):
    session.asker.tell(None, Undo(), 0.0)
    card = session.asker.ask()
    session.asker.tell(None, Redo(), 0.0)
    return card


def test_backspace_takes_an_edit_back_whole_and_ctrl_r_brings_it_back(session):
    session.answer(Chosen("c-spam"))
    edit(session, "split spam = adverts, fraud")
    split = [known.name for known in session.asker.ledger.classes.values()]
    session.answer(Undo())
    undone = [known.name for known in session.asker.ledger.classes.values()]
    message = session.asker.message
    session.answer(Redo())

    assert (split, undone) == (["ham", "adverts", "fraud"], ["ham", "spam"])
    assert message == "taken back: the split of spam"
    assert session.asker.message == "brought back: the split of spam"
    assert [known.name for known in session.asker.ledger.classes.values()] == split


def test_a_merge_of_several_is_one_thing_to_take_back(session):
    edit(session, "add eggs")
    edit(session, "merge ham, spam, eggs = food")
    session.answer(Undo())

    assert session.asker.message == "taken back: spam and eggs into food"
    assert [known.name for known in session.asker.ledger.classes.values()] == ["ham", "spam", "eggs"]


def test_an_answer_is_taken_back_after_the_edits_that_came_after_it(session):
    session.answer(Chosen("c-spam"))
    edit(session, "key spam = x")
    session.answer(Undo())
    session.answer(Undo())

    assert session.asker.message == "taken back: spam"
    assert session.asker.ledger.labels() == {}


def test_a_card_that_is_asked_again_is_asked_in_the_classes_of_today(session):
    while session.asker.ask().suggestion_hidden:
        session.answer(Skipped())
    session.answer(Accepted())
    session.answer(Undo())
    edit(session, "merge ham, spam = mail")
    card = session.asker.ask()

    assert card.suggestion.class_id == class_named(session, "mail")
    session.answer(Accepted())
    assert list(session.asker.ledger.counts.elements()) == [class_named(session, "mail")]


def test_an_item_becomes_an_example_by_its_card_or_by_its_id(session):
    session.answer(Chosen("c-ham"))
    edit(session, "example spam")
    edit(session, "example spam = u0-1")

    assert session.asker.ledger.classes["c-spam"].examples == ("u1-1", "u0-1")
    assert session.asker.example("u1-1").unit == "u1"
    assert session.asker.example("u9-1") is None


def test_what_an_edit_would_come_to_is_said_and_nothing_recorded(session):
    before = session.store.events()

    assert "0 labels" in session.asker.foreseen(session.asker.ask(), parse_edit("rename ham = eggs"))
    with pytest.raises(WrongUse):
        session.asker.foreseen(session.asker.ask(), parse_edit("rename hem = eggs"))
    assert session.store.events() == before


def test_edits_and_their_undoing_are_no_answers(session):
    said = iter(
        [Chosen("c-ham"), parse_edit("rename ham = eggs"), Undo(), Redo(), Noted("odd"), Undo(), Chosen("c-spam")]
    )

    class Listed:
        def answer(self, card, progress):
            return next(said)

        def acknowledge(self, item_id, words):
            pass

    assert run(session.asker, Listed(), lambda: 0.0, limit=2) == 2
    assert [event.kind for event in session.store.events()].count(EventKind.LABEL) == 2


def test_a_plan_may_name_classes_that_somebody_else_has_just_made(tmp_path):
    layout = make_project(tmp_path / "p")
    with Session(layout, "ann") as ann, Session(layout, "bob") as bob:
        ann.answer(Chosen("c-ham"))
        edit(bob, "split spam = adverts, fraud")
        fraud = class_named(bob, "fraud")
        plans = PlanReader(layout)
        plans.refresh()
        cards = tuple(replace(card, suggestion=Suggestion(fraud, 0.9)) for card in plans.plan.cards)
        seen = bob.asker.ledger.counter
        PlanWriter(layout, plans.plan).write(replace(plans.plan, generation=2, answers_through=seen, cards=cards))

        assert ann.asker.ask().suggestion.class_id == fraud
        assert ann.asker.progress().classes == bob.asker.progress().classes
