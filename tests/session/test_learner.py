"""The learner in step: new answers give a new plan, nothing new gives none, and a failure costs no card."""

from dataclasses import replace

import pytest

from activelabel.project.dataset import Dataset
from activelabel.project.inspection import Wishes, inspect
from activelabel.project.plan import PlannedCard, PlanReader, PlanWriter
from activelabel.project.recorded import plan_of
from activelabel.project.store import Store
from activelabel.records.cards import Why
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.classes.changes import change_of
from activelabel.session.classes.edits import parse_edit
from activelabel.session.evidence import NOWHERE
from activelabel.session.learner import Learner, data_notice
from activelabel.session.undo import undo_of

NOW = "2026-01-01T12:00:00.000+00:00"


@pytest.fixture
def learner(blobs):
    learner = Learner(blobs.layout)
    yield learner
    learner.close()


def test_the_first_plan_is_there_before_any_answer(blobs):
    plan = plan_of(blobs.layout)

    assert plan.generation == 1
    assert plan.model_labels == 0
    assert plan.askable == blobs.dataset.n_units == len(plan.reserve)
    assert {card.kind for card in plan.cards} == {CardKind.REPRESENTATIVE}
    assert {card.unit for card in plan.cards} == {blobs.dataset.unit(row) for row in range(blobs.dataset.n_units)}


def test_the_reserve_is_in_audit_order(blobs):
    assert [card.unit for card in plan_of(blobs.layout).reserve] == [blobs.dataset.unit(row) for row in blobs.order]


def test_nothing_new_makes_no_new_plan_once_there_are_clusters(blobs, learner):
    assert not plan_of(blobs.layout).clusters
    assert learner.step()
    assert plan_of(blobs.layout).clusters

    assert not learner.step()
    assert plan_of(blobs.layout).generation == 2


def test_answers_make_a_plan_that_has_seen_them_and_asks_about_the_rest(blobs, learner):
    answered = blobs.order[:12]
    blobs.answer(answered)

    assert learner.step()
    plan = plan_of(blobs.layout)
    asked = {card.unit for card in (*plan.cards, *plan.reserve)}
    assert plan.generation == 3  # the questions first, then the same with the accuracy estimated anew
    assert plan.model_labels == 12
    assert plan.answers_through == blobs.ledger.counter
    assert plan.askable == blobs.dataset.n_units - 12
    assert asked.isdisjoint(blobs.dataset.unit(row) for row in answered)
    assert plan.measures.accuracy.n == 12
    assert all(card.suggestion for card in plan.cards)


def test_the_same_answers_give_the_same_plan(blobs):
    blobs.answer(blobs.order[:12])
    plans = []
    for _ in range(2):
        blobs.layout.plan.unlink()
        learner = Learner(blobs.layout)
        learner.step()
        learner.close()
        plans.append(plan_of(blobs.layout))

    assert [card.unit for card in plans[0].cards] == [card.unit for card in plans[1].cards]
    assert [card.suggestion for card in plans[0].cards] == [card.suggestion for card in plans[1].cards]


def test_a_deleted_cache_is_made_again(blobs):
    blobs.answer(blobs.order[:5])
    for path in blobs.layout.cache.glob("*"):
        if path.is_file():
            path.unlink()
    learner = Learner(blobs.layout)

    assert learner.step()
    assert plan_of(blobs.layout).model_labels == 5
    learner.close()


def test_a_step_that_fails_keeps_the_cards_and_says_so(blobs, learner, monkeypatch, caplog):
    learner.step()
    blobs.answer(blobs.order[:3])
    monkeypatch.setattr("activelabel.session.planning.learn", lambda *_: 1 / 0)
    before = plan_of(blobs.layout)

    assert learner.step()
    after = plan_of(blobs.layout)
    assert after.cards == before.cards
    assert "could not be fitted" in after.notice
    assert "ZeroDivisionError" in caplog.text
    assert not learner.step()


def test_answers_of_every_kind_close_their_rows_but_skips(blobs, learner):
    rows = blobs.order[:4]
    blobs.answer(rows[:1])
    blobs.answer(rows[1:2], EventKind.SKIP)
    blobs.answer(rows[2:3], EventKind.NOT_SURE)
    blobs.answer(rows[3:4], EventKind.BAD_ITEM)
    learner.step()

    open_units = {card.unit for card in plan_of(blobs.layout).reserve}
    assert [blobs.dataset.unit(row) in open_units for row in rows] == [False, True, False, False]


