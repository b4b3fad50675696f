"""All clusters of a project in figures: what was said of each, what the model says, and what its members show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from activelabel.project.clusters import ATYPICAL, TYPICAL, ClusterReader
from activelabel.session.clusters.finding import Clusters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.project.clusters import Cluster
    from activelabel.project.layout import Layout
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan
    from activelabel.records.contents import ItemRecord
    from activelabel.session.workshop import Workshop

__all__ = ["ClusterRow", "ClusterTable"]


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """One cluster in figures.

    Attributes
    ----------
    number, size
        Its name, and how many members it has.
    labels
        Class name -> members that people gave this label, the commonest first.
    accepted
        Members that have a label because the whole was given one.
    says
        The class that the model takes most members to be of, and their share of all; None before there is a model.
    typical, atypical
        The member nearest to the middle, and the one farthest from it.
    """

    number: int
    size: int
    labels: dict[str, int]
    accepted: int
    says: tuple[str, float] | None
    typical: ItemRecord
    atypical: ItemRecord

    @property
    def labelled(self) -> int:
        """How many members have a label that people gave them."""
        return sum(self.labels.values())

    @property
    def purity(self) -> float | None:
        """The share of the labels that are the commonest one, in [0, 1]; None without labels."""
        return max(self.labels.values()) / self.labelled if self.labels else None


class ClusterTable:
    """The clusters of a project; they are made where they are not there yet.

    Parameters
    ----------
    workshop, layout
        The data, and where clusters are kept.
    ledger
        What was said.
    plan
        In force; None where there is none.
    """

    def __init__(self, workshop: Workshop, layout: Layout, ledger: Ledger, plan: Plan | None) -> None:
        self._dataset = workshop.dataset
        self._ledger = ledger
        self.key = Clusters(workshop, layout).make(len(ledger.classes))
        self._clusters = list(ClusterReader(layout).all(self.key))
        self._planned = plan.clusters if plan and plan.clustering == self.key else ()

    def __len__(self) -> int:
        return len(self._clusters)

    def rows(self) -> list[ClusterRow]:
        """Return every cluster in figures, by number."""
        ends = [unit for cluster in self._clusters for unit in (cluster.members[0], cluster.members[-1])]
        shown = self._items(ends)
        homes = {unit: cluster.number for cluster in self._clusters for unit in cluster.members}
        given = Counter(
            (homes.get(unit, -1), self._ledger.class_name(known))
            for unit, answer in self._ledger.answers.items()
            if (known := self._ledger.class_of(answer))
        )
        accepted = Counter(homes.get(unit, -1) for unit in self._ledger.spread())
        return [
            ClusterRow(
                number=cluster.number,
                size=len(cluster.members),
                labels={name: count for (home, name), count in given.most_common() if home == cluster.number},
                accepted=accepted[cluster.number],
                says=self._says(cluster.number),
                typical=shown[2 * place],
                atypical=shown[2 * place + 1],
            )
            for place, cluster in enumerate(self._clusters)
        ]

    def members(self, number: int) -> tuple[Cluster, tuple[list[ItemRecord], list[ItemRecord]]]:
        """Return a cluster with its most typical members, and its least typical ones, the farthest first."""
        cluster = self._clusters[number]
        typical, atypical = cluster.members[:TYPICAL], cluster.members[TYPICAL:][-ATYPICAL:]
        return cluster, (self._items(typical), self._items(atypical[::-1]))

    def _says(self, number: int) -> tuple[str, float] | None:
        said = self._planned[number].says if number < len(self._planned) else ()
        known = self._ledger.resolve(said[0][0]) if said else None
        return (self._ledger.class_name(known), said[0][1]) if known else None

    def _items(self, units: Sequence[str]) -> list[ItemRecord]:
        rows = [self._dataset.row_of(unit) for unit in units]
        return self._dataset.items(np.array([row for row in rows if row is not None], dtype=np.intp))
