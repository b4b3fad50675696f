"""What a label for all members of a cluster would mean, whatever is known of some of them already."""

import pytest
from support.clusters import Session

from activelabel.learning.purity import purity_bound
from activelabel.project.ledger import Ledger
from activelabel.project.plan import PlanReader
from activelabel.records.events import Event
from activelabel.records.kinds import EventKind
from activelabel.session.clusters.nouns import Scope
from activelabel.session.clusters.parts import Part, choice_of
from activelabel.session.clusters.replies import TakeCluster
from activelabel.session.clusters.shelf import ClusterShelf
from activelabel.session.replies import Undo


def test_members_whose_label_came_with_the_data_are_taken_off_the_bound():
    units = tuple(f"u{number}" for number in range(100))
    said = [(EventKind.CLASS_ADDED, {"class": "ham", "name": "ham", "key": "h"})]
    said += [(EventKind.LABEL, {"unit": unit, "classes": ["ham"]}) for unit in units[:10]]
    said += [(EventKind.IMPORTED, {"class": "ham", "units": list(units[50:])})]
    ledger = Ledger()
    for place, (kind, data) in enumerate(said, 1):
        ledger.apply(Event(f"e{place:04}", place, "ann", "2026-01-01", kind, "", data))

    choice = choice_of(Part(0, Scope.ALL, units, units[:10]), "ham", ledger)

    assert choice.members == 40
    assert choice.bound == pytest.approx((round(100 * purity_bound(10, 10, 100)) - 60) / 40, abs=1e-4)


def test_labels_that_hold_for_a_whole_cluster_follow_what_is_accepted_and_taken_back(clouds):
    with Session(clouds) as session:
        ledger = session.asker.ledger
        shelf = ClusterShelf(PlanReader(clouds.layout), ledger)
        for number, name in [(1, "green"), (0, "red")]:
            session.probe(number, name, name)
            session.say(TakeCluster(Scope.CORE))

            assert set(shelf.spread()) == set(ledger.spread())
        while ledger.cluster_answers():
            session.say(Undo())

            assert set(shelf.spread()) == set(ledger.spread())
