"""The key table: what each key does on a card. The prompt, the help screen and the README come from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["BINDINGS", "DEFAULT_KEYS", "Action", "Binding", "KeyTable", "key_words"]


class Action(StrEnum):
    """What a key can do on a card, apart from naming a class."""

    SKIP = "skip"
    NOT_SURE = "not sure"
    BAD_ITEM = "bad item"
    ACCEPT = "accept"
    UNDO = "undo"
    REDO = "redo"
    FIND = "find"
    NEW_CLASS = "new class"
    CLASSES = "classes"
    NOTE = "note"
    CLUSTER = "cluster"
    GO_TO = "go to"
    SCROLL = "scroll"
    PRECEDENTS = "precedents"
    FLAG = "flag"
    HELP = "help"
    REDRAW = "redraw"
    SUSPEND = "suspend"
    LEAVE = "leave"
    INTERRUPT = "interrupt"


@dataclass(frozen=True, slots=True)
class Binding:
    """One row of the table.

    keys are names as `keyboard.Key` has them, none where a person has taken them away; shown is how the key is written
    for people; words say what it does.
    rank orders the hints at the foot of a card by use, 0 for keys that are not hinted at.
    """

    action: Action
    keys: tuple[str, ...]
    shown: str
    words: str
    rank: int = 0


BINDINGS: Final = (
    Binding(Action.ACCEPT, ("Enter",), "Enter", "accept the suggestion; on a second look, keep your answer", 5),
    Binding(Action.SKIP, (" ",), "Space", "skip: ask me later", 3),
    Binding(Action.NOT_SURE, (".",), ".", "not sure: do not ask me again", 4),
    Binding(Action.BAD_ITEM, ("!",), "!", "bad item: leave it out", 7),
    Binding(Action.FIND, ("/",), "/", "find a class by typing", 8),
    Binding(Action.NEW_CLASS, ("+",), "+", "add a class", 9),
    Binding(Action.CLASSES, ("Ctrl-E",), "Ctrl-E", "edit classes: rename, merge, split, define"),
    Binding(Action.NOTE, (";",), ";", "write a note on the item", 10),
    Binding(Action.PRECEDENTS, ("=",), "=", "precedents: what you decided nearby", 11),
    Binding(Action.CLUSTER, ("Tab",), "Tab", "its cluster: what is like it, and one label for all", 12),
    Binding(Action.FLAG, ("Ctrl-F",), "Ctrl-F", "flag the item to come back to (`activelabel review`)"),
    Binding(Action.UNDO, ("Backspace",), "Backspace", "undo, back to the first answer", 6),
    Binding(Action.REDO, ("Ctrl-R",), "Ctrl-R", "redo what was undone"),
    Binding(Action.GO_TO, ("Ctrl-G",), "Ctrl-G", "go to an item by its id or text"),
    Binding(
        Action.SCROLL, ("PageDown", "PageUp", "Down", "Up", "Home", "End"), "Page Down, arrows", "show more of the item"
    ),
    Binding(Action.HELP, ("?",), "?", "help: all keys and classes", 1),
    Binding(Action.REDRAW, ("Ctrl-L",), "Ctrl-L", "draw the screen again"),
    Binding(Action.SUSPEND, ("Ctrl-Z",), "Ctrl-Z", "to the shell and back (fg)"),
    Binding(Action.LEAVE, ("Ctrl-D",), "Ctrl-D", "leave; everything is kept", 2),
    Binding(Action.INTERRUPT, ("Ctrl-C",), "Ctrl-C", "leave at once; everything is kept"),
)

SCROLL_KEYS: Final = {key: key for row in BINDINGS if row.action is Action.SCROLL for key in row.keys}


class KeyTable:
    """The keys in force: those above, but for what a person has bound otherwise.

    Parameters
    ----------
    bindings
        A row for each action.
    scrolls
        Keys that scroll, each with the one of `BINDINGS` that it stands for, as every one scrolls elsewhere.

    Examples
    --------
    >>> keys = KeyTable()
    >>> keys.action_of(".").value, keys.action_of("7"), keys.shown(Action.SKIP)
    ('not sure', None, 'Space')
    """

    def __init__(self, bindings: Iterable[Binding] = BINDINGS, scrolls: Mapping[str, str] = SCROLL_KEYS) -> None:
        self.bindings = tuple(bindings)
        self._scrolls = dict(scrolls)
        self._actions = {key: binding.action for binding in self.bindings for key in binding.keys}
        self._shown = {binding.action: binding.shown for binding in self.bindings}

    def action_of(self, key: str) -> Action | None:
        """Return what a key does on a card, None if it does nothing or is a class's."""
        return self._actions.get(key)

    def scroll_of(self, key: str) -> str:
        """Return where a key that scrolls scrolls to: PageDown, Up, End ..."""
        return self._scrolls.get(key, "")

    def scroll_key(self, where: str) -> str:
        """Return the key that scrolls there, as people write it; "" where there is none."""
        return next((key_words(key) for key, stands_for in self._scrolls.items() if stands_for == where), "")

    def keys_of(self, action: Action) -> tuple[str, ...]:
        """Return the names of the keys that do something."""
        return next(binding.keys for binding in self.bindings if binding.action is action)

    def shown(self, action: Action) -> str:
        """Return how the key of an action is written for people."""
        return self._shown[action]

    def help_table(self) -> tuple[tuple[str, str], ...]:
        """Return every key and what it does, as people write and say them, in the order to show them.

        Examples
        --------
        >>> KeyTable().help_table()[1]
        ('Space', 'skip: ask me later')
        """
        return tuple((binding.shown, binding.words) for binding in self.bindings)

    def hints(self, width: int, means: Mapping[Action, str] | None = None) -> list[tuple[str, str]]:
        """Return the keys to remind of at the foot of a card, the most used ones if not all fit.

        Parameters
        ----------
        width
            Cells there are; a hint takes its key, its action, the space between them and two after them.
        means
            What actions that matter on this card are called; "" where they mean nothing.

        Returns
        -------
        list[tuple[str, str]]
            Pairs of key and action, in the order of the table.

        Examples
        --------
        >>> KeyTable().hints(20)
        [('?', 'help'), ('Ctrl-D', 'leave')]
        """
        fitting: dict[Action, str] = {}
        means = means or {}
        # what matters on this card is said before what keys always do, but for help and leave
        rows = [(row.action not in means, row) for row in self.bindings if row.rank and row.keys]
        for _, binding in sorted(rows, key=lambda pair: (pair[1].rank > 2, pair[0], pair[1].rank * pair[0])):
            words = means.get(binding.action, binding.action.value)
            if not words:
                continue
            width -= cell_len(f"{binding.shown} {words}  ")
            if width < -2:
                break
            fitting[binding.action] = words
        return [(row.shown, fitting[row.action]) for row in self.bindings if row.action in fitting]


DEFAULT_KEYS: Final = KeyTable()


def key_words(key: str) -> str:
    """Return how a key is written for people.

    Examples
    --------
    >>> key_words(" "), key_words("PageDown"), key_words("Ctrl-R")
    ('Space', 'Page Down', 'Ctrl-R')
    """
    return {" ": "Space", "PageDown": "Page Down", "PageUp": "Page Up"}.get(key, key)
