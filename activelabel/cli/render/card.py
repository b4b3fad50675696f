"""A whole screen: the card, what stands around it, and the line that is being typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from activelabel.cli.keys import Action
from activelabel.cli.render.content import content_rows, picture_size
from activelabel.cli.render.found import found_rows
from activelabel.cli.render.given import given_rows, key_words
from activelabel.cli.render.legend import hint_row, legend_rows
from activelabel.cli.render.outlook import outlook_words
from activelabel.cli.render.picture import Placed
from activelabel.cli.render.progress import status_line
from activelabel.cli.render.reasons import suggestion_words, why_in
from activelabel.cli.render.table_row import MARKED, departing_first
from activelabel.cli.render.text import folded
from activelabel.session.clusters.nouns import ClusterCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.cli.render.paper import Paper
    from activelabel.cli.search import Found
    from activelabel.records.cards import Card
    from activelabel.records.contents import Content
    from activelabel.records.progress import Progress

__all__ = [
    "SMALLEST",
    "Entry",
    "Frame",
    "View",
    "compose",
    "too_small",
    "windowed",
]

SMALLEST = (20, 6)
"""Columns and rows under which no card is drawn."""

SHORT, FULL, AIRY = 8, 14, 20  # rows from which a card has its status and title, its rules and hints, and air
TALL = 12  # rows from which a message may take two of them


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that is being typed: what for, what there is of it, what it finds and where the mark is.

    found is None where nothing is looked for; in_group says whether a group is open that can be left.
    """

    label: str
    text: str = ""
    found: tuple[Found, ...] | None = None
    marked: int = 0
    in_group: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """What the person has done to the screen since the card came, and the time it came as UTC, ISO 8601."""

    scroll: int = 0
    message: str = ""
    entry: Entry | None = None
    now: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawn screen.

    rows has one text for each row of the terminal. cursor is (row, column) from 0, None to hide it. last_scroll is
    how far the content can be scrolled, and page how many rows of it are seen at once; card_shown says whether the
    person can see what a key would answer; picture is what is to be drawn in pixels on rows that are blank for it.
    """

    rows: tuple[Text, ...]
    cursor: tuple[int, int] | None = None
    last_scroll: int = 0
    page: int = 1
    card_shown: bool = True
    picture: Placed | None = None


def compose(card: Card, progress: Progress, view: View, paper: Paper) -> Frame:
    """Return the screen for a card: content shrinks first, the classes take a third of the height at most."""
    if paper.width < SMALLEST[0] or paper.height < SMALLEST[1]:
        return too_small(paper)
    bottom = _bottom(card, progress, view, paper)
    top = _top(card, progress, paper)
    most = min((paper.height - len(top) - len(bottom)) // 2, paper.height // 3)
    given = given_rows(card, progress, view.now, most, paper)
    top += [*given, *[Text("")] * (bool(given) and paper.height >= AIRY)]
    room = paper.height - len(top) - len(bottom)
    content = _content(card, room, paper)
    shown, last_scroll = windowed(content, room, view.scroll, paper)
    rows = [*top, *shown, *[Text("")] * (room - len(shown)), *bottom]
    placed = _placed(card.item.content, len(top), room, _seen(len(content), room, view.scroll), paper)
    return Frame(tuple(rows), _cursor(view, paper), last_scroll, max(room - 2, 1), picture=placed)


def too_small(paper: Paper) -> Frame:
    """Return the one line that stands in for a card where there is no room for one."""
    words = "needs {} x {}".format(*SMALLEST)
    rows = [Text(words[: paper.width])] + [Text("")] * (paper.height - 1)
    return Frame(tuple(rows), card_shown=False)


def windowed(rows: Sequence[Text | str], room: int, scroll: int, paper: Paper) -> tuple[list[Text], int]:
    """Return the rows that are seen behind the gutter, with what is above and below them counted, and the last scroll.

    Parameters
    ----------
    rows
        All there is.
    room
        Rows there are for it, 1 or more.
    scroll
        Rows to leave out above; more than can be is taken as the most.
    paper
        What can be drawn.
    """
    gutter = Text(paper.gutter, "frame")
    if len(rows) <= room:
        return [gutter + row for row in rows], 0
    begin, end, above = _seen(len(rows), room, scroll)
    marked = [gutter + row for row in rows[begin:end]]
    if above:
        marked.insert(0, _fold(begin, "above", paper.keys.scroll_key("PageUp"), paper))
    if end < len(rows) and room > 1:
        marked.append(_fold(len(rows) - end, "below", paper.keys.scroll_key("PageDown"), paper))
    return marked, _last_scroll(len(rows), room)


def _top(card: Card, progress: Progress, paper: Paper) -> list[Text]:
    if paper.height < SHORT:
        return []
    status = Text(status_line(progress, paper), "status")
    name = card.item.user_id or card.item.id
    flag = "  flagged" if card.flagged else ""
    beside = paper.width - len(flag) - cell_len(paper.foreign(name)) - len("     ")
    # where a probe stands, and of what, matters more than the name of the member
    most = paper.width - 8 if isinstance(card, ClusterCard) else max(paper.width // 2, beside)
    why = why_in(most, card, progress, paper)
    room = paper.width - 2 - len(flag) - (cell_len(why) + 2 if why else 0)
    title = Text.assemble((" " + paper.clip(paper.foreign(name), room), "title"), (flag, "message"))
    if why:
        title.pad_right(paper.width - 1 - title.cell_len - cell_len(why))
        title.append(why, "faint")
    if paper.height < FULL:
        return [status, title]
    return [status, _rule(paper), title] + [Text("")] * (paper.height >= AIRY)


def _bottom(card: Card, progress: Progress, view: View, paper: Paper) -> list[Text]:
    legend = _legend(card, progress, view, paper)
    suggestion = suggestion_words(card, progress)
    lines = _last_lines(view, progress, paper)
    if paper.height < SHORT:
        standing = f" {suggestion}" if suggestion else status_line(progress, paper)
        standing = f" flagged {paper.dot}{standing}" if card.flagged else standing
        return [*legend, *(lines or [Text(paper.clip(paper.foreign(standing), paper.width), "status")])]
    means = key_words(card, progress)
    hint = _typing_hint(view.entry)[: paper.width] if view.entry else hint_row(paper.width, means, paper)
    guess = Text.assemble(" suggestion: ", (paper.clip(paper.foreign(suggestion), paper.width - 15), "suggestion"))
    if paper.height < FULL:
        return [*([guess] if suggestion else []), *legend, *(lines or [hint])]
    return [guess if suggestion else Text(""), _rule(paper), *legend, hint, *(lines or [Text("")])]


def _content(card: Card, room: int, paper: Paper) -> Sequence[Text | str]:
    """Return what the item shows, the fields that are strange for its cluster first, and what their mark means."""
    content = departing_first(card)
    rows = content_rows(content, _content_width(paper), room, paper)
    if content != card.item.content and len(rows) < room:
        return (*rows, Text(paper.clip(MARKED, _content_width(paper)), "faint"))
    return rows


def _legend(card: Card, progress: Progress, view: View, paper: Paper) -> list[Text]:
    most = paper.height // 3
    if view.entry and view.entry.found is not None:
        rows = found_rows(view.entry.found, view.entry.marked, most, paper)
        # as high whatever is found, so that the item does not move while its class is typed
        return rows + [Text("")] * (min(most, len(progress.classes)) - len(rows))
    if paper.height < SHORT and card.item.content.picture:
        most = 1
    if not progress.classes:
        words = (
            " type its class's name, then Enter"
            if view.entry
            else f" no classes yet: {paper.keys.shown(Action.NEW_CLASS)} adds one"
        )
        return [Text(words[: paper.width], "faint")]
    return legend_rows(progress.classes, progress.counts, most, paper, progress.wanted)


def _last_lines(view: View, progress: Progress, paper: Paper) -> list[Text]:
    """Return what is typed, or the message and what comes next, in the rows that the height allows."""
    if view.entry:
        label, text = _typed(view.entry, paper)
        return [Text.assemble((label, "key"), text)]
    most = 1 if paper.height < TALL else 2 if paper.height < AIRY else 3
    width = paper.width - 2
    message = paper.foreign(" ".join(view.message.split()))

    def together(outlook: str) -> list[str]:
        words = "; ".join(filter(None, (message, outlook)))
        return folded(words, width) if words else []

    rows = together(outlook_words(progress, lambda words: len(together(words)) <= most))
    if len(rows) > most:
        rows = [*rows[: most - 1], paper.clip(" ".join(rows[most - 1 :]), width)]
    return [Text(f" {row}", "message") for row in rows]


def _typed(entry: Entry, paper: Paper) -> tuple[str, str]:
    label = f" {paper.clip(paper.foreign(entry.label), paper.width // 2)} "
    shown = paper.foreign(entry.text)
    # the end of what is typed is what the person looks at
    while cell_len(shown) > paper.width - cell_len(label) - 1:
        shown = shown[1:]
    return label, shown


def _typing_hint(entry: Entry) -> Text:
    pairs = [("Enter", "keep it"), ("Esc", "close")]
    if entry.found is not None:
        group = entry.found and entry.found[entry.marked].group
        pairs = [("Enter", "open" if group else "take"), ("Esc", "close"), ("Up Down", "move")]
        pairs += [("Left", "back")] * entry.in_group
    row = Text()
    for key, words in pairs:
        row.append(f" {key}", "key").append(f" {words} ", "faint")
    return row


def _cursor(view: View, paper: Paper) -> tuple[int, int] | None:
    if view.entry is None:
        return None
    return paper.height - 1, sum(map(cell_len, _typed(view.entry, paper)))


def _fold(count: int, where: str, key: str, paper: Paper) -> Text:
    plural = "s" * (count > 1)
    start = paper.gutter[: -len("| ")] + paper.ellipsis
    words = f"{start} {count:,} more line{plural} {where}" + (f" ({key})" if key else "")
    short = f"{start} {count:,} {where}"
    return Text(words if cell_len(words) <= paper.width else paper.clip(short, paper.width), "faint")


def _last_scroll(count: int, room: int) -> int:
    return count - max(room - 1, 1) if count > room else 0


def _seen(count: int, room: int, scroll: int) -> tuple[int, int, bool]:
    """Return the first row that is seen, the one after the last, and whether a line above counts the others."""
    last = _last_scroll(count, room)
    first = min(scroll, last)
    above, below = first > 0 and room > 2, first < last and room > 1
    return first + above, min(first + room - below, count), above


def _content_width(paper: Paper) -> int:
    return paper.width - 2 * len(paper.gutter) + 2


def _placed(content: Content, top: int, room: int, seen: tuple[int, int, bool], paper: Paper) -> Placed | None:
    size = picture_size(content, _content_width(paper), room, paper)
    if content.picture is None or size is None or paper.cell is None:
        return None
    begin, end, above = seen
    rows = min(end, -(-size[1] // paper.cell[1])) - begin
    place = (top + above, len(paper.gutter), begin, rows)
    return Placed(content.picture, size, paper.cell, *place) if rows > 0 else None


def _rule(paper: Paper) -> Text:
    return Text(paper.rule * paper.width, "frame")
