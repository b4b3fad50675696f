"""The classes with their keys and counts, in the rows there are for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.text import Text

from activelabel.cli.groups import Group, grouped, path_of
from activelabel.cli.keys import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from activelabel.cli.render.paper import Paper
    from activelabel.records.events import LabelClass

__all__ = ["chip", "clipped_name", "hint_row", "legend_rows"]

GAP = 2  # cells between two classes
LONGEST_NAME = 24  # cells of a class name; the help screen shows more of it


class _Part(NamedTuple):
    """A class or a group: its place among all, what is drawn, and the ids of the classes that it shows."""

    place: tuple[int, int]
    drawn: Text
    classes: set[str]


def chip(known: LabelClass, count: int | None, paper: Paper, longest: int = LONGEST_NAME, wanted: int = 0) -> Text:
    """Return one class: its key in brackets, its name, and how many labels it has unless `count` is None.

    Where it has fewer than `wanted`, it says how many those are.
    """
    text = Text(f"[{known.key}]" if known.key else "", "key")
    text.append(f" {clipped_name(known.name, longest, paper)}".lstrip(" " * (not known.key)), "class")
    if count is not None:
        text.append(f" {count:,}" + (f"/{wanted:,}" if count < wanted else ""), "faint")
    return text


def clipped_name(name: str, longest: int, paper: Paper) -> str:
    """Return a name in at most `longest` cells; of a path that is too long, its last part tells it from the others.

    Examples
    --------
    >>> from activelabel.cli.render.paper import Paper
    >>> clipped_name("fruit/citrus/lemon", 10, Paper(80, 24)), clipped_name("lemon tree", 6, Paper(80, 24))
    ('…/lemon', 'lemon…')
    """
    shown = paper.foreign(name)
    if cell_len(shown) > longest and len(path := path_of(name)) > 1:
        shown = f"{paper.ellipsis}/{paper.foreign(path[-1])}"
    return paper.clip(shown, longest)


def legend_rows(
    classes: Iterable[LabelClass], counts: Mapping[str, int], most_rows: int, paper: Paper, wanted: int = 0
) -> list[Text]:
    """Return the classes in at most `most_rows` rows.

    In columns if they fit so, else close together, else without counts, else as many as fit and how many more there
    are: first those with keys, then groups, then classes that are in none, each those with most labels first. What is
    shown stands in the order it was made, those with keys before the others: use decides who is shown, never where.
    Those with fewer labels than `wanted` are marked where their counts fit.
    """
    listed = sorted(classes, key=lambda known: not known.key)
    # more than could be shown if their names were empty need not be drawn to know that they do not fit
    most = most_rows * paper.width // len("[1]  ") + 1
    if len(listed) <= most:
        longest = _longest_name(paper)
        full = [chip(known, counts.get(known.id, 0), paper, longest, wanted) for known in listed]
        bare = [chip(known, None, paper, longest) for known in listed]
        for chips, widest in ((full, max((text.cell_len for text in full), default=0)), (full, 0), (bare, 0)):
            rows = _packed(chips, widest, paper.width)
            if len(rows) <= most_rows and all(row.cell_len <= paper.width for row in rows):
                return rows
    return _cut(_parts(listed, counts, most, paper), len(listed), most_rows, paper)


def hint_row(width: int, means: Mapping[Action, str], paper: Paper) -> Text:
    """Return the keys to remind of, as one row; `means` says what some do on this card, "" for nothing."""
    row = Text(" ")
    for key, words in paper.keys.hints(width - 1, means):
        if len(row) > 1:
            row.append("  ")
        row.append(paper.foreign(key), "key").append(f" {words}", "faint")
    return row


def _packed(chips: list[Text], widest: int, width: int) -> list[Text]:
    rows: list[Text] = []
    end = width
    for one in chips:
        start = end + GAP
        if start + one.cell_len < width:
            rows[-1].pad_right(start - rows[-1].cell_len)
            rows[-1].append_text(one)
        else:
            start = 1
            rows.append(Text(" ").append_text(one))
        end = start + max(widest, one.cell_len)
    return rows


def _parts(listed: list[LabelClass], counts: Mapping[str, int], most: int, paper: Paper) -> list[_Part]:
    """Return at most so many parts of a legend in which not everything fits, what is to be shown first in front."""
    groups, alone = grouped(listed)
    by_use = sorted(listed, key=lambda known: -counts.get(known.id, 0))
    outside = {known.id for known in alone}
    keyed = [known for known in by_use if known.key]
    # a group whose classes all have keys is there without a chip of its own
    closed = [group for group in groups if not all(known.key for known in group.classes)]
    others = [known for known in by_use if not known.key and known.id in outside]
    places = {known.id: place for place, known in enumerate(listed)}
    parts: list[_Part] = []
    orders: tuple[Sequence[LabelClass | Group], ...] = (keyed, closed, others)
    for order, shown in enumerate(orders):
        for one in shown[: most - len(parts)]:
            classes = one.classes if isinstance(one, Group) else (one,)
            drawn = _group_chip(one, paper) if isinstance(one, Group) else chip(one, None, paper, _longest_name(paper))
            parts.append(_Part((order, places[classes[0].id]), drawn, {known.id for known in classes}))
    return parts


def _group_chip(group: Group, paper: Paper) -> Text:
    name = paper.clip(paper.foreign(group.path[-1]), _longest_name(paper) - len("/ 9,999"))
    return Text.assemble((f"{name}/", "class"), (f" {len(group.classes):,}", "faint"))


def _longest_name(paper: Paper) -> int:
    return min(LONGEST_NAME, paper.width - len(" [1]  "))


def _cut(parts: list[_Part], total: int, most_rows: int, paper: Paper) -> list[Text]:
    low, high = 0, len(parts)
    while low < high:
        middle = (low + high + 1) // 2
        chips = _with_rest(parts[:middle], total, paper)
        if _height([chip.cell_len for chip in chips], paper.width) <= most_rows:
            low = middle
        else:
            high = middle - 1
    return _packed(_with_rest(parts[:low], total, paper), 0, paper.width)


def _with_rest(parts: list[_Part], total: int, paper: Paper) -> list[Text]:
    chips = [part.drawn for part in sorted(parts, key=lambda part: part.place)]
    left = total - len(set[str]().union(*(part.classes for part in parts)))
    rest = f"{paper.ellipsis} {left:,} more: {paper.keys.shown(Action.FIND)}"
    return [*chips, Text(rest, "faint")] if left else chips


def _height(cells: list[int], width: int) -> int:
    """Return how many rows `_packed` makes of chips of so many cells."""
    rows, used = 0, width
    for count in cells:
        fits = used + GAP + count < width
        rows, used = (rows, used + GAP + count) if fits else (rows + 1, 1 + count)
    return rows
