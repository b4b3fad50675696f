"""A leaf laid over the card: something to read, and under it, where there is something to decide, a menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from rich.text import Text

from activelabel.cli.render.card import SMALLEST, Frame, too_small, windowed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from activelabel.cli.render.paper import Paper

    Rows: TypeAlias = Callable[[Paper], Sequence[Text | str]]

__all__ = ["Leaf", "leaf_frame", "nothing"]

BACK = "any other key: back to the card"
CHOOSE = "arrows or Tab choose, Enter takes it, Esc: back to the card"
CHOOSE_BRIEFLY = "arrows, Enter, Esc"


def nothing(_: Paper) -> tuple[Text, ...]:
    """Return no rows: a menu with nothing above it."""
    return ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """What lies over the card.

    rows are drawn for the paper there is, from row `scroll` on; options make a menu, of which `chosen` is marked.
    """

    title: str
    rows: Rows
    options: tuple[str, ...] = ()
    chosen: int = 0
    scroll: int = 0


def leaf_frame(leaf: Leaf, paper: Paper) -> Frame:
    """Return the leaf as a screen: the menu keeps its rows, what is to be read is scrolled in the room above it."""
    if paper.width < SMALLEST[0] or paper.height < SMALLEST[1]:
        return too_small(paper)
    menu = _menu(leaf, paper)
    room = paper.height - 2 - len(menu)
    shown, last_scroll = windowed(leaf.rows(paper), room, leaf.scroll, paper)
    filler = [Text("")] * (room - len(shown))
    title = Text(paper.clip(f" {paper.foreign(leaf.title)}", paper.width), "title")
    return Frame((title, *shown, *filler, *menu, _foot(leaf, paper)), None, last_scroll, max(room - 2, 1))


def _menu(leaf: Leaf, paper: Paper) -> list[Text]:
    """Return the options around the chosen one, at most half of the height of them."""
    most = min(len(leaf.options), max(1, (paper.height - 2) // 2))
    first = min(max(0, leaf.chosen - most // 2), len(leaf.options) - most)
    rows = []
    for place in range(first, first + most):
        mark, style = (" > ", "key") if place == leaf.chosen else ("   ", "")
        rows.append(Text(paper.clip(mark + paper.foreign(leaf.options[place]), paper.width), style))
    return rows


def _foot(leaf: Leaf, paper: Paper) -> Text:
    words = CHOOSE if leaf.options else BACK
    if leaf.options and len(words) >= paper.width:
        words = CHOOSE_BRIEFLY
    return Text(paper.clip(f" {words}", paper.width), "faint")
