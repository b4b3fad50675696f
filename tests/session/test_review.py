"""The walk through past answers: what is shown, in which order, what is recorded, and the way back."""

from dataclasses import replace

import pytest
from session.test_looks import disbelieve, dispute
from support.asking import NOW, Session, make_project

from activelabel.errors import WrongUse
from activelabel.project.store import Draft
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.replies import (
    Accepted,
    BadItem,
    Chosen,
    ClassEdit,
    Decided,
    Flagged,
    Noted,
    NotSure,
    Redo,
    Skipped,
    Undo,
)
from activelabel.session.review import Review
from activelabel.session.selection import Filters, select, since_time


@pytest.fixture
def layout(tmp_path):
    """Make a project in which u0 to u5 are answered: ham, not sure, bad, skipped, spam with a note, ham."""
    layout = make_project(tmp_path / "project")
    replies = [Chosen("c-ham"), NotSure(), BadItem(), Skipped(), Chosen("c-spam"), Chosen("c-ham")]
    with Session(layout) as session:
        for reply in replies:
            if reply == Chosen("c-spam"):
                session.answer(Noted("free"))
            session.answer(reply)
    return layout


def chosen(layout, **filters):
    with Session(layout) as session:
        found = select(session.asker.ledger, session.asker.plan, Filters(**filters), session.asker.item)
    return [again.answer.data["unit"] for again in found]


# --- which ---


def test_without_filters_suspects_come_first_then_answers_that_differ(layout):
    disbelieve(layout, "u5")
    with Session(layout) as session:
        dispute(session, "u0")

    assert chosen(layout) == ["u5", "u0"]
    assert chosen(layout, suspects=True) == ["u5"]
    assert chosen(layout, disputed=True) == ["u0"]


@pytest.mark.parametrize(
    ("filters", "units"),
    [
        ({"not_sure": True}, ["u1"]),
        ({"bad": True}, ["u2"]),
        ({"skipped": True}, ["u3"]),
        ({"noted": True}, ["u4"]),
        ({"class_name": "HAM"}, ["u5", "u0"]),
        ({"by": "ann"}, ["u5", "u4", "u3", "u2", "u1", "u0"]),
        ({"by": "bob"}, []),
        ({"search": "TÉXT 4"}, ["u4"]),
        ({"search": " text 4 "}, ["u4"]),
        ({"search": "u2-1"}, ["u2"]),
        ({"class_name": "ham", "search": "text 5"}, ["u5"]),
        ({"not_sure": True, "bad": True}, []),
        ({"since": NOW}, ["u5", "u4", "u3", "u2", "u1", "u0"]),
        ({"since": "2026-01-01T00:00:01+00:00"}, []),
    ],
)
def test_filters_leave_what_all_of_them_apply_to_the_newest_first(layout, filters, units):
    assert chosen(layout, **filters) == units


def test_a_class_that_nobody_knows_is_named_with_one_that_is_near(layout):
    with pytest.raises(WrongUse, match="no class named 'spa'") as refused:
        chosen(layout, class_name="spa")

    assert refused.value.hint == "try 'spam'"


def test_a_flagged_item_is_found_whether_it_was_answered_or_not(layout):
    with Session(layout) as session:
        session.answer(Flagged())

    assert chosen(layout, flagged=True) == ["u6"]


def test_a_label_that_a_split_has_put_in_doubt_is_still_found(layout):
    with Session(layout) as session:
        session.store.append("ann", NOW, [Draft(EventKind.CLASS_SPLIT, {"class": "c-ham", "into": ["c-spam"]})])

    assert chosen(layout, search="text 0") == ["u0"]


@pytest.mark.parametrize("text", ["", "2", "2w", "yesterday", "-1d", "2026-13-01"])
def test_a_time_that_cannot_be_meant_is_refused(text):
    with pytest.raises(WrongUse, match="--since"):
        since_time(text, NOW)


def test_more_days_than_there_were_are_since_the_beginning():
    assert since_time("9999999d", NOW).startswith("0001-01-01")
    assert since_time("999999999999999999999d", NOW).startswith("0001-01-01")


# --- the walk ---


class Walk(Session):
    def __init__(self, layout, annotator="ann", **filters):
        super().__init__(layout, annotator)
        found = select(self.asker.ledger, self.asker.plan, Filters(**filters), self.asker.item)
        self.review = Review(self.asker, found)

    def say(self, reply):
        return self.review.tell(self.review.ask(), reply, 1.0)

    @property
    def events(self):
        return len(self.store.events())


def test_space_and_enter_go_on_and_record_nothing(layout):
    with Walk(layout, by="ann") as walk:
        before = walk.events
        shown = [walk.review.ask().answered[0].said]
        for reply in (Skipped(), Accepted(), Accepted(), Accepted(), Accepted()):
            walk.say(reply)
            shown.append(walk.review.ask().answered[0].said)
        walk.say(Skipped())

        assert walk.events == before
        assert shown == ["ham", "spam", "(skip)", "(bad item)", "(not sure)", "ham"]
        assert walk.review.ask() is None


def test_a_card_says_its_place_in_the_list(layout):
    with Walk(layout, by="ann") as walk:
        walk.say(Skipped())

        assert walk.review.progress().place == (2, 6)


