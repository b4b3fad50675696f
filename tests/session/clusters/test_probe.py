"""Members drawn from a cluster are asked one by one, and a killed session goes on with them."""

import pytest
from conftest import NOW
from support.clusters import Session

from activelabel.learning.purity import purity_bound
from activelabel.project.plan import PlanReader
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.asker import Asker
from activelabel.session.clusters.nouns import ClusterCard, Scope
from activelabel.session.clusters.replies import AllAre, OneByOne
from activelabel.session.replies import NotSure, Skipped


def test_saying_that_all_are_of_a_class_asks_the_drawn_members_one_by_one(clouds):
    with Session(clouds) as session:
        drawn = session.members(1).drawn
        session.say(AllAre(1, session.ids["green"]))
        asked = []
        for place in range(1, 11):
            card = session.asker.ask()
            asked.append(card.item.unit)
            assert (card.kind, card.probe.place, card.probe.drawn, card.probe.size) == (CardKind.CLUSTER, place, 10, 60)
            assert card.suggestion is None
            session.answer()
        events = session.store.events()[-10:]

    assert tuple(asked) == drawn
    assert {event.kind for event in events} == {EventKind.LABEL}
    assert [event.data["cluster"]["place"] for event in events] == list(range(1, 11))


def test_after_the_probe_the_bound_decides_what_can_be_accepted(clouds):
    with Session(clouds) as session:
        card = session.probe(1, "green")

    whole, core = card.choices
    assert (whole.scope, whole.right, whole.drawn, whole.size, whole.members) == (Scope.ALL, 10, 10, 60, 50)
    assert whole.pure == purity_bound(10, 10, 60)
    assert whole.bound == pytest.approx((round(whole.pure * 60) - 10) / 50, abs=1e-4)
    assert core.size == 30
    assert core.drawn < 10


def test_members_that_were_answered_before_are_not_asked_again(clouds):
    with Session(clouds) as session:
        drawn = session.members(1).drawn
        clouds.answer([clouds.dataset.row_of(unit) for unit in drawn[:4]])
        session.asker = Asker(session.store, PlanReader(clouds.layout), session.claims, "ann", lambda: NOW)
        session.asker.welcome_clusters()
        session.say(AllAre(1, session.ids["green"]))

        assert session.asker.ask().item.unit == drawn[4]
        assert session.asker.ask().probe.place == 5


def test_three_that_are_not_of_the_class_withdraw_it(clouds):
    with Session(clouds) as session:
        session.say(AllAre(1, session.ids["red"]))
        session.answer(3)
        card = session.asker.ask()

        assert not isinstance(card, ClusterCard)
        assert "3 of 3 drawn are not red" in session.asker.progress().message


@pytest.mark.parametrize("reply", [NotSure(), Skipped()])
def test_a_drawn_member_without_a_label_is_not_of_the_class(clouds, reply):
    with Session(clouds) as session:
        session.say(AllAre(1, session.ids["green"]))
        session.say(reply)
        while not session.asker.ask().view:
            session.answer()

        assert session.asker.ask().choices[0].right == 9


def test_a_session_that_was_killed_within_a_probe_goes_on_with_it(clouds):
    with Session(clouds) as session:
        session.say(AllAre(1, session.ids["green"]))
        session.answer(4)
        shown = session.asker.ask()
    with Session(clouds) as session:
        card = session.asker.ask()

        assert (card.item.unit, card.probe) == (shown.item.unit, shown.probe)


def test_a_probe_goes_on_from_the_answers_alone(clouds):
    with Session(clouds) as session:
        session.say(AllAre(1, session.ids["green"]))
        session.answer(4)
        session.asker.leave()
    clouds.layout.claims.unlink()
    with Session(clouds) as session:
        assert session.asker.ask().probe.place == 5


def test_a_session_that_was_killed_before_the_first_drawn_member_was_answered_goes_on_with_it(clouds):
    with Session(clouds) as session:
        session.say(AllAre(1, session.ids["green"]))
        shown = session.asker.ask()
    with Session(clouds) as session:
        assert session.asker.ask().probe == shown.probe


def test_a_session_that_was_killed_on_another_card_does_not_go_back_to_a_probe(clouds):
    with Session(clouds) as session:
        session.probe(1, "green")
        session.say(OneByOne())
        shown = session.asker.ask()
    with Session(clouds) as session:
        assert session.asker.ask().item == shown.item
