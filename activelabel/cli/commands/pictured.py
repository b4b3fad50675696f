"""What a report shows beyond its figures: the map, the groups, and the items that are named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activelabel.reporting.clusters import ClusterSummary
from activelabel.session.clusters.table import ClusterTable
from activelabel.session.judging.mapping import mapped_pool

if TYPE_CHECKING:
    from activelabel.learning.pool_map import PoolMap
    from activelabel.project.layout import Layout
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan
    from activelabel.records.contents import ItemRecord
    from activelabel.session.clusters.table import ClusterRow
    from activelabel.session.judging.assessment import Taught
    from activelabel.session.workshop import Workshop

__all__ = ["Pictured", "pictured"]


@dataclass(frozen=True, slots=True)
class Pictured:
    """The map, the groups, and all items that are on either."""

    map: PoolMap
    clusters: tuple[ClusterSummary, ...]
    items: tuple[ItemRecord, ...]


def pictured(workshop: Workshop, layout: Layout, ledger: Ledger, plan: Plan | None, now: Taught) -> Pictured:
    """Return what can be shown of a project and what it taught; groups that are not there yet are made."""
    found = mapped_pool(workshop, ledger, now.answers, now.lesson)
    rows = ClusterTable(workshop, layout, ledger, plan).rows()
    ends = [item for row in rows for item in (row.typical, row.atypical)]
    return Pictured(found, tuple(map(_summary, rows)), (*(point.item for point in found.items), *ends))


def _summary(row: ClusterRow) -> ClusterSummary:
    says, share = row.says or ("", None)
    return ClusterSummary(
        number=row.number,
        size=row.size,
        labels=row.labels,
        purity=row.purity,
        accepted=row.accepted,
        says=says,
        share=share,
        typical=row.typical.id,
        atypical=row.atypical.id,
    )
