"""The face with a screen: one frame a card, drawn whole, on the terminal's second screen."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rich.segment import Segments

from activelabel.cli.console import colours_of
from activelabel.cli.face import Face, edited
from activelabel.cli.keys import DEFAULT_KEYS, Action
from activelabel.cli.render.card import Entry, Frame, View, compose
from activelabel.cli.render.leaf import Leaf, leaf_frame, nothing
from activelabel.cli.render.paper import Paper
from activelabel.cli.signals import Interrupted
from activelabel.session.clock import utc_now

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from activelabel.cli.device import Device
    from activelabel.cli.keyboard import Key
    from activelabel.cli.keys import KeyTable
    from activelabel.cli.pictures import Pictures
    from activelabel.cli.render.leaf import Rows
    from activelabel.cli.search import Search
    from activelabel.records.cards import Card
    from activelabel.records.events import LabelClass
    from activelabel.records.progress import Progress

__all__ = ["Screen"]

# second screen, pasted text marked as such, no cursor, and rows that are cut at the edge: a character that the terminal
# finds wider than we do must not push the frame down
ENTER: Final = "\x1b[?1049h\x1b[?2004h\x1b[?25l\x1b[?7l"
LEAVE: Final = "\x1b[0m\x1b[?7h\x1b[?25h\x1b[?2004l\x1b[?1049l"
STEPS: Final = {"Down": 1, "Tab": 1, "Up": -1}


class Screen(Face):
    """Draws frames.

    Parameters
    ----------
    console
        Says what the terminal can show, and holds the theme.
    device
        The terminal.
    pictures
        Draws what is not drawn with characters.
    keys
        Those in force.
    """

    def __init__(self, console: Console, device: Device, pictures: Pictures, keys: KeyTable = DEFAULT_KEYS) -> None:
        super().__init__(device, keys)
        self._console = console
        self._pictures = pictures
        self._dealt: tuple[Card, Progress] | None = None
        self._view = View()
        self._frame = Frame(())
        self._leaf: Leaf | None = None

    @property
    def answerable(self) -> bool:
        """Whether the card is on the screen, and not only a line that says there is no room for it."""
        return self._frame.card_shown

    def open(self) -> None:
        """Take the terminal over and turn to the second screen."""
        self._device.open()
        self._device.write(ENTER)

    def close(self) -> None:
        """Turn back to the first screen, as it was."""
        # a terminal that has gone needs nothing restored
        with contextlib.suppress(Interrupted):
            self._device.write(self._pictures.left() + LEAVE)
        self._device.close()

    def deal(self, card: Card, progress: Progress, message: str, *, fresh: bool) -> None:
        """Draw a card."""
        scroll = 0 if fresh else self._view.scroll
        self._dealt, self._view = (self._pictures.prepared(card), progress), View(scroll, message, now=utc_now())
        self._draw(fresh=fresh)

    def tell(self, message: str) -> None:
        """Draw one line at the foot of the card."""
        self._view = replace(self._view, message=message, entry=None)
        self._draw()

    def scroll(self, key: str) -> None:
        """Draw another part of the item."""
        self._view = replace(self._view, scroll=self._scrolled(self._view.scroll, key))
        self._draw()

    def ask(self, label: str) -> str | None:
        """Have a line typed at the foot of the card."""
        entry: Entry | None = Entry(label)
        while entry:
            key = self._key_for(entry)
            if key.name == "Enter":
                return entry.text
            entry = None if key.name == "Esc" else replace(entry, text=edited(entry.text, key))
        self.tell("")
        return None

    def find(self, search: Search) -> LabelClass | None:
        """Have part of a name typed, with what fits it in a list."""
        while True:
            entry = Entry(search.label, search.text, search.found, search.marked, in_group=bool(search.path))
            key = self._key_for(entry)
            if key.name == "Esc":
                break
            if key.name == "Enter" and search.taken:
                return search.taken
            if not search.steer(key.name) and (text := edited(search.text, key)) != search.text:
                search.type(text)
        self.tell("")
        return None

    def read(self, title: str, rows: Rows) -> None:
        """Draw a leaf until a key that does not scroll it."""
        leaf = Leaf(title, rows)
        with self._laid_over():
            while self._keys.action_of(key := self._key_on(leaf).name) is Action.SCROLL:
                leaf = replace(leaf, scroll=self._scrolled(leaf.scroll, key))

    def choose(self, title: str, options: Sequence[str], rows: Rows = nothing, chosen: int = 0) -> int | None:
        """Draw a leaf with a menu until Enter takes an option or Esc none; no other key means anything on it."""
        leaf = Leaf(title, rows, tuple(options), chosen)
        with self._laid_over():
            while (key := self._key_on(leaf).name) not in {"Enter", "Esc"}:
                if step := STEPS.get(key):
                    leaf = replace(leaf, chosen=(leaf.chosen + step) % len(options))
                elif self._keys.action_of(key) is Action.SCROLL:
                    leaf = replace(leaf, scroll=self._scrolled(leaf.scroll, key))
        return leaf.chosen if key == "Enter" else None

    def redraw(self) -> None:
        """Draw the frame again, for the window as it is now."""
        self._draw(whole=True)

    def acknowledge(self, item_id: str, said: str) -> None:
        """Do nothing: the next frame shows it."""

    def suspend(self) -> None:
        """Show the first screen while a shell has the terminal."""
        self._device.write(self._pictures.left() + LEAVE)
        super().suspend()

    def reopen(self) -> None:
        """Turn to the second screen again."""
        self._device.write(ENTER)
        self.redraw()

    @contextlib.contextmanager
    def _laid_over(self) -> Iterator[None]:
        self._view = replace(self._view, message="", entry=None)
        try:
            yield
        finally:
            self._leaf = None
        self._draw()

    def _key_on(self, leaf: Leaf) -> Key:
        self._leaf = leaf
        self._draw()
        return self.key()

    def _key_for(self, entry: Entry) -> Key:
        self._view = replace(self._view, entry=entry, message="")
        self._draw()
        return self.key()

    def _draw(self, *, fresh: bool = False, whole: bool = False) -> None:
        if self._dealt is None:
            return
        size, cell = self._device.size(), self._pictures.cell()
        paper = Paper(*size, self._console.encoding, colours_of(self._console), cell=cell, keys=self._keys)
        seen = self._frame.card_shown
        if self._leaf is None:
            self._frame = compose(*self._dealt, self._view, paper)
        else:
            self._frame = leaf_frame(self._leaf, paper)
        written = self._written(self._frame, paper.width, whole=whole)
        if fresh or not seen:
            # at the last moment before the card can be seen
            self._device.drop_typed_ahead()
        self._device.write(written)

    def _written(self, frame: Frame, width: int, *, whole: bool) -> str:
        rows = [row if row.cell_len <= width else row[:width] for row in frame.rows]
        # rendered one by one: as one text of many lines a picture takes twice the time
        segments = [segment for row in rows for segment in row.render(self._console, end="\n")]
        with self._console.capture() as captured:
            self._console.print(Segments(segments[:-1]), soft_wrap=True, end="")
        # each row is cleared before it is written: in the last column the cursor would stand on what it wrote
        lines = [f"\x1b[K{line}" for line in captured.get().split("\n")]
        placed, picture = frame.picture, ""
        if placed and self._pictures.keeps(placed) and not whole:
            # what is written where a picture stands would wipe it out
            lines[placed.row : placed.row + placed.rows] = [""] * placed.rows
        else:
            picture = self._pictures.turned_to(placed)
        row, column = frame.cursor or (0, 0)
        cursor = f"\x1b[{row + 1};{column + 1}H\x1b[?25h" if frame.cursor else ""
        return "\x1b[?25l\x1b[H{}\x1b[J{}{}".format("\r\n".join(lines), picture, cursor)

    def _scrolled(self, scroll: int, key: str) -> int:
        frame, where = self._frame, self._keys.scroll_of(key)
        steps = {"Down": 1, "Up": -1, "PageDown": frame.page, "PageUp": -frame.page}
        ends = {"Home": 0, "End": frame.last_scroll}
        return max(0, min(ends.get(where, scroll + steps.get(where, 0)), frame.last_scroll))
