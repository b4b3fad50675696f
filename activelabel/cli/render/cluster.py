"""A cluster on a leaf: how many there are, what was said of them, and what the most and the least typical ones show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from activelabel.cli.render.content import content_line, content_rows
from activelabel.cli.render.picture import FEWEST_COLOURS, picture_rows
from activelabel.cli.render.reasons import class_name, how_sure
from activelabel.cli.render.text import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.cli.render.paper import Paper
    from activelabel.records.contents import ItemRecord
    from activelabel.records.progress import Progress
    from activelabel.session.clusters.nouns import ClusterView

__all__ = ["cluster_rows", "glimpse_rows"]

THUMBS = {True: (10, 5), False: (16, 8)}  # cells across and rows of a small picture, with colours and without
ROOMY = 24  # rows of paper from which members are shown by two rows each
LINES = 2  # rows a member
WHOLE_ROWS = 10  # of a picture that is looked at more closely


def cluster_rows(
    view: ClusterView, progress: Progress, title: str, paper: Paper, *, whole: bool = False
) -> list[Text | str]:
    """Return what there is to see of a cluster, its title again where that is cut.

    Parameters
    ----------
    view
        The cluster.
    progress
        Knows the names of its classes.
    title
        What stands above the rows.
    paper
        What can be drawn.
    whole
        Show all that the members show, not a row or two of each.
    """
    cut = cell_len(title) + 1 > paper.width
    rows: list[Text | str] = [*wrapped(paper.foreign(title), paper.width - 4)] if cut else []
    if view.labels:
        given = ", ".join(f"{class_name(known, progress)} ({count:,})" for known, count in view.labels)
        rows += wrapped(paper.foreign(f"labels so far: {given}"), paper.width - 4)
    if view.says:
        class_id, share = view.says[0]
        words = f"the model: {class_name(class_id, progress)}, {how_sure(share)}"
        rows.append(paper.clip(paper.foreign(words), paper.width - 4))
    for name, items in (("most typical", view.typical), ("least typical", view.atypical)):
        if items:
            rows += ["", Text(name, "faint"), *(_wholly(items, paper) if whole else glimpse_rows(items, paper))]
    return rows[1:] if rows[:1] == [""] else rows


def glimpse_rows(items: Sequence[ItemRecord], paper: Paper) -> list[Text | str]:
    """Return a row or two for each item; pictures side by side where there is room for them."""
    width = paper.width - 4
    if all(item.content.picture for item in items) and not paper.spoken:
        return list(_pictures(items, width, paper))
    lines = LINES if paper.height >= ROOMY else 1
    rows: list[Text | str] = []
    # where an item takes two rows, it is seen where the next one begins
    mark, beside = (f"{paper.dot} ", "  ") if lines > 1 and not paper.spoken else ("", "")
    width -= len(mark)
    for item in items:
        found = wrapped(paper.foreign(content_line(item.content) or item.user_id or item.id), width)
        shown = [*found[: lines - 1], *filter(None, [paper.clip(" ".join(found[lines - 1 :]), width)])]
        rows += [f"{beside if place else mark}{row}" for place, row in enumerate(shown)]
    return rows


def _pictures(items: Sequence[ItemRecord], width: int, paper: Paper) -> list[Text]:
    across, high = THUMBS[paper.colours >= FEWEST_COLOURS and not paper.plain_ascii]
    seen = items[: max(1, (width + 2) // (across + 2))]
    columns = [picture_rows(item.content.picture, across, high, paper) for item in seen if item.content.picture]
    rows = []
    for place in range(max(map(len, columns))):
        row = Text()
        for column in columns:
            part = column[place].copy() if place < len(column) else Text("")
            part.truncate(across + 2, pad=True)
            row.append_text(part)
        row.rstrip()
        rows.append(row)
    return rows


def _wholly(items: Sequence[ItemRecord], paper: Paper) -> list[Text | str]:
    rows: list[Text | str] = []
    # a leaf is drawn with characters, and a picture is nothing to read aloud
    paper = replace(paper, cell=None)
    for item in items:
        content = replace(item.content, picture=None) if paper.spoken else item.content
        name = Text(paper.clip(paper.foreign(item.user_id or item.id), paper.width - 4), "field")
        rows += [name, *content_rows(content, paper.width - 4, WHOLE_ROWS, paper), ""]
    return rows[:-1]
