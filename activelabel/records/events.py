"""What is said and decided, and the classes it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from activelabel.records.kinds import CardKind, EventKind

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Event", "LabelClass"]


@dataclass(frozen=True, slots=True)
class LabelClass:
    """A possible answer.

    Its id is for good, its name in NFC, its key for good unless it is given another ("" when all keys are taken).
    definition says what belongs to it, in the words of whoever wrote it; examples are ids of items that show it.
    """

    id: str
    name: str
    key: str
    definition: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was said or decided. Order is (counter, uuid), so that merging two projects is a set union."""

    uuid: str
    counter: int
    annotator: str
    time: str
    kind: EventKind
    item: str
    data: Mapping[str, Any]

    @property
    def order(self) -> tuple[int, str]:
        """The place of this event among all events, in any copy of the project."""
        return self.counter, self.uuid

    @property
    def edit(self) -> str:
        """What the events of one edit of the classes share, so that they are taken back together; "" of all others."""
        return str(self.data.get("edit", ""))

    @property
    def is_undoable(self) -> bool:
        """Whether this can be taken back: all that decides labels, and every part of an edit of the classes."""
        return self.kind.is_undoable or bool(self.edit)

    @property
    def is_repeat(self) -> bool:
        """Whether it answers a card that asked for an answer again, unmarked: it measures, and changes nothing."""
        return bool(self.data.get("card") == CardKind.BLIND_REPEAT)

    @property
    def puts_off(self) -> bool:
        """Whether it puts off a look at answers that were given before: they stay in force."""
        return self.kind is EventKind.SKIP and self.data.get("card") in {CardKind.SECOND_LOOK, CardKind.ADJUDICATION}
