"""The clusters of a project as a table, and one of them at length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from activelabel.cli.render.cluster import glimpse_rows
from activelabel.cli.render.reasons import how_sure
from activelabel.project.identity import item_id
from activelabel.project.wording import counted
from activelabel.reporting.shares import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.cli.render.paper import Paper
    from activelabel.project.clusters import Cluster
    from activelabel.records.contents import ItemRecord
    from activelabel.session.clusters.table import ClusterRow

__all__ = ["member_rows", "table_rows"]

HEADS = ("", "items", "labels so far", "pure", "the model", "most typical", "least typical")
LONGEST = {2: 28, 4: 20}  # cells of the columns whose text has no end
LEAST = 12  # cells that what an item shows takes at least: below, its column is left out
GAP = 2


def table_rows(found: Sequence[ClusterRow], paper: Paper) -> list[Text]:
    """Return a row a cluster under a head; what items show takes the room that is left."""
    table = [_cells(row, paper) for row in found]
    fixed = [max(map(cell_len, column)) for column in zip(HEADS[:5], *(cells[:5] for cells in table), strict=True)]
    while len(fixed) > 2 and sum(fixed) + GAP * len(fixed) > paper.width:
        fixed.pop()
    left = paper.width - sum(fixed) - GAP * len(fixed)
    ends = min(2, left // (LEAST + GAP)) if len(fixed) == 5 else 0
    widths = [*fixed, *[left // ends - GAP] * ends] if ends else fixed
    rows = [_row(HEADS, widths, paper, "faint")]
    return rows + [_row(cells, widths, paper, "") for cells in table]


def member_rows(
    row: ClusterRow, cluster: Cluster, ends: tuple[Sequence[ItemRecord], Sequence[ItemRecord]], paper: Paper
) -> list[Text | str]:
    """Return one cluster at length: its figures, what its ends show, and the units of all its members."""
    rows: list[Text | str] = [
        f"cluster {row.number}: {counted(row.size, 'item')}",
        *(paper.clip(paper.foreign(f"{head}: {cell}"), paper.width) for head, cell in _figures(row)),
        "distance to the middle: " + " ".join(f"{distance:.3g}" for distance in cluster.distances),
    ]
    for name, items in zip(("most typical", "least typical"), ends, strict=True):
        if items:
            rows += [Text(name, "faint"), *glimpse_rows(items, paper)]
    return [*rows, Text("members, the most typical first", "faint"), *(item_id(unit, 1) for unit in cluster.members)]


def _figures(row: ClusterRow) -> list[tuple[str, str]]:
    return [
        (head, cell) for head, cell in (("labels", _labels(row)), ("pure", _pure(row)), ("model", _says(row))) if cell
    ]


def _cells(row: ClusterRow, paper: Paper) -> tuple[str, ...]:
    typical, atypical = (paper.foreign(_shown(item, paper)) for item in (row.typical, row.atypical))
    labels = paper.clip(paper.foreign(_labels(row)), LONGEST[2])
    says = paper.clip(paper.foreign(_says(row)), LONGEST[4])
    return str(row.number), f"{row.size:,}", labels, _pure(row), says, typical, atypical


def _shown(item: ItemRecord, paper: Paper) -> str:
    # without the names of fields: in a row of a table they would be all that is seen
    values = f" {paper.dot} ".join(" ".join(value.split()) for _, value in item.content.fields if value.strip())
    return item.content.path or values or item.user_id or item.id


def _labels(row: ClusterRow) -> str:
    given = ", ".join(f"{name} ({count:,})" for name, count in row.labels.items())
    return f"{given}, {row.accepted:,} with it" if row.accepted else given


def _pure(row: ClusterRow) -> str:
    return "" if row.purity is None else f"{percent(row.purity)} % of {row.labelled:,}"


def _says(row: ClusterRow) -> str:
    return "" if row.says is None else f"{row.says[0]}, {how_sure(row.says[1])}"


def _row(cells: Sequence[str], widths: Sequence[int], paper: Paper, style: str) -> Text:
    shown = [set_cell_size(paper.clip(cell, width), width) for cell, width in zip(cells, widths, strict=False)]
    return Text((" " * GAP).join(shown).rstrip(), style)
