"""Going to an item: which card that is, what of an earlier answer it shows, what it counts as, and what goes on."""

import subprocess
import sys

import pytest

from activelabel.errors import ProjectError, WrongUse
from activelabel.project.audit import audit_sample
from activelabel.project.claims import Claims
from activelabel.project.plan import PlanReader
from activelabel.project.store import Store
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.asker import Asker
from activelabel.session.learner import Learner
from activelabel.session.loop import run
from activelabel.session.replies import Chosen, GoTo, Skipped, Stop, Undo

NOW = "2026-01-01T00:00:00.000+00:00"


@pytest.fixture
def open_asker(blobs):
    """Open the asker of an annotator; all are closed with the test."""
    opened = []

    def start(annotator="ann"):
        store, claims = Store(blobs.layout.labels), Claims(blobs.layout.claims)
        opened.extend([store, claims])
        return Asker(store, PlanReader(blobs.layout), claims, annotator, lambda: NOW)

    yield start
    for each in opened:
        each.close()


@pytest.fixture
def asker(open_asker):
    return open_asker()


def colour(asker, name):
    return Chosen(asker.ledger.find_class(name).id)


def unit_of(blobs, row):
    return blobs.dataset.unit(row)


def test_an_item_that_is_gone_to_comes_next_and_then_the_queue_goes_on(blobs, asker):
    before = asker.ask()
    wanted = unit_of(blobs, 30)
    outcome = asker.tell(before, GoTo(f"{wanted}-1"), 1.0)
    card = asker.ask()

    assert outcome.said == ""
    assert (card.item.unit, card.kind, card.why.strategy) == (wanted, CardKind.UNCERTAIN, "asked-for")
    assert card.inclusion_probability is None
    asker.tell(card, colour(asker, "red"), 1.0)
    assert asker.ask().item.unit == before.item.unit


def test_the_id_column_names_an_item_too(blobs, asker):
    item = blobs.dataset.item(7)
    asker.tell(asker.ask(), GoTo(item.user_id), 1.0)

    assert asker.ask().item == item


def test_an_id_that_no_item_has_is_refused_and_the_card_stays(blobs, asker):
    before = asker.ask()
    with pytest.raises(WrongUse, match="no item has the id 'p9999'"):
        asker.tell(before, GoTo("p9999"), 1.0)

    assert asker.ask().item.unit == before.item.unit


def test_what_was_answered_before_is_shown_and_a_new_answer_takes_its_place(blobs, asker):
    (given,) = blobs.answer([5], colour="green")
    asker = Asker(asker._store, asker._plans, asker._claims, "ann", lambda: NOW)
    asker.tell(asker.ask(), GoTo(f"{unit_of(blobs, 5)}-1"), 1.0)
    card = asker.ask()

    assert card.kind is CardKind.SECOND_LOOK
    assert [(answer.uuid, answer.said) for answer in card.answered] == [(given.uuid, "green")]
    assert asker.message == "answered before: green"
    asker.tell(card, colour(asker, "red"), 1.0)
    now = asker.ledger.answers[unit_of(blobs, 5)]
    assert asker.ledger.class_of(now) == asker.ledger.find_class("red").id
    assert now.data["looked_at"] == [given.uuid]
    assert now.data["why"]["strategy"] == "asked-for"


def test_a_skip_was_no_answer(blobs, open_asker):
    blobs.answer([5], EventKind.SKIP)
    asker = open_asker()
    asker.tell(asker.ask(), GoTo(unit_of(blobs, 5)), 1.0)

    assert (asker.ask().kind, asker.ask().answered) == (CardKind.UNCERTAIN, ())


def test_what_the_plan_knows_of_the_item_is_on_its_card(blobs, open_asker):
    blobs.answer(blobs.order[:12])
    learner = Learner(blobs.layout)
    learner.step()
    learner.close()
    asker = open_asker()
    planned = asker.plan.cards[9]
    asker.tell(asker.ask(), GoTo(planned.unit), 1.0)

    assert asker.ask().suggestion == planned.suggestion
    assert asker.ask().near == planned.near
    assert asker.ask().why.contested == planned.why.contested


def test_such_an_answer_is_in_the_audit_only_when_the_prefix_reaches_it(blobs, asker):
    order = [unit_of(blobs, row) for row in blobs.order]

    def go_and_answer(unit):
        asker.tell(asker.ask(), GoTo(unit), 1.0)
        asker.tell(asker.ask(), colour(asker, "red"), 1.0)

    go_and_answer(order[1])
    assert audit_sample(order, asker.ledger).answered == 0
    go_and_answer(order[0])
    assert audit_sample(order, asker.ledger).answered == 2


def test_undo_asks_it_again_as_it_was_asked(blobs, asker):
    asker.tell(asker.ask(), GoTo(unit_of(blobs, 5)), 1.0)
    card = asker.ask()
    asker.tell(card, colour(asker, "red"), 1.0)
    asker.tell(asker.ask(), Undo(), 1.0)

    assert (asker.ask().item, asker.ask().why.strategy) == (card.item, "asked-for")


def test_a_killed_session_resumes_on_the_item_it_went_to(blobs, open_asker):
    first = open_asker()
    first.tell(first.ask(), GoTo(unit_of(blobs, 5)), 1.0)
    second = open_asker()
    assert second.ask().item.unit == unit_of(blobs, 5)
    second.tell(second.ask(), Skipped(), 1.0)

    assert open_asker().ask().item.unit != unit_of(blobs, 5)


def test_an_item_on_somebody_elses_screen_is_refused(blobs, asker, open_asker):
    asker.tell(asker.ask(), GoTo(unit_of(blobs, 5)), 1.0)
    bob = open_asker("bob")

    with pytest.raises(WrongUse, match="somebody else"):
        bob.tell(bob.ask(), GoTo(unit_of(blobs, 5)), 1.0)


def test_without_the_copy_of_the_data_nothing_can_be_looked_for(blobs, asker):
    (blobs.layout.cache / "dataset" / "meta.json").unlink()

    with pytest.raises(ProjectError, match="the copy of the data is not there"):
        asker.search("p1")


def test_going_somewhere_is_no_answer_and_is_not_acknowledged(blobs, asker):
    class Wanderer:
        def __init__(self):
            self.said = []
            self.replies = iter([GoTo(unit_of(blobs, 5)), GoTo(unit_of(blobs, 6)), Stop()])

        def answer(self, card, progress):
            return next(self.replies)

        def acknowledge(self, item, said):
            self.said.append(said)

    wanderer = Wanderer()

    assert run(asker, wanderer, lambda: 0.0) == 0
    assert wanderer.said == []


def test_the_numeric_libraries_come_with_the_first_search(blobs):
    script = f"""
import sys
from pathlib import Path
from activelabel.project.claims import Claims
from activelabel.project.layout import Layout
from activelabel.project.plan import PlanReader
from activelabel.project.store import Store
from activelabel.session.asker import Asker
layout = Layout(Path({str(blobs.layout.root)!r}))
asker = Asker(Store(layout.labels), PlanReader(layout), Claims(layout.claims), "ann", lambda: "")
asker.ask()
print("numpy" in sys.modules, "pyarrow" in sys.modules)
print(asker.search("p1").total, "pyarrow" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.split("\n")[:2] == ["False False", "11 True"]
