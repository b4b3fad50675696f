"""What is decided of a cluster after its probe, recorded and taken back."""

import json

from support.clusters import Session

from activelabel.records.kinds import EventKind
from activelabel.session.clusters.nouns import ClusterCard, Scope
from activelabel.session.clusters.replies import AllAre, OneByOne, SplitCluster, TakeCluster
from activelabel.session.replies import Redo, Undo


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


def test_the_farther_half_is_asked_though_something_said_of_the_nearer_one_was_taken_back(clouds):
    with Session(clouds) as session:
        session.probe(0, "red", "red")
        session.say(SplitCluster())
        session.probe(0, "red", "red")
        session.say(Undo())
        session.answer(name="red")
        session.say(TakeCluster(Scope.CORE))
        after_the_probe = session.asker.ask()
        session.say(Undo())
        session.say(Redo())

        assert after_the_probe.view.scope is Scope.REST
        assert session.asker.ask().view.scope is Scope.REST


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
