"""Whole clusters: found in spare time, offered when they look pure, judged by a probe, accepted, taken back."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from conftest import NOW

from activelabel.learning.purity import purity_bound
from activelabel.project.claims import Claims
from activelabel.project.plan import PlannedCard, PlanReader, PlanWriter
from activelabel.project.store import Store
from activelabel.records.cards import Why
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.again import Again
from activelabel.session.answers import gathered
from activelabel.session.asker import Asker
from activelabel.session.clusters.finding import Clusters, clusters_wanted
from activelabel.session.clusters.nouns import ClusterCard, Scope
from activelabel.session.clusters.replies import AllAre, OneByOne, SplitCluster, TakeCluster
from activelabel.session.clusters.spreading import TEACHING
from activelabel.session.judging.carrying import said_with_cluster
from activelabel.session.learner import Learner
from activelabel.session.pipeline import learn
from activelabel.session.planning import NOTHING
from activelabel.session.replies import Chosen, NotSure, Redo, Skipped, Undo
from activelabel.session.workshop import open_workshop


class Session:
    """An asker that is asked about clusters, and a learner that works whenever it is told to."""

    def __init__(self, clouds, annotator="ann", welcome=True):
        self.clouds = clouds
        self.learner = Learner(clouds.layout)
        self.store = Store(clouds.layout.labels)
        self.claims = Claims(clouds.layout.cache / "claims.db")
        self.asker = Asker(self.store, PlanReader(clouds.layout), self.claims, annotator, lambda: NOW)
        if welcome:
            self.asker.welcome_clusters()
        self.ids = {known.name: known.id for known in self.asker.ledger.classes.values()}

    def __enter__(self):
        self.learn()
        return self

    def __exit__(self, *exception):
        self.learner.close()
        self.store.close()
        self.claims.close()

    def learn(self):
        while self.learner.step():
            pass

    @property
    def plan(self):
        self.asker.look_again()
        return self.asker.plan

    def say(self, reply):
        return self.asker.tell(self.asker.ask(), reply, 1.0)

    def colour_of(self, card):
        return str(self.clouds.true[self.clouds.dataset.row_of(card.item.unit)])

    def right(self, card):
        return Chosen(self.ids[self.colour_of(card)])

    def answer(self, count=1, name=None):
        """Answer cards about items, rightly or with one class."""
        for _ in range(count):
            card = self.asker.ask()
            self.asker.tell(card, Chosen(self.ids[name]) if name else self.right(card), 1.0)

    def probe(self, number, name, answered=None):
        """Say that all of a cluster are of a class, and answer the probe rightly or as said."""
        self.say(AllAre(number, self.ids[name]))
        while isinstance(card := self.asker.ask(), ClusterCard) and not card.view:
            self.answer(name=answered)
        return card

    def members(self, number):
        planned = self.plan.clusters[number]
        return PlanReader(self.clouds.layout).clusters.read(self.plan.clustering, planned.offset)


# --- finding them ---


def test_clusters_are_made_after_the_first_plan_and_hold_every_unit_once(clouds):
    assert PlanReader(clouds.layout).refresh()
    with Session(clouds) as session:
        found = [session.members(number) for number in range(3)]

    assert [len(cluster.members) for cluster in found] == [90, 60, 30]
    units = {clouds.dataset.unit(row) for row in range(180)}
    assert {unit for cluster in found for unit in cluster.members} == units


def test_members_run_from_typical_to_odd_and_halves_part_there(clouds):
    with Session(clouds) as session:
        cluster = session.members(0)
    xy = {clouds.dataset.unit(row): clouds.dataset.table().numbers[row] for row in range(180)}
    points = np.array([xy[unit] for unit in cluster.members], dtype=float)
    far = np.linalg.norm(points - points.mean(axis=0), axis=1)

    assert np.corrcoef(far, np.arange(90))[0, 1] > 0.9
    assert len(cluster.core) == len(cluster.rest) == 45
    assert cluster.distances == tuple(sorted(cluster.distances))


def test_a_probe_is_drawn_by_chance_and_halves_draw_others(clouds):
    with Session(clouds) as session:
        cluster = session.members(0)

    assert len(cluster.drawn) == len(cluster.drawn_core) == len(cluster.drawn_rest) == 10
    assert not set(cluster.drawn) & {*cluster.drawn_core, *cluster.drawn_rest}
    assert set(cluster.drawn_core) <= set(cluster.core)
    assert set(cluster.drawn_rest) <= set(cluster.rest)


def test_a_deleted_cache_gives_the_same_clusters_again(clouds):
    with Session(clouds) as session:
        before = [session.members(number) for number in range(3)]
    shutil.rmtree(clouds.layout.cache)
    with Session(clouds) as session:
        session.learn()
        after = [session.members(number) for number in range(3)]

    assert before == after


def test_as_many_clusters_as_wanted_and_never_more_than_a_tenth_of_the_rows():
    assert [clusters_wanted(None, 26, n) for n in (100, 1_000, 10_000)] == [10, 100, 100]
    assert clusters_wanted(7, 500, 10_000) == 7


def test_every_planned_card_names_its_cluster(clouds):
    with Session(clouds) as session:
        session.answer(12)
        session.learn()
        plan = session.plan
        found = [session.members(number) for number in range(3)]

    assert all(card.unit in found[card.cluster].members for card in (*plan.cards, *plan.reserve))
    assert [cluster.size for cluster in plan.clusters] == [90, 60, 30]


# --- looking at one ---


def test_a_cluster_shows_its_labels_and_what_the_model_says(clouds):
    with Session(clouds) as session:
        session.answer(15)
        session.learn()
        card = replace(session.asker.ask(), cluster=1, suggestion_hidden=False)
        view = session.asker.cluster(card)
        withheld = session.asker.cluster(replace(card, suggestion_hidden=True))

    assert (view.number, view.size) == (1, 60)
    assert view.says[0][0] == view.likely[0] == session.ids["green"]
    assert len(view.typical) == 5
    assert len(view.atypical) == 4
    assert withheld.says == ()
    assert withheld.labels == view.labels


def test_a_second_look_names_its_cluster_which_can_be_shown(clouds):
    clouds.answer([0])
    with Session(clouds) as session:
        answer = session.asker.ledger.said[0]
        look = PlannedCard(answer.data["unit"], CardKind.SECOND_LOOK, 0, Why("second-look"))
        bare = replace(session.plan, cards=(), reserve=(), second_looks=(look,), clusters=())
        workshop = open_workshop(clouds.layout, session.asker.ledger.settings)
        clusters, writer = Clusters(workshop, clouds.layout), PlanWriter(clouds.layout)
        writer.write(
            clusters.added_to(bare, session.asker.ledger, gathered(workshop, session.asker.ledger), NOTHING, writer)
        )
        card = session.asker.card_of(Again(answer, CardKind.SECOND_LOOK, session.plan.second_looks[0]))
        view = session.asker.cluster(card)
        cluster = session.members(card.cluster)

    assert look.unit in cluster.members
    assert view.number == card.cluster


def test_an_item_that_is_asked_again_has_a_cluster_too(clouds):
    with Session(clouds) as session:
        session.answer(1)
        session.learn()
        answered = session.asker.ledger.said[0]
        card = replace(session.asker.ask(), item=session.store.item(answered.item), cluster=-1)

        assert session.asker.cluster(card).number >= 0


# --- the probe ---


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


# --- what is decided ---


def test_accepting_all_records_one_event_with_its_members_its_probe_and_its_bound(clouds):
    with Session(clouds) as session:
        choice = session.probe(1, "green").choices[0]
        outcome = session.say(TakeCluster(Scope.ALL))
        event = session.store.events()[-1]
        cluster = session.members(1)
        ledger = session.asker.ledger

    assert event.kind is EventKind.CLUSTER
    assert outcome.said == "(green for 50 items)"
    assert sorted(event.data["members"]) == sorted(set(cluster.members) - set(cluster.drawn))
    assert [ledger.answer(uuid).data["unit"] for uuid in event.data["probe"]] == list(cluster.drawn)
    named = ("scope", "right", "drawn", "bound", "classes")
    assert [event.data[name] for name in named] == ["all", 10, 10, choice.bound, [session.ids["green"]]]
    assert event.data["generation"] == session.plan.generation
    assert event.item.rpartition("-")[0] in cluster.drawn
    assert len(ledger.spread()) == 50
    json.dumps(dict(event.data))


def test_accepting_the_core_labels_the_nearer_half(clouds):
    with Session(clouds) as session:
        session.probe(1, "green")
        session.say(TakeCluster(Scope.CORE))
        event = session.store.events()[-1]
        cluster = session.members(1)

    assert set(event.data["members"]) == set(cluster.core) - set(cluster.drawn)
    assert event.data["drawn"] == len(set(cluster.core) & set(cluster.drawn))


def test_splitting_asks_what_either_half_is_and_draws_anew(clouds):
    with Session(clouds) as session:
        session.probe(0, "red", "red")
        session.say(SplitCluster())
        core = session.asker.ask()
        session.say(AllAre(0, session.ids["red"]))
        drawn = session.asker.ask()
        while not session.asker.ask().view:
            session.answer(name="red")
        decision = session.asker.ask()
        session.say(TakeCluster(Scope.CORE))
        rest = session.asker.ask()
        session.say(OneByOne())
        cluster = session.members(0)

        assert (core.view.scope, rest.view.scope) == (Scope.CORE, Scope.REST)
        assert core.probe is None
        assert drawn.item.unit == cluster.drawn_core[0]
        assert [choice.scope for choice in decision.choices] == [Scope.CORE]
        assert not decision.splits
        assert not isinstance(session.asker.ask(), ClusterCard)
        assert set(session.asker.ledger.spread()) <= set(cluster.core)


def test_one_by_one_records_nothing_but_the_answers_of_the_probe(clouds):
    with Session(clouds) as session:
        session.probe(1, "green")
        before = len(session.store.events())
        session.say(OneByOne())

        assert len(session.store.events()) == before
        assert not isinstance(session.asker.ask(), ClusterCard)


def test_undo_takes_the_whole_back_and_asks_for_the_decision_again(clouds):
    with Session(clouds) as session:
        session.probe(1, "green")
        session.say(TakeCluster(Scope.ALL))
        session.say(Undo())

        assert session.asker.progress().message == "taken back: green for 50 items"
        assert session.asker.ledger.spread() == {}
        assert session.asker.ask().choices
        session.say(Redo())
        assert len(session.asker.ledger.spread()) == 50
        assert not isinstance(session.asker.ask(), ClusterCard)


def test_undo_within_a_probe_asks_for_the_same_member_again(clouds):
    with Session(clouds) as session:
        session.say(AllAre(1, session.ids["green"]))
        session.answer(3)
        third = session.asker.ledger.said[-1].data["unit"]
        session.say(Undo())
        again = session.asker.ask()

        assert (again.item.unit, again.probe.place) == (third, 3)
        session.answer()
        assert session.asker.ask().probe.place == 4


# --- offers ---


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
        assert card.view.number == 1
        assert card.probe is None
        assert card.view.likely[0] == session.ids["green"]


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


# --- going on after an end ---


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
    (clouds.layout.cache / "claims.db").unlink()
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


# --- what it does ---


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
