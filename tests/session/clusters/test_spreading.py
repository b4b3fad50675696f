"""What a label for a whole cluster does to the questions and to the model."""

from dataclasses import replace

import numpy as np
import pytest
from support.clusters import Session

from activelabel.records.kinds import CardKind
from activelabel.session.answers import gathered
from activelabel.session.clusters.nouns import Scope
from activelabel.session.clusters.replies import TakeCluster
from activelabel.session.clusters.spreading import TEACHING
from activelabel.session.judging.carrying import said_with_cluster
from activelabel.session.pipeline import learn
from activelabel.session.queue import next_card
from activelabel.session.replies import Skipped
from activelabel.session.workshop import open_workshop


@pytest.fixture
def accepted(clouds):
    with Session(clouds) as session:
        session.answer(12)
        session.probe(1, "green")
        session.say(TakeCluster(Scope.ALL))
        session.learn()
        yield session


def test_ranked_questions_leave_accepted_members_out_and_the_reserve_keeps_them(accepted):
    spread = set(accepted.asker.ledger.spread())

    assert spread
    assert not spread & {card.unit for card in accepted.plan.cards}
    assert spread <= {card.unit for card in accepted.plan.reserve}


def test_a_plan_from_before_the_answer_asks_no_accepted_member_either(clouds):
    with Session(clouds) as session:
        session.answer(12)
        session.learn()
        session.probe(1, "green")
        session.say(TakeCluster(Scope.ALL))
        ranked = {card.unit for card in session.plan.cards}
        spread = set(session.asker.ledger.spread())
        asked = []
        for _ in range(20):
            card = session.asker.ask()
            asked.append(card)
            session.asker.tell(card, session.right(card), 1.0)

    assert ranked & spread
    assert not spread & {card.item.unit for card in asked if card.kind is not CardKind.AUDIT}


def test_a_member_that_was_skipped_since_is_asked_as_it_would_be_after_a_restart(clouds):
    with Session(clouds) as session:
        session.answer(12)
        session.learn()
        session.probe(1, "green")
        session.say(TakeCluster(Scope.ALL))
        asker, accepted, skipped = session.asker, set(session.asker.ledger.spread()), set()
        while not skipped:
            card = asker.ask()
            skipped = {card.item.unit} & accepted
            asker.tell(card, Skipped() if skipped else session.right(card), 1.0)
        members = asker._clusters.spread()
        rest = replace(session.plan, cards=[card for card in session.plan.reserve if card.unit in skipped])

    assert skipped.isdisjoint(asker.ledger.spread())
    for spread in (members, asker.ledger.spread()):
        assert next_card(replace(rest, reserve=()), asker.ledger, set(), spread=spread).unit in skipped


def test_accepted_labels_teach_and_count_as_nobodys_answer(accepted):
    ledger = accepted.asker.ledger
    workshop = open_workshop(accepted.clouds.layout, ledger.settings)
    answers = gathered(workshop, ledger)
    lesson = learn(workshop.ground, answers, 5)

    assert len(answers.rows) == sum(ledger.counts.values()) == accepted.plan.model_labels
    assert len(answers.spread.rows) == len(ledger.spread())
    assert not set(answers.rows.tolist()) & set(answers.spread.rows.tolist())
    assert lesson.propagation.reached[answers.spread.rows].all()
    speakers = set(lesson.propagation.sources[answers.spread.rows].tolist())
    assert speakers <= set(answers.rows.tolist())
    assert accepted.plan.measures.propagated >= len(ledger.spread())


def test_a_row_that_is_left_out_takes_the_labels_with_it_that_it_helped_to_give(accepted):
    ledger = accepted.asker.ledger
    workshop = open_workshop(accepted.clouds.layout, ledger.settings)
    answers = gathered(workshop, ledger)
    drawn = workshop.dataset.row_of(accepted.members(1).drawn[0])
    others = next(row for row in answers.rows.tolist() if row not in answers.spread.probes[0])

    assert len(answers.keeping(answers.rows != drawn, workshop.ground.together).spread.rows) == 0
    assert len(answers.keeping(answers.rows != others, workshop.ground.together).spread.rows) > TEACHING


def test_an_answer_of_ones_own_stands_above_that_of_the_cluster_and_judges_it(accepted):
    unit, event = next(iter(accepted.asker.ledger.spread().items()))
    row = accepted.clouds.dataset.row_of(unit)
    accepted.clouds.answer([row], colour="blue")
    ledger = accepted.clouds.ledger
    workshop = open_workshop(accepted.clouds.layout, ledger.settings)
    green = list(ledger.classes).index(event.data["classes"][0])

    assert unit not in ledger.spread()
    assert said_with_cluster(workshop, ledger, np.array([row]))[0].tolist() == [green]
    assert row not in gathered(workshop, ledger).spread.rows
