"""Clusters are found in the learner's first spare time, and shown to whoever looks at one."""

import shutil
from dataclasses import replace

import numpy as np
from support.clusters import Session

from activelabel.project.plan import PlannedCard, PlanReader, PlanWriter
from activelabel.records.cards import Why
from activelabel.records.kinds import CardKind
from activelabel.session.again import Again
from activelabel.session.answers import gathered
from activelabel.session.clusters.finding import Clusters, clusters_wanted
from activelabel.session.planning import NOTHING
from activelabel.session.workshop import open_workshop


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

    planned = (*plan.cards, *plan.reserve, *plan.second_looks)
    assert all(card.unit in found[card.cluster].members for card in planned)
    assert [cluster.size for cluster in plan.clusters] == [90, 60, 30]


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
