"""The key table: what each key does on a card. The prompt, the help screen and the README come from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["BINDINGS", "Action", "Binding", "action_of", "help_table", "hints"]


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
    GO_TO = "go to"
    SCROLL = "scroll"
    HELP = "help"
    REDRAW = "redraw"
    SUSPEND = "suspend"
    LEAVE = "leave"
    INTERRUPT = "interrupt"


@dataclass(frozen=True, slots=True)
class Binding:
    """One row of the table.

    keys are names as `keyboard.Key` has them; shown is how the key is written for people; words say what it does.
    rank orders the hints at the foot of a card by use, 0 for keys that are not hinted at.
    """

    action: Action
    keys: tuple[str, ...]
    shown: str
    words: str
    rank: int = 0


BINDINGS: Final = (
    Binding(Action.ACCEPT, ("Enter",), "Enter", "accept the suggestion", 5),
    Binding(Action.SKIP, (" ",), "Space", "skip: ask me later", 3),
    Binding(Action.NOT_SURE, (".",), ".", "not sure: do not ask me again", 4),
    Binding(Action.BAD_ITEM, ("!",), "!", "bad item: leave it out", 7),
    Binding(Action.FIND, ("/",), "/", "find a class by typing", 8),
    Binding(Action.NEW_CLASS, ("+",), "+", "add a class", 9),
    Binding(Action.CLASSES, ("Ctrl-E",), "Ctrl-E", "edit classes: rename, merge, split, define"),
    Binding(Action.NOTE, (";",), ";", "write a note on the item", 10),
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

ACTIONS: Final = {key: binding.action for binding in BINDINGS for key in binding.keys}


def action_of(key: str) -> Action | None:
    """Return what a key does on a card, None if it does nothing or is a class's.

    Examples
    --------
    >>> action_of(".").value, action_of("7")
    ('not sure', None)
    """
    return ACTIONS.get(key)


def help_table() -> tuple[tuple[str, str], ...]:
    """Return every key and what it does, as people write and say them, in the order to show them.

    Examples
    --------
    >>> help_table()[1]
    ('Space', 'skip: ask me later')
    """
    return tuple((binding.shown, binding.words) for binding in BINDINGS)


def hints(width: int, without: Collection[Action] = ()) -> list[tuple[str, str]]:
    """Return the keys to remind of at the foot of a card, the most used ones if not all fit.

    Parameters
    ----------
    width
        Cells there are; a hint takes its key, its action, the space between them and two after them.
    without
        Actions that mean nothing on this card.

    Returns
    -------
    list[tuple[str, str]]
        Pairs of key and action, in the order of the table.

    Examples
    --------
    >>> hints(20)
    [('?', 'help'), ('Ctrl-D', 'leave')]
    """
    fitting: list[Binding] = []
    for binding in sorted((row for row in BINDINGS if row.rank), key=lambda row: row.rank):
        if binding.action in without:
            continue
        width -= cell_len(f"{binding.shown} {binding.action}  ")
        if width < -2:
            break
        fitting.append(binding)
    return [(row.shown, row.action.value) for row in BINDINGS if row in fitting]
