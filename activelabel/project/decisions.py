"""Decisions and whether they hold: what was taken back, what was brought back, and what could be."""

from __future__ import annotations

from itertools import groupby, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from activelabel.records.events import Event

__all__ = ["Decisions"]


class Decisions:
    """Everything that can be undone (`Event.is_undoable`), in order, with what is undone at present.

    Examples
    --------
    >>> from activelabel.records.events import Event
    >>> from activelabel.records.kinds import EventKind
    >>> said = Event("a", 1, "ann", "2026-01-01", EventKind.LABEL, "", {})
    >>> undo = Event("b", 2, "ann", "2026-01-01", EventKind.UNDO, "", {"parent": "a"})
    >>> decisions = Decisions()
    >>> decisions.make(said)
    >>> decisions.undo(undo), decisions.withdrawn("a"), list(decisions.standing("ann"))
    ('a', True, [])
    """

    def __init__(self) -> None:
        self._made: dict[str, Event] = {}
        self._withdrawn: set[str] = set()
        self._undone: list[Event] = []

    def __getitem__(self, uuid: str) -> Event:
        return self._made[uuid]

    def get(self, uuid: str) -> Event | None:
        """Return the decision with this uuid, None if there is none."""
        return self._made.get(uuid)

    def make(self, event: Event) -> None:
        """Add a decision; from then on nothing that was undone before it can be brought back."""
        self._made[event.uuid] = event
        self._undone.clear()

    def undo(self, undo: Event) -> str:
        """Withdraw the parent of an undo; return its uuid."""
        self._undone.append(undo)
        parent: str = undo.data["parent"]
        self._withdrawn.add(parent)
        return parent

    def redo(self, redo: Event) -> str:
        """Take back the undo that a redo names; return the uuid of what holds again, "" if nothing does."""
        undo = next((event for event in self._undone if event.uuid == redo.data["parent"]), None)
        if undo is None:
            return ""
        self._undone.remove(undo)
        self._withdrawn.discard(undo.data["parent"])
        return str(undo.data["parent"])

    def withdrawn(self, uuid: str) -> bool:
        """Say whether this decision was taken back."""
        return uuid in self._withdrawn

    def standing(self, annotator: str) -> Iterator[Event]:
        """Yield the decisions of an annotator that hold, the last one first: what can be undone, in order."""
        mine = (event for event in reversed(self._made.values()) if event.annotator == annotator)
        return (event for event in mine if event.uuid not in self._withdrawn)

    def redoable(self, annotator: str) -> list[Event]:
        """Return the undos that a redo would take back, the last one first; none once something new was decided.

        Those of one edit of the classes come together.
        """
        mine = takewhile(lambda undo: undo.annotator == annotator, reversed(self._undone))
        together = groupby(mine, key=lambda undo: self._made[undo.data["parent"]].edit or undo.uuid)
        return next((list(undos) for _, undos in together), [])
