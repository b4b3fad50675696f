"""The asker: which card comes next, what is recorded, what undo does, and what a killed session comes back to."""

from collections import Counter

import pytest
from support.asking import Session, make_project

from activelabel.errors import WrongUse
from activelabel.project.plan import Plan, PlanReader, PlanWriter
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.pacing.aims import Aims
from activelabel.session.pacing.targets import Targets
from activelabel.session.pacing.watch import Watch
from activelabel.session.replies import Accepted, BadItem, Chosen, NewClass, Noted, NotSure, Redo, Skipped, Undo


@pytest.fixture
def layout(tmp_path):
    return make_project(tmp_path / "project")


def test_the_highest_ranked_open_card_comes_next(layout):
    with Session(layout) as session:
        first = session.asker.ask()
        session.answer(Chosen("c-ham"))
        second = session.asker.ask()

    assert (first.item.unit, second.item.unit) == ("u0", "u1")
    assert first.item.content.fields == (("text", "text 0"),)


def test_an_answer_records_what_was_asked_and_what_was_shown(layout):
    with Session(layout) as session:
        session.answer(Chosen("c-ham"))
        event = session.store.events()[-1]

    assert event.kind is EventKind.LABEL
    assert event.item == "u0-1"
    assert event.data["classes"] == ["c-ham"]
    assert event.data["seconds"] == 1.5
    assert event.data["generation"] == 1
    assert event.data["answers_through"] == 3
    assert event.data["why"]["contested"] == ["c-ham", "c-spam"]
    assert event.data["suggestion"]["class_id"] == "c-spam"
    assert event.data["suggestion"]["shown"] in {"shown", "hidden"}


def test_what_was_typed_to_find_a_class_is_known_to_the_next_session(layout):
    with Session(layout) as session:
        session.answer(Chosen("c-spam", "sp"))
        session.answer(Chosen("c-ham"))
        events = session.store.events()[-2:]
    with Session(layout) as later:
        progress = later.asker.progress()

    assert [event.data.get("typed") for event in events] == ["sp", None]
    assert progress.typed == {"sp": "c-spam"}
    assert progress.recent["c-ham"] > progress.recent["c-spam"]


@pytest.mark.parametrize(
    ("reply", "kind"),
    [(Skipped(), EventKind.SKIP), (NotSure(), EventKind.NOT_SURE), (BadItem(), EventKind.BAD_ITEM)],
)
def test_skip_not_sure_and_bad_item_are_three_facts_and_no_class(layout, reply, kind):
    with Session(layout) as session:
        outcome = session.answer(reply)
        event = session.store.events()[-1]

    assert event.kind is kind
    assert "classes" not in event.data
    assert outcome.said.startswith("(")


def test_a_skipped_item_rests_and_comes_back(layout):
    with Session(layout) as session:
        session.answer(Skipped())
        asked = []
        for _ in range(30):
            asked.append(session.asker.ask().item.unit)
            session.answer(Chosen("c-ham"))

    assert "u0" not in asked[:20]
    assert "u0" in asked


def test_when_only_skipped_items_are_left_they_are_asked(tmp_path):
    with Session(make_project(tmp_path / "p", units=4)) as session:
        for _ in range(4):
            session.answer(Skipped())

        assert session.asker.ask() is not None


def test_nothing_is_left_after_every_unit_was_answered(tmp_path):
    with Session(make_project(tmp_path / "p", units=6)) as session:
        for _ in range(6):
            session.answer(Chosen("c-ham"))

        assert session.asker.ask() is None
        assert not session.asker.more_to_come()
        assert session.asker.progress().left == 0


def test_undo_shows_the_same_card_again_and_redo_brings_the_answer_back(layout):
    with Session(layout) as session:
        session.answer(Chosen("c-ham"))
        session.answer(Undo())
        again = session.asker.ask()
        labels_after_undo = dict(session.asker.ledger.labels())
        session.asker.tell(again, Redo(), 0.0)

        assert again.item.unit == "u0"
        assert labels_after_undo == {}
        assert session.asker.ledger.labels() == {"u0": "c-ham"}
        assert session.asker.ask().item.unit == "u1"


def test_undo_reaches_back_over_a_restart(layout):
    with Session(layout) as session:
        session.answer(Chosen("c-ham"))
    with Session(layout) as session:
        session.answer(Undo())

        assert session.asker.ledger.labels() == {}


def test_a_new_class_is_added_with_its_key_and_chosen(layout):
    with Session(layout) as session:
        session.answer(NewClass("eggs"))
        progress = session.asker.progress()

    assert [known.name for known in progress.classes] == ["ham", "spam", "eggs"]
    assert progress.classes[-1].key == "3"
    assert progress.counts[progress.classes[-1].id] == 1


@pytest.mark.parametrize("name", ["", "   ", "HAM", "a\x1bb", "x" * 201])
def test_a_name_that_cannot_be_a_class_is_refused_and_nothing_is_recorded(layout, name):
    with Session(layout) as session:
        before = session.store.events()
        with pytest.raises(WrongUse):
            session.answer(NewClass(name))

        assert session.store.events() == before