def test_a_change_is_a_new_answer_and_what_was_said_before_is_kept(layout):
    with Walk(layout, not_sure=True) as walk:
        old = walk.review.ask().answered[0].uuid
        walk.say(Chosen("c-spam"))
        last = walk.asker.ledger.said[-1]

        assert (last.data["card"], last.data["looked_at"], last.data["classes"]) == ("second-look", [old], ["c-spam"])
        assert walk.asker.ledger.labels()["u1"] == "c-spam"
        assert any(event.uuid == old for event in walk.store.events())


def test_keeping_a_label_that_the_model_disbelieves_is_recorded(layout):
    disbelieve(layout, "u5")
    with Walk(layout) as walk:
        card = walk.review.ask()
        walk.say(Accepted())
        last = walk.asker.ledger.said[-1]

        assert card.suggestion.class_id == "c-spam"
        assert (last.data["card"], last.data["classes"]) == ("second-look", ["c-ham"])
    assert chosen(layout) == []


def test_answers_that_differ_are_decided_and_have_no_default(layout):
    with Session(layout) as session:
        dispute(session, "u0")
    with Walk(layout) as walk:
        card = walk.review.ask()
        with pytest.raises(WrongUse):
            walk.say(Accepted())
        walk.say(Decided(Chosen("c-spam"), "slip"))

        assert card.kind is CardKind.ADJUDICATION
        assert walk.asker.ledger.said[-1].data["reason"] == "slip"
        assert walk.asker.ledger.disputed() == {}


def test_a_label_in_doubt_cannot_be_kept(layout):
    with Session(layout) as session:
        session.store.append("ann", NOW, [Draft(EventKind.CLASS_SPLIT, {"class": "c-ham", "into": ["c-spam"]})])
    with Walk(layout, search="text 0") as walk, pytest.raises(WrongUse, match="no class to keep"):
        walk.say(Accepted())


def test_a_flagged_item_without_an_answer_is_answered_and_not_kept(layout):
    with Session(layout) as session:
        session.answer(Flagged())
    with Walk(layout, flagged=True) as walk:
        card = walk.review.ask()
        with pytest.raises(WrongUse):
            walk.say(Accepted())
        walk.say(Chosen("c-ham"))

        assert (card.answered, card.flagged) == ((), True)
        assert walk.asker.ledger.labels()["u6"] == "c-ham"


def test_backspace_goes_back_a_card_and_takes_back_only_what_was_said_here(layout):
    with Walk(layout, by="ann") as walk:
        walk.say(Skipped())
        walk.say(Chosen("c-ham"))
        walk.say(Undo())
        after_answer = (walk.review.progress().place, walk.asker.ledger.labels()["u4"], walk.review.message)
        walk.say(Undo())
        with pytest.raises(WrongUse, match="first card"):
            walk.say(Undo())

        assert after_answer == ((2, 6), "c-spam", "taken back: ham; spam is in force again")
        assert walk.review.progress().place == (1, 6)
        assert walk.asker.ledger.labels() == {"u0": "c-ham", "u4": "c-spam", "u5": "c-ham"}


def test_redo_brings_back_what_was_taken_back_here_and_nothing_else(layout):
    with Walk(layout, by="ann") as walk:
        with pytest.raises(WrongUse, match="nothing to bring back"):
            walk.say(Redo())
        walk.say(Chosen("c-spam"))
        walk.say(Undo())
        walk.say(Redo())

        assert walk.asker.ledger.labels()["u5"] == "c-spam"
        assert walk.review.progress().place == (2, 6)


def test_a_note_and_a_flag_stay_on_the_card(layout):
    with Walk(layout, by="ann") as walk:
        walk.say(Noted("look"))
        walk.say(Flagged())
        card = walk.review.ask()

        assert card.answered[0].notes == ("look",)
        assert (card.flagged, walk.review.progress().place) == (True, (1, 6))


def test_an_edit_of_the_classes_stays_on_the_card_and_backspace_takes_it_back_first(layout):
    with Walk(layout, by="ann") as walk:
        walk.say(Chosen("c-spam"))
        walk.say(ClassEdit("rename", ("ham",), ("letter",)))
        renamed = [walk.review.progress().place, walk.asker.ledger.class_name("c-ham")]
        walk.say(Undo())
        first = [walk.review.progress().place, walk.asker.ledger.class_name("c-ham")]
        walk.say(Undo())

        assert renamed == [(2, 6), "letter"]
        assert first == [(2, 6), "ham"]
        assert walk.review.progress().place == (1, 6)
        assert walk.asker.ledger.labels()["u5"] == "c-ham"


def test_who_corrects_the_answer_of_another_has_decided(layout):
    with Walk(layout, "bob", not_sure=True) as walk:
        walk.say(Chosen("c-spam"))

        assert walk.asker.ledger.labels()["u1"] == "c-spam"
        assert walk.asker.ledger.disputed() == {}


def test_filters_are_told_in_words():
    every = replace(Filters(), suspects=True, not_sure=True, class_name="ham", since="2d")

    assert every.words() == "suspects, not sure, of class ham, since 2d"
