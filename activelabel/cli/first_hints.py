"""Hints for whoever is new to a project: one key at a time, each once, in the first answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from activelabel.cli.keys import Action

if TYPE_CHECKING:
    from activelabel.cli.keys import KeyTable
    from activelabel.records.cards import Card
    from activelabel.records.progress import Progress

__all__ = ["HINTS", "FirstHints"]


class Hint(NamedTuple):
    """One hint: after how many answers it is due, the action whose key it names, and its words."""

    after: int
    action: Action
    words: str


HINTS: Final = (
    Hint(0, Action.SKIP, "its class's key answers; {key} skips"),
    Hint(2, Action.UNDO, "{key} takes the last answer back"),
    Hint(5, Action.FIND, "{key} finds a class by part of its name"),
    Hint(9, Action.PRECEDENTS, "{key} shows like items you decided"),
    Hint(13, Action.CLUSTER, "{key} answers for a whole group"),
    Hint(17, Action.NOTE, "{key} keeps a note on the item"),
    Hint(21, Action.HELP, "{key} shows all keys and classes"),
    Hint(26, Action.LEAVE, "{key} leaves; everything is kept"),
)
"""In the order they are given; each fits a screen of 40 columns."""
APART: Final = 2  # answers between two hints, where news kept the first one waiting


class FirstHints:
    """A guide that gives each hint once.

    Parameters
    ----------
    keys
        The keys in force; what no key does is not hinted at.

    Examples
    --------
    >>> from activelabel.cli.keys import DEFAULT_KEYS
    >>> from activelabel.records.cards import Card, Why
    >>> from activelabel.records.contents import Content, ItemRecord
    >>> from activelabel.records.kinds import CardKind, Modality
    >>> from activelabel.records.progress import Progress
    >>> card = Card(ItemRecord("a-1", "a", Content(Modality.TEXT)), CardKind.AUDIT, Why("margin"))
    >>> hints = FirstHints(DEFAULT_KEYS)
    >>> [hints(card, Progress(0, 9, {}, ()), given) for given in range(3)]
    ["its class's key answers; Space skips", '', 'Backspace takes the last answer back']
    """

    def __init__(self, keys: KeyTable) -> None:
        shown = {row.action: row.shown for row in keys.bindings if row.keys}
        self._left = [
            hint._replace(words=hint.words.format(key=shown[hint.action])) for hint in HINTS if hint.action in shown
        ]
        self._started = False
        self._next = 0

    def __call__(self, card: Card, progress: Progress, given: int) -> str:
        """Return the hint that is due after so many answers, "" where none is."""
        if not self._started:
            self._started = True
            # those before were given in an earlier session
            self._left = [hint for hint in self._left if hint.after >= given]
        if not self._left or given < max(self._left[0].after, self._next):
            return ""
        self._next = given + APART
        return self._left.pop(0).words
