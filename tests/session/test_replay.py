"""A project is gone through again from its events: the same answers must lead to the same questions."""

import json

import pytest

from activelabel.project.claims import Claims
from activelabel.project.ledger import Ledger
from activelabel.project.plan import PlanReader
from activelabel.project.store import Draft, Store
from activelabel.records.kinds import EventKind
from activelabel.session.asker import Asker
from activelabel.session.instep import GoldAnnotator, InStep
from activelabel.session.learner import Learner
from activelabel.session.loop import run
from activelabel.session.replay import replay
from activelabel.session.workshop import open_workshop

NOW = "2026-01-01T10:00:00.000+00:00"


def answered(layout, truth, answers, every):
    """Answer so many cards rightly, with a learner that takes a step every so many answers."""
    learner, claims = Learner(layout), Claims(layout.claims)
    with Store(layout.labels) as store:
        asker = Asker(store, PlanReader(layout), claims, "ann", lambda: NOW)
        run(InStep(asker, learner, every), GoldAnnotator(truth, lambda *_: None), lambda: 0.0, answers)
        asker.leave()
    learner.step()
    learner.close()
    claims.close()


def replayed(layout):
    with Store(layout.labels, readonly=True) as store:
        events = store.events()
    plans = PlanReader(layout)
    plans.refresh()
    return replay(open_workshop(layout, Ledger(events).settings), events, plans.plan)


@pytest.mark.parametrize("every", [1, 6])
def test_a_session_in_step_is_followed_card_by_card_to_the_same_plan(blobs, every):
    truth = {blobs.dataset.unit(row): name for row, name in enumerate(blobs.true)}
    answered(blobs.layout, truth, 24, every)

    found = replayed(blobs.layout)

    assert found.cards + found.others == 24
    assert (found.followed, found.differing) == (found.cards, ())
    assert found.same_plan


def test_a_card_that_no_rule_deals_is_named(blobs):
    item = blobs.dataset.item(blobs.order[40])
    with Store(blobs.layout.labels) as store:
        known = next(iter(Ledger(store.events()).classes))
        data = {"unit": item.unit, "card": "uncertain", "seconds": 1.0, "classes": [known], "answers_through": 4}
        store.append("ann", NOW, [Draft(EventKind.LABEL, data, item)])

    assert replayed(blobs.layout).differing == (item.id,)


def test_a_plan_that_was_changed_by_hand_is_another_one(blobs):
    plan = json.loads(blobs.layout.plan.read_text())
    plan["cards"] = plan["cards"][1:]
    blobs.layout.plan.write_text(json.dumps(plan))

    assert replayed(blobs.layout).same_plan is False


def test_the_command_says_so_and_exits_with_one(blobs, activelabel):
    assert "reached again" in activelabel("replay", "--project", blobs.layout.root)
    blobs.layout.plan.write_text(blobs.layout.plan.read_text().replace('"askable":', '"askable":9'))

    assert activelabel("replay", "--project", blobs.layout.root, code=1) == ""
