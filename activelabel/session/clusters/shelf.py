"""Clusters as the asker finds them on disk, and as a person is shown them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.project.clusters import ATYPICAL, TYPICAL
from activelabel.session.clusters.nouns import ClusterView, Scope
from activelabel.session.clusters.parts import Part, labels_in, left_in, part_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from activelabel.project.clusters import Cluster, PlannedCluster
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import PlanReader
    from activelabel.records.cards import Card
    from activelabel.records.contents import ItemRecord

__all__ = ["ClusterShelf"]

LIKELY = 3  # classes named for all of a cluster


class ClusterShelf:
    """Finds clusters and shows them.

    Parameters
    ----------
    plans
        Follows the plan in force.
    ledger
        What was said.
    """

    def __init__(self, plans: PlanReader, ledger: Ledger) -> None:
        self._plans = plans
        self._ledger = ledger
        self._known: dict[tuple[str, int], PlannedCluster] = {}
        self._spread_by: list[str] = []
        self._spread: set[str] = set()

    def cluster(self, clustering: str, number: int) -> Cluster | None:
        """Return a cluster; None where there is none, or what its members show is not written yet."""
        plan, place = self._plans.plan, (clustering, number)
        if plan and plan.clustering == clustering and 0 <= number < len(plan.clusters):
            planned = plan.clusters[number]
            # contents are only ever appended to: what an earlier plan says of them still holds
            self._known.update({place: planned} if planned.contents else {})
        return self._plans.clusters.read(clustering, self._known[place].offset) if place in self._known else None

    def around(self, card: Card) -> ClusterView | None:
        """Return the cluster of the item on a card; None where it is in none, or what that shows is not written yet.

        Where a card withholds what the model thinks, so does its cluster.
        """
        # clusters are made while the first cards are answered: the card may be older than they are
        self._plans.refresh()
        clustering = self._plans.plan.clustering if self._plans.plan else ""
        number = card.cluster
        if number < 0:
            # an item that is asked again is in no plan; that must not show
            number = self._plans.clusters.number_of(clustering, card.item.unit)
        cluster = self.cluster(clustering, number)
        return self.view(clustering, part_of(cluster, Scope.ALL), withheld=card.suggestion_hidden) if cluster else None

    def item(self, clustering: str, part: Part, unit: str) -> ItemRecord | None:
        """Return what a member shows; None where that is not written."""
        cluster = self.cluster(clustering, part.number)
        if cluster is None:
            return None
        offsets = dict(zip(cluster.shown, self._known[clustering, part.number].contents, strict=True))
        return self._plans.shown(unit, offsets[unit]) if unit in offsets else None

    def view(self, clustering: str, part: Part, *, withheld: bool = False) -> ClusterView | None:
        """Return part of a cluster as a person is shown it, what the model says of it withheld if need be."""
        cluster = self.cluster(clustering, part.number)
        if cluster is None:
            return None
        written = set(cluster.shown)
        members = [unit for unit in part.members if unit in written]
        typical, atypical = members[:TYPICAL], members[TYPICAL:][-ATYPICAL:]
        items = {unit: item for unit in (*typical, *atypical) if (item := self.item(clustering, part, unit))}
        if not items:
            return None
        labels = labels_in(part, self._ledger)
        says = () if withheld or part.scope is not Scope.ALL else self.says(self._known[clustering, part.number])
        # nobody has said anything yet of a half, but something of the whole
        around = labels_in(part_of(cluster, Scope.ALL), self._ledger)
        likely = [*(class_id for class_id, _ in says[:1]), *around, *(class_id for class_id, _ in says)]
        return ClusterView(
            number=part.number,
            scope=part.scope,
            size=len(part.members),
            left=left_in(part, self._ledger, self.spread()),
            labels=tuple(labels.items()),
            says=says,
            likely=tuple(dict.fromkeys(likely))[:LIKELY],
            typical=tuple(items[unit] for unit in typical if unit in items),
            atypical=tuple(items[unit] for unit in reversed(atypical) if unit in items),
        )

    def spread(self) -> Collection[str]:
        """Return the members of clusters that were given a label: they have it for as long as they have none else."""
        given = [event for event in self._ledger.cluster_answers() if self._ledger.class_of(event)]
        by = [event.uuid for event in given]
        if by[: len(self._spread_by)] != self._spread_by:
            # one was taken back, or its class was split
            self._spread_by, self._spread = [], set()
        for event in given[len(self._spread_by) :]:
            self._spread.update(event.data["members"])
        self._spread_by = by
        return self._spread

    def says(self, planned: PlannedCluster) -> tuple[tuple[str, float], ...]:
        """Return the classes of today that the model takes the members of a cluster to be of, with their shares."""
        shares: dict[str, float] = {}
        for class_id, share in planned.says:
            if known := self._ledger.resolve(class_id):
                shares[known] = shares.get(known, 0.0) + share
        return tuple(shares.items())
