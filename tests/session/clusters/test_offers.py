"""A cluster that looks pure is offered, now and then."""

import pytest
from support.clusters import Session

from activelabel.records.kinds import EventKind
from activelabel.session.clusters.nouns import ClusterCard
from activelabel.session.clusters.replies import OneByOne


def offered(session, answers=30):
    """Answer rightly until a cluster is offered; return how many answers that took and the card."""
    for given in range(answers):
        card = session.asker.ask()
        if isinstance(card, ClusterCard):
            return given, card
        session.asker.tell(card, session.right(card), 1.0)
        if given % 10 == 9:
            session.learn()
    return answers, None


@pytest.mark.slow
def test_a_cluster_that_looks_pure_is_offered_after_twenty_answers_at_the_earliest(clouds):
    with Session(clouds) as session:
        given, card = offered(session)

        assert given >= 20
        assert card.view.number == 0  # the biggest
        assert card.probe is None
        assert [class_id for class_id, _ in card.view.labels] == [card.view.likely[0]]


@pytest.mark.slow
def test_an_offer_that_was_turned_down_is_not_made_again_and_others_wait_for_twenty_answers(clouds):
    with Session(clouds) as session:
        card = offered(session)[1]
        session.say(OneByOne())
        event = session.store.events()[-1]
        waited, later = offered(session)

    assert (event.kind, event.data["scope"], event.data["members"]) == (EventKind.CLUSTER, "declined", [])
    assert waited >= 20
    assert later is None or later.view.number != card.view.number


@pytest.mark.slow
def test_whoever_answers_line_by_line_is_asked_about_items_only(clouds):
    with Session(clouds, welcome=False) as session:
        assert offered(session)[1] is None