@pytest.fixture
def three_rows(tmp_path):
    """Read a file of three rows into a copy, and return both."""
    path = tmp_path / "rows.csv"
    path.write_text("x,y\n1,2\n3,4\n5,6\n")
    return path, Dataset.build(inspect(path, Wishes()).settings, tmp_path / "cache")


def test_a_data_file_that_was_shuffled_is_no_news(three_rows):
    path, dataset = three_rows
    path.write_text("y,x\r\n6,5\r\n4,3\r\n2,1\r\n")

    assert data_notice(dataset) == ""


def test_a_data_file_that_was_edited_is_news_in_numbers(three_rows):
    path, dataset = three_rows
    path.write_text("x,y\n1,2\n3,4\n7,8\n9,10\n")

    assert "2 new, 1 gone, 0 changed" in data_notice(dataset)


def test_a_data_file_that_is_gone_is_news(three_rows):
    path, dataset = three_rows
    path.unlink()

    assert "cannot be read" in data_notice(dataset)


def test_a_first_step_that_fails_still_lays_out_cards(blobs, monkeypatch, caplog):
    blobs.layout.plan.unlink()
    monkeypatch.setattr("activelabel.session.planning.learn", lambda *_: 1 / 0)
    learner = Learner(blobs.layout)

    assert learner.step()
    learner.step()  # clusters need no model
    assert not learner.step()
    assert len(plan_of(blobs.layout).reserve) == blobs.dataset.n_units
    assert "could not be fitted" in plan_of(blobs.layout).notice
    assert "ZeroDivisionError" in caplog.text
    learner.close()


def test_a_learner_that_never_succeeds_does_not_run_out_of_cards(blobs, learner, monkeypatch):
    learner.step()
    blobs.answer(blobs.order[:20])
    monkeypatch.setattr("activelabel.session.planning.learn", lambda *_: 1 / 0)
    monkeypatch.setattr("activelabel.session.planning.RESERVE", 10)
    learner.step()

    assert [card.unit for card in plan_of(blobs.layout).reserve] == [
        blobs.dataset.unit(row) for row in blobs.order[20:30]
    ]


def test_an_item_that_had_a_second_look_is_written_when_it_is_asked_again(blobs, learner):
    answer = blobs.answer([0])[0]
    learner.step()
    look = PlannedCard(answer.data["unit"], CardKind.SECOND_LOOK, NOWHERE, Why("second-look"))
    PlanWriter(blobs.layout).write(replace(plan_of(blobs.layout), second_looks=(look,)))
    with Store(blobs.layout.labels) as store:
        store.append("ann", answer.time, [undo_of(answer)])
    next_session = Learner(blobs.layout)
    next_session.step()
    next_session.close()
    plans = PlanReader(blobs.layout)
    plans.refresh()

    assert plans.item(plans.plan.card_of(look.unit)).unit == look.unit


def test_contents_that_are_lost_are_made_again_with_their_plan(blobs, learner):
    learner.step()
    before = plan_of(blobs.layout)
    blobs.layout.contents.write_bytes(b"noise\n" * 1000)
    plans = PlanReader(blobs.layout)
    plans.refresh()

    assert plans.item(before.cards[0]) is None
    plans.discard()
    assert learner.step()
    assert plans.refresh()
    assert plans.item(plans.plan.cards[0]).unit == plans.plan.cards[0].unit


def test_after_a_merge_nothing_is_compared_with_classes_that_are_counted_otherwise(blobs, learner):
    blobs.answer(blobs.order[:12:2], colour="green")  # some are red: wrong, until red and green are one
    blobs.answer(blobs.order[1:12:2])
    learner.step()
    blobs.answer(blobs.order[12:14])
    learner.step()
    before = plan_of(blobs.layout).measures
    with Store(blobs.layout.labels) as store:
        store.append("ann", NOW, change_of(parse_edit("merge red = green"), blobs.ledger).drafts)
    learner.step()
    after = plan_of(blobs.layout).measures

    assert before.kappa is not None
    assert after.kappa is None
    assert after.accuracy.n == before.accuracy.n
    assert after.accuracy.value > before.accuracy.value