def test_accepting_needs_a_suggestion_that_is_shown(layout):
    with Session(layout) as session:
        outcomes = Counter()
        for _ in range(20):
            card = session.asker.ask()
            try:
                session.asker.tell(card, Accepted(), 1.0)
                outcomes["accepted"] += 1
                assert not card.suggestion_hidden
            except WrongUse:
                outcomes["refused"] += 1
                assert card.suggestion_hidden
                session.asker.tell(card, Chosen("c-ham"), 1.0)

    assert outcomes["accepted"] > outcomes["refused"] > 0


def test_a_note_stays_with_the_item_and_the_card_stays(layout):
    with Session(layout) as session:
        session.answer(Noted("odd one"))

        assert session.asker.ask().item.unit == "u0"
        assert [note.data["text"] for note in session.asker.ledger.notes["u0-1"]] == ["odd one"]


def test_one_card_in_five_is_an_audit_card_in_audit_order_without_suggestion(tmp_path):
    with Session(make_project(tmp_path / "p", units=200, audit=0.2)) as session:
        cards = []
        for _ in range(90):
            cards.append(session.asker.ask())
            session.answer(Chosen("c-ham"))

    audits = [card for card in cards if card.kind is CardKind.AUDIT]
    assert all(card.kind is not CardKind.AUDIT for card in cards[:10])
    assert 8 <= len(audits) <= 26
    assert [card.item.unit for card in audits] == [f"u{n}" for n in range(199, 199 - len(audits), -1)]
    assert all(card.suggestion_hidden and card.inclusion_probability for card in audits)


def test_a_skipped_audit_card_stays_the_next_audit_card(tmp_path):
    with Session(make_project(tmp_path / "p", units=200, audit=1.0, first_batch=0)) as session:
        first = session.asker.ask()
        session.answer(Skipped())

        assert session.asker.ask().item.unit == first.item.unit == "u199"


def test_a_killed_session_resumes_on_the_card_it_died_on(layout):
    with Session(layout) as session:
        session.answer(Chosen("c-ham"))
        on_screen = session.asker.ask()
    plan = PlanReader(layout)
    plan.refresh()
    reordered = Plan(2, 4, 1, "print", 39, 10, (0, 0), plan.plan.cards[::-1], plan.plan.reserve)
    PlanWriter(layout, plan.plan).write(reordered)
    with Session(layout) as session:
        assert session.asker.ask().item.unit == on_screen.item.unit == "u1"


def test_two_annotators_never_have_one_item_on_their_screens(layout):
    with Session(layout, "ann") as ann, Session(layout, "bob") as bob:
        assert ann.asker.ask().item.unit == "u0"
        assert bob.asker.ask().item.unit == "u1"


def test_what_others_said_counts_after_the_next_answer(layout):
    with Session(layout, "ann") as ann, Session(layout, "bob") as bob:
        ann.answer(Chosen("c-ham"))
        bob.answer(Chosen("c-spam"))

        assert bob.asker.ledger.labels() == {"u0": "c-ham", "u1": "c-spam"}


def test_a_deleted_cache_leaves_no_card_and_no_error(layout):
    with Session(layout) as session:
        session.answer(Chosen("c-ham"))
    for path in layout.cache.iterdir():
        path.unlink()
    with Session(layout) as session:
        assert session.asker.ask() is None
        assert session.asker.more_to_come()
        assert session.asker.ledger.labels() == {"u0": "c-ham"}


def test_a_damaged_plan_is_no_plan(layout):
    layout.plan.write_bytes(layout.plan.read_bytes()[:100])
    with Session(layout) as session:
        assert session.asker.ask() is None


def test_an_answer_records_how_much_there_was_to_read(layout):
    with Session(layout) as session:
        session.answer(Chosen("c-ham"))

        assert session.store.events()[-1].data["length"] == len("text 0")


def test_with_a_number_of_labels_to_reach_cards_for_what_is_short_come_first(tmp_path):
    layout = make_project(tmp_path / "p", guesses=["ham", "spam", None])
    with Session(layout) as session:
        session.asker.aims = Aims("ann", Targets(at_least=3))
        asked = []
        while not session.asker.is_over(card := session.asker.ask(), len(asked)):
            asked.append(card.item.unit)
            session.asker.tell(card, Chosen("c-spam" if len(asked) <= 3 else "c-ham"), 2.0)

    assert asked == ["u0", "u1", "u3", "u6", "u9", "u12"]
    assert session.asker.aims.reason == "every class has 3 labels or more"


def test_audit_cards_keep_their_turns_whatever_the_session_aims_at(tmp_path):
    turns = []
    for name, targets in [("p", Targets()), ("q", Targets(budget=9999.0, at_least=50))]:
        with Session(make_project(tmp_path / name, units=200, audit=0.2)) as session:
            session.asker.aims = Aims("ann", targets)
            turns.append([])
            for _ in range(60):
                turns[-1].append(session.asker.ask().kind)
                session.answer(Chosen("c-ham"))

    assert turns[0] == turns[1]
    assert turns[0].count(CardKind.AUDIT) > 3


def test_time_with_a_shell_is_taken_off_the_clock_of_the_session(layout):
    now = [0.0]
    with Session(layout) as session:
        session.asker.aims = Aims("ann", Targets(), Watch(lambda: now[0]))
        session.asker.is_over(session.asker.ask(), 0)
        now[0] = 100.0
        session.asker.was_away(90.0)

        assert session.asker.aims.watch.spent() == 10.0
