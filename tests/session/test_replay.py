"""A project is gone through again from its events: the same answers must lead to the same questions."""

import json

import pytest

from activelabel.project.claims import Claims
from activelabel.project.ledger import Ledger
from activelabel.project.plan import PlanReader
from activelabel.project.store import Draft, Store
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.asker import Asker
from activelabel.session.classes.edits import parse_edit
from activelabel.session.instep import GoldAnnotator, InStep
from activelabel.session.learner import Learner
from activelabel.session.loop import run
from activelabel.session.parts import EVERYTHING, Part
from activelabel.session.replay import replay
from activelabel.session.replies import Skipped
from activelabel.session.workshop import open_workshop

NOW = "2026-01-01T10:00:00.000+00:00"


def truth_of(blobs, **called):
    """Return unit -> the name of its class, some of them called otherwise."""
    return {blobs.dataset.unit(row): called.get(str(name), str(name)) for row, name in enumerate(blobs.true)}


class PuttingOff(GoldAnnotator):
    """Answers rightly what was not answered before, and puts off the rest."""

    def answer(self, card, progress):
        return Skipped() if card.kind is CardKind.SECOND_LOOK else super().answer(card, progress)


def answered(layout, truth, answers, every, *, part=EVERYTHING, edit="", by=GoldAnnotator):
    """Answer so many cards, after an edit of the classes if any, with a step of the learner every so many answers."""
    learner, claims = Learner(layout, part), Claims(layout.claims)
    with Store(layout.labels) as store:
        asker = Asker(store, PlanReader(layout.part(part.key)), claims, "ann", lambda: NOW)
        if edit:
            asker.tell(asker.ask(), parse_edit(edit), 0.0)
        run(InStep(asker, learner, every), by(truth, lambda *_: None), lambda: 0.0, answers)
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


@pytest.mark.parametrize(("answers", "every"), [pytest.param(24, 1, marks=pytest.mark.slow), (12, 1), (24, 6)])
def test_a_session_in_step_is_followed_card_by_card_to_the_same_plan(blobs, answers, every):
    answered(blobs.layout, truth_of(blobs), answers, every)

    found = replayed(blobs.layout)

    assert found.cards + found.others == answers
    assert (found.followed, found.differing) == (found.cards, ())
    assert found.same_plan


def test_labels_that_a_split_has_put_in_doubt_are_no_planned_questions(blobs):
    answered(blobs.layout, truth_of(blobs), 15, 5)
    answered(blobs.layout, truth_of(blobs, red="crimson"), 20, 5, edit="split red = crimson, scarlet", by=PuttingOff)

    found = replayed(blobs.layout)

    assert found.cards > 20
    assert found.differing == ()


def test_sessions_about_a_part_are_passed_over(blobs):
    answered(blobs.layout, truth_of(blobs), 8, 4)
    answered(blobs.layout, truth_of(blobs), 8, 4, part=Part("x > 15"))
    answered(blobs.layout, truth_of(blobs), 8, 4)

    found = replayed(blobs.layout)

    assert (found.cards, found.others, found.followed) == (16, 8, 16)
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
