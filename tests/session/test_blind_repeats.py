"""Blind repeats: some early answers are asked for again, unmarked, and change nothing."""

import pytest
from support.asking import Session, make_project

from activelabel.errors import WrongUse
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.again import is_repeat_turn, repeatable
from activelabel.session.replies import BadItem, Chosen, NotSure, Redo, Skipped, Undo

REPEAT_AT = 22  # answers after which a project with the seed 12 first asks again
TWO_REPEATS = 366  # a seed that asks again after 21 and after 22 answers


def test_three_cards_in_a_hundred_are_blind_repeats_and_none_of_the_first_twenty():
    turns = [is_repeat_turn(seed, given) for seed in range(20) for given in range(20, 1020)]

    assert 0.027 < sum(turns) / len(turns) < 0.033
    assert not any(is_repeat_turn(seed, given) for seed in range(200) for given in range(20))


def test_an_early_item_comes_back_looking_like_an_audit_card(tmp_path):
    with Session(make_project(tmp_path / "p", units=120, seed=12)) as session:
        session.answer(Chosen("c-ham"), REPEAT_AT)
        again = session.asker.ask()

    assert again.kind is CardKind.BLIND_REPEAT
    assert again.item.unit in {"u0", "u1"}
    assert again.item.content.fields == (("text", f"text {again.item.unit[1:]}"),)
    assert (again.suggestion, again.suggestion_hidden) == (None, True)


def test_the_answer_to_a_blind_repeat_names_the_one_it_repeats_and_changes_nothing_else(tmp_path):
    with Session(make_project(tmp_path / "p", units=120, seed=12)) as session:
        session.answer(Chosen("c-ham"), REPEAT_AT)
        before, ledger = session.asker.progress(), session.asker.ledger
        labels, first = ledger.labels(), {event.item: event.uuid for event in ledger.said}
        session.answer(Chosen("c-spam"))
        event, after = session.store.events()[-1], session.asker.progress()

    assert (event.kind, event.data["card"], event.data["classes"]) == (EventKind.LABEL, "blind-repeat", ["c-spam"])
    assert event.data["repeats"] == first[event.item]
    assert ledger.labels() == labels
    assert (after.answered, after.left, after.counts) == (before.answered, before.left, before.counts)
    assert ledger.given == REPEAT_AT + 1


@pytest.mark.parametrize("reply", [Skipped(), NotSure(), BadItem()])
def test_a_blind_repeat_that_gets_no_label_is_recorded_and_not_asked_again(tmp_path, reply):
    with Session(make_project(tmp_path / "p", units=120, seed=12)) as session:
        session.answer(Chosen("c-ham"), REPEAT_AT)
        unit = session.asker.ask().item.unit
        session.answer(reply)
        rest = [answer.data["unit"] for answer in repeatable(session.asker.ledger, "ann")]

        assert session.asker.ledger.labels()[unit] == "c-ham"
        assert unit not in rest
        assert session.asker.ask().item.unit == f"u{REPEAT_AT}"


def test_no_answer_is_asked_for_a_third_time(tmp_path):
    with Session(make_project(tmp_path / "p", units=120, seed=TWO_REPEATS)) as session:
        session.answer(Chosen("c-ham"), 21)
        units = []
        for _ in range(2):
            units.append(session.asker.ask().item.unit)
            session.answer(Chosen("c-ham"))

    assert units == ["u0", "u1"]


def test_only_own_labels_that_stand_are_asked_for_again(tmp_path):
    layout = make_project(tmp_path / "p", units=120)
    with Session(layout, "ann") as ann, Session(layout, "bob") as bob:
        ann.answer(Chosen("c-ham"))  # u0
        bob.answer(Chosen("c-ham"))  # u1
        for reply in (Skipped(), NotSure(), BadItem()):
            ann.answer(reply)
        ann.answer(Chosen("c-ham"))
        ann.answer(Undo())
        ann.answer(Skipped())
        ann.answer(Chosen("c-ham"), 20)

        assert [answer.data["unit"] for answer in repeatable(ann.asker.ledger, "ann")] == ["u0"]


def test_undo_takes_back_the_blind_repeat_alone_and_shows_it_again(tmp_path):
    with Session(make_project(tmp_path / "p", units=120, seed=12)) as session:
        session.answer(Chosen("c-ham"), REPEAT_AT)
        card = session.asker.ask()
        session.answer(Chosen("c-spam"))
        session.answer(Undo())
        again = session.asker.ask()
        labels = session.asker.ledger.labels()
        session.answer(Redo())

        assert (again.item, again.kind, again.repeats) == (card.item, CardKind.BLIND_REPEAT, card.repeats)
        assert again.suggestion_hidden
        assert labels == {f"u{n}": "c-ham" for n in range(REPEAT_AT)}
        assert session.asker.ledger.consistency() == (0, 1)


def test_undo_goes_back_to_the_first_answer_over_a_blind_repeat(tmp_path):
    with Session(make_project(tmp_path / "p", units=120, seed=12)) as session:
        session.answer(Chosen("c-ham"), REPEAT_AT + 3)
        session.answer(Undo(), REPEAT_AT + 3)

        assert session.asker.ledger.labels() == {}
        with pytest.raises(WrongUse):
            session.answer(Undo())


def test_a_session_killed_on_a_blind_repeat_comes_back_to_it_whatever_others_answered(tmp_path):
    layout = make_project(tmp_path / "p", units=120, seed=12)
    with Session(layout, "ann") as ann:
        ann.answer(Chosen("c-ham"), REPEAT_AT)
        card = ann.asker.ask()
    with Session(layout, "bob") as bob:
        bob.answer(Chosen("c-ham"), 3)
    with Session(layout, "ann") as ann:
        assert ann.asker.ask() == card
        ann.answer(Chosen("c-ham"))
    with Session(layout, "ann") as ann:
        assert ann.asker.ask().kind is CardKind.UNCERTAIN


def test_the_same_answers_give_the_same_blind_repeats(tmp_path):
    asked = []
    for name in "pq":
        with Session(make_project(tmp_path / name, units=120, seed=12)) as session:
            asked.append([])
            for _ in range(REPEAT_AT + 2):
                card = session.asker.ask()
                asked[-1].append((card.kind, card.item.unit))
                session.answer(Chosen("c-ham"))

    assert asked[0] == asked[1]
    assert [n for n, (kind, _) in enumerate(asked[0]) if kind is CardKind.BLIND_REPEAT] == [REPEAT_AT]


def test_a_blind_repeat_needs_no_plan(tmp_path):
    layout = make_project(tmp_path / "p", units=120, seed=12)
    with Session(layout) as session:
        session.answer(Chosen("c-ham"), REPEAT_AT)
    for path in layout.cache.iterdir():
        path.unlink()
    with Session(layout) as session:
        assert session.asker.ask().kind is CardKind.BLIND_REPEAT
        session.answer(Chosen("c-ham"))
        assert session.asker.ask() is None


def test_nobody_who_reached_the_end_is_kept_for_a_blind_repeat(tmp_path):
    with Session(make_project(tmp_path / "p", units=REPEAT_AT, seed=12)) as session:
        session.answer(Chosen("c-ham"), REPEAT_AT)

        assert session.asker.ask() is None
