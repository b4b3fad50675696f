"""The face without a screen: one fact a line, nothing is ever drawn over, for screen readers and dumb terminals."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from rich.cells import cell_len

from activelabel.cli.console import emit_line
from activelabel.cli.face import Face, edited
from activelabel.cli.keys import DEFAULT_KEYS, Action
from activelabel.cli.render.found import group_words
from activelabel.cli.render.given import enter_means, given_lines
from activelabel.cli.render.leaf import nothing
from activelabel.cli.render.outlook import outlook_words
from activelabel.cli.render.paper import Paper
from activelabel.cli.render.progress import accuracy_words, far_words, left_words, place_words, target_words
from activelabel.cli.render.reasons import suggestion_words, why_words
from activelabel.cli.render.safe import safe
from activelabel.cli.render.table_row import MARKED, departing_first
from activelabel.cli.signals import Interrupted
from activelabel.session.clock import utc_now
from activelabel.session.outcome import saved_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console
    from rich.text import Text

    from activelabel.cli.device import Device
    from activelabel.cli.keys import KeyTable
    from activelabel.cli.render.leaf import Rows
    from activelabel.cli.search import Search
    from activelabel.records.cards import Card
    from activelabel.records.events import LabelClass
    from activelabel.records.progress import Progress

__all__ = ["Page", "card_lines", "item_line", "saved_line"]

READ_ALOUD = 1000  # cells in a line: a screen reader folds it itself
MOST_MATCHES = 20  # written when what was typed fits several


def item_line(item_id: str) -> str:
    """Return the line that announces a card, the same for people and for scripts."""
    return f"item {safe(item_id)}"


def saved_line(item_id: str, said: str) -> str:
    """Return the line that says an answer is on disk, or, where there is no item, a change of the classes.

    Examples
    --------
    >>> saved_line("3f2a-1", "ham")
    'saved 3f2a-1 = ham'
    """
    return f"saved {safe(item_id or 'classes')} = {safe(said)}"


def card_lines(card: Card, progress: Progress) -> list[str]:
    """Return all there is to know for an answer, one fact a line, as text that a terminal may be given."""
    told = [safe(progress.message)] if progress.message else []
    known = _classes(progress.classes, DEFAULT_KEYS)
    return [item_line(card.item.id), *_facts(card), *told, *_around(card, progress), *known]


class Page(Face):
    """Writes lines.

    Parameters
    ----------
    data
        Where `item` and `saved` lines go.
    device
        The terminal, for all else.
    keys
        Those in force.
    """

    def __init__(self, data: Console, device: Device, keys: KeyTable = DEFAULT_KEYS) -> None:
        super().__init__(device, keys)
        self._data = data
        self._paper = Paper(READ_ALOUD, 0, data.encoding, colours=0, spoken=True, keys=keys)
        self._listed: tuple[LabelClass, ...] = ()
        self._dealt: tuple[Card, Progress] | None = None
        self._saved = ""
        self._typing = ""

    def open(self) -> None:
        """Take the keys over."""
        self._device.open()

    def close(self) -> None:
        """Give the keys back."""
        if self._typing:
            # what comes next is no part of the line that was being typed
            with contextlib.suppress(Interrupted):
                self._device.write("\n")
        self._device.close()

    def deal(self, card: Card, progress: Progress, message: str, *, fresh: bool) -> None:
        """Write the news, the item, then what helps to answer; a class only when it is new or changed."""
        self._dealt = card, progress
        # that line stands there with the item it is about
        self.tell("" if message == self._saved else message)
        if not fresh:
            return
        classes = _classes([known for known in progress.classes if known not in self._listed], self._keys)
        self._listed = progress.classes
        self._device.drop_typed_ahead()
        emit_line(self._data, item_line(card.item.id))
        self._lines([*_facts(card), *_around(card, progress), *classes])

    def tell(self, message: str) -> None:
        """Write one line."""
        if message:
            self._lines([safe(" ".join(message.split()))])

    def scroll(self, key: str) -> None:
        """Say that there is no more: all of the item has been written."""
        self.tell("all of the item is written above")

    def ask(self, label: str) -> str | None:
        """Have a line typed, and echo it: what is taken back is written over, the one thing that ever is."""
        self._device.write(f"{label} ")
        text, self._typing = "", f"{label} "
        while (key := self.key()).name not in {"Enter", "Esc"}:
            before, text = text, edited(text, key)
            gone, added = before[len(text) :], text[len(before) :]
            self._device.write("\b \b" * cell_len(gone) + safe(added))
            self._typing = f"{label} {text}"
        self._typing = ""
        self._device.write("\n")
        if key.name == "Enter":
            return text
        self.tell("closed")
        return None

    def find(self, search: Search) -> LabelClass | None:
        """Have part of a name typed; where that does not settle it, write what fits and have its number typed."""
        text = self.ask(f"{search.what_for} a class:")
        if text is None:
            return None
        search.type(text)
        while search.found:
            if search.is_settled:
                return search.taken
            self._lines([*_numbered(search)])
            if not (said := self.ask("its number, or more of its name:")):
                return None
            if not said.strip().isdecimal():
                search.type(said)
            elif known := self._picked(search, int(said)):
                return known
        self.tell("no class fits")
        return None

    def read(self, title: str, rows: Rows) -> None:
        """Write it, a row a line."""
        self._lines([safe(title), *map(_told, rows(self._paper))])

    def choose(self, title: str, options: Sequence[str], rows: Rows = nothing, chosen: int = 0) -> int | None:
        """Write the options with numbers and have one typed; Enter alone takes the one that is offered."""
        self.read(title, rows)
        self._lines([f"{number}: {safe(option)}" for number, option in enumerate(options, start=1)])
        typed = self.ask(f"number ({chosen + 1}):")
        if typed is None:
            return None
        number = int(typed) if typed.strip().isdecimal() else 0 if typed.strip() else chosen + 1
        if 1 <= number <= len(options):
            return number - 1
        self.tell(f"no option {typed.strip()}")
        return None

    def _picked(self, search: Search, number: int) -> LabelClass | None:
        """Return the class with a number in the list; open the group that has it, close the open one for 0."""
        if number == 0 and search.path:
            search.type("")
            search.steer("Left")
            return None
        if not 1 <= number <= min(len(search.found), MOST_MATCHES):
            self.tell(f"there is no number {number}")
            return None
        search.mark(number - 1)
        known = search.taken
        search.steer("Enter")
        return known

    def redraw(self) -> None:
        """Write the card once more, or the line that is being typed, below what was written."""
        if self._typing:
            self._device.write(f"\n{safe(self._typing)}")
        elif self._dealt:
            card, progress = self._dealt
            self._lines([item_line(card.item.id), *_facts(card), *_around(card, progress)])

    def resized(self) -> None:
        """Write nothing: what was written is still there."""

    def acknowledge(self, item_id: str, said: str) -> None:
        """Write what is on disk."""
        self._saved = saved_words(said)
        emit_line(self._data, saved_line(item_id, said))

    def _lines(self, lines: list[str]) -> None:
        self._device.write("".join(f"{self._paper.foreign(line)}\n" for line in lines))


def _told(row: Text | str) -> str:
    return row if isinstance(row, str) else row.plain


def _facts(card: Card) -> Iterator[str]:
    # two spaces in front of all that is data: no line of it can pass for one of ours
    content = departing_first(card)
    if card.item.user_id:
        yield f"  id: {safe(card.item.user_id)}"
    if not (content.path or content.picture or content.fields):
        yield "  (nothing to show)"
    if content.path:
        yield f"  path: {safe(content.path)}"
    if content.picture:
        yield f"  picture: {content.picture.width} x {content.picture.height}"
    for name, value in content.fields:
        first, *rest = safe(value, newlines=True).split("\n")
        yield f"  {safe(name)}: {first or '(empty)'}"
        yield from (f"    {line}" for line in rest)
    if content != card.item.content:
        yield MARKED


def _around(card: Card, progress: Progress) -> Iterator[str]:
    yield from map(safe, given_lines(card, progress, utc_now()))
    if card.flagged:
        yield "flagged"
    yield from _standing(progress)
    if why := why_words(card, progress):
        yield f"why: {safe(why)}"
    if suggestion := suggestion_words(card, progress):
        yield f"suggestion: {safe(suggestion)}"
    if card.answered:
        yield "Enter keeps the answer" if enter_means(card, progress) else "Enter does nothing here: choose a class"


def _standing(progress: Progress) -> Iterator[str]:
    if place := place_words(progress):
        yield place
        yield accuracy_words(progress)
        return
    yield f"{progress.answered:,} answered, {far_words(progress)}"
    good = f"part: {safe(progress.part)}, {progress.part_size}" if progress.part else accuracy_words(progress)
    yield from filter(None, (left_words(progress), good, target_words(progress)))
    if short := [known for known in progress.classes if progress.counts.get(known.id, 0) < progress.wanted]:
        each = (f"{safe(known.name)} {progress.counts.get(known.id, 0)}" for known in short[:MOST_MATCHES])
        yield f"short of {progress.wanted} labels: {', '.join(each)}"
    if outlook := outlook_words(progress):
        yield outlook


def _numbered(search: Search) -> Iterator[str]:
    for number, one in enumerate(search.found[:MOST_MATCHES], 1):
        yield f"{number}: {safe(one.shown)}" + (f", {group_words(one)}" if one.group else "")
    if len(search.found) > MOST_MATCHES:
        yield f"{len(search.found) - MOST_MATCHES} more: type more of the name"
    if search.path:
        yield f"0: out of {safe('/'.join(search.path))}/"


def _classes(known: Sequence[LabelClass], keys: KeyTable) -> Iterator[str]:
    without = [one for one in known if not one.key]
    yield from (f"key {one.key}: {safe(one.name)}" for one in known if one.key)
    find = keys.shown(Action.FIND)
    if len(without) > MOST_MATCHES:
        yield f"{len(without)} classes have no key: {find} finds them"
    else:
        yield from (f"no key, found with {find}: {safe(one.name)}" for one in without)
