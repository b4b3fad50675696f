"""`clusters`: the groups of like items, what was said of each, and what the model says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from activelabel.cli.console import open_streams, paper_on
from activelabel.cli.progress_bar import counting
from activelabel.cli.render.cluster_table import member_rows, table_rows
from activelabel.cli.render.content import content_line
from activelabel.errors import WrongUse
from activelabel.project.identity import item_id
from activelabel.project.layout import find_project
from activelabel.project.recorded import ledger_of, plan_of
from activelabel.project.settings import settings_of
from activelabel.session.clusters.table import ClusterTable
from activelabel.session.workshop import open_workshop

if TYPE_CHECKING:
    from pathlib import Path

    from activelabel.project.layout import Layout
    from activelabel.records.contents import ItemRecord
    from activelabel.session.clusters.table import ClusterRow

__all__ = ["clusters"]


def clusters(project: Path | None, *, number: int | None, as_json: bool) -> None:
    """Print a table of all clusters, or one of them at length.

    Raises
    ------
    WrongUse, ProjectError, BadData
        If there is no such project or cluster, or the data is gone.
    """
    streams = open_streams()
    layout = find_project(project)
    with counting(streams.talk, "clusters"):
        table = _table(layout)
    if number is not None and number >= len(table):
        raise WrongUse(f"no cluster {number}", f"they are numbered from 0 to {len(table) - 1}")
    found = table.rows()
    if as_json:
        plain = [_plain(row) for row in found] if number is None else _plain_one(table, found[number])
        streams.emit(json.dumps({"clustering": table.key, "clusters": plain}, indent=2, ensure_ascii=False))
        return
    paper = paper_on(streams.data)
    rows = table_rows(found, paper) if number is None else member_rows(found[number], *table.members(number), paper)
    for row in rows:
        streams.data.print(row, soft_wrap=True, markup=False, highlight=False, emoji=False)


def _table(layout: Layout) -> ClusterTable:
    ledger = ledger_of(layout)
    return ClusterTable(open_workshop(layout, settings_of(layout, ledger.settings)), layout, ledger, plan_of(layout))


def _plain(row: ClusterRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "size": row.size,
        "labels": row.labels,
        "purity": row.purity,
        "accepted": row.accepted,
        "model": None if row.says is None else {"class": row.says[0], "share": row.says[1]},
        "typical": _plain_item(row.typical),
        "atypical": _plain_item(row.atypical),
    }


def _plain_one(table: ClusterTable, row: ClusterRow) -> list[dict[str, Any]]:
    cluster, (typical, atypical) = table.members(row.number)
    ends = {"typical": list(map(_plain_item, typical)), "atypical": list(map(_plain_item, atypical))}
    return [
        {
            **_plain(row),
            **ends,
            "distances": cluster.distances,
            "members": [item_id(unit, 1) for unit in cluster.members],
        }
    ]


def _plain_item(item: ItemRecord) -> dict[str, str]:
    return {"item": item.id, "id": item.user_id, "content": content_line(item.content)}
