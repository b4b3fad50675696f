"""What a labelling session looks like to a person: a screen that is redrawn, or a page that only grows."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from activelabel.cli.keys import DEFAULT_KEYS, Action
from activelabel.cli.render.leaf import nothing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.cli.device import Device
    from activelabel.cli.keyboard import Key
    from activelabel.cli.keys import KeyTable
    from activelabel.cli.render.leaf import Rows
    from activelabel.cli.search import Search
    from activelabel.records.cards import Card
    from activelabel.records.events import LabelClass
    from activelabel.records.progress import Progress

__all__ = ["Face", "Left", "edited"]

LONGEST_LINE = 2000  # characters that can be typed into one line


class Left(Exception):
    """The person has asked to leave."""


class Face(ABC):
    """Shows cards on a terminal and reads what is typed at them.

    Parameters
    ----------
    device
        The terminal.
    keys
        Those in force.
    """

    def __init__(self, device: Device, keys: KeyTable = DEFAULT_KEYS) -> None:
        self._device = device
        self._keys = keys

    @abstractmethod
    def open(self) -> None:
        """Take the terminal over."""

    @abstractmethod
    def close(self) -> None:
        """Give the terminal back as it was."""

    @abstractmethod
    def deal(self, card: Card, progress: Progress, message: str, *, fresh: bool) -> None:
        """Show a card. Where it is `fresh`, keys typed before it could be seen are dropped."""

    @abstractmethod
    def tell(self, message: str) -> None:
        """Show one line beside the card."""

    @abstractmethod
    def scroll(self, key: str) -> None:
        """Show another part of the item."""

    @abstractmethod
    def ask(self, label: str) -> str | None:
        """Return a line of text, None if the person closed it."""

    @abstractmethod
    def find(self, search: Search) -> LabelClass | None:
        """Return the class that the person found by typing, None if there was none."""

    @abstractmethod
    def read(self, title: str, rows: Rows) -> None:
        """Show something to read, over the card, until the person has seen enough."""

    @abstractmethod
    def choose(self, title: str, options: Sequence[str], rows: Rows = nothing, chosen: int = 0) -> int | None:
        """Return the place of the option that the person took, None if they took none; `rows` is what it is about."""

    @abstractmethod
    def redraw(self) -> None:
        """Show again what is there."""

    def resized(self) -> None:
        """Show what is there as the window is now."""
        self.redraw()

    @abstractmethod
    def acknowledge(self, item_id: str, said: str) -> None:
        """Tell that an answer is on disk."""

    @property
    def answerable(self) -> bool:
        """Whether the person can see what a key would answer."""
        return True

    def key(self) -> Key:
        """Wait for a key and return it; those that are about the terminal and not about the card are dealt with here.

        Raises
        ------
        Left
            If it is the key that leaves.
        KeyboardInterrupt
            If it is the key that interrupts.
        Interrupted
            If the terminal has gone.
        """
        about_the_terminal = {
            Action.REDRAW: self.redraw,
            Action.SUSPEND: self.suspend,
            "Resize": self.resized,
            "Resume": self.resume,
        }
        while True:
            key = self._device.key()
            meant = self._keys.action_of(key.name) or key.name
            if meant is Action.INTERRUPT:
                raise KeyboardInterrupt
            if meant is Action.LEAVE:
                raise Left
            if meant in about_the_terminal:
                about_the_terminal[meant]()
            elif self.answerable:
                return key

    def suspend(self) -> None:
        """Let the shell have the terminal until it gives it back."""
        self._device.suspend()
        self.reopen()

    def resume(self) -> None:
        """Take the keys over again after a stop that nobody asked for here."""
        self._device.resume()
        self.reopen()

    def reopen(self) -> None:
        """Show again what a shell may have written over."""
        self.redraw()


def edited(text: str, key: Key) -> str:
    """Return a line after a key: characters are added, Backspace, Ctrl-W and Ctrl-U take the last one, word, or all.

    Examples
    --------
    >>> from activelabel.cli.keyboard import Key
    >>> edited("ha", Key("m")), edited("ham", Key("Backspace")), edited("two words", Key("Ctrl-W"))
    ('ham', 'ha', 'two ')
    """
    match key.name:
        case "Backspace":
            while text and unicodedata.combining(text[-1]):
                text = text[:-1]
            return text[:-1]
        case "Ctrl-W":
            return text.rstrip()[: text.rstrip().rfind(" ") + 1]
        case "Ctrl-U":
            return ""
        case "Paste":
            added = " ".join(key.text.split())
        case name:
            added = name if len(name) == 1 else ""
    return (text + "".join(filter(str.isprintable, added)))[:LONGEST_LINE]
