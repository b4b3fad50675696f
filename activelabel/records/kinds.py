"""The kinds of things: of items, cards, events and labels."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["CardKind", "EventKind", "LabelKind", "Modality"]


class Modality(StrEnum):
    """What an item is, and so how it is read, turned into numbers and drawn."""

    TABLE = "table"
    TEXT = "text"
    IMAGE = "image"
    VECTORS = "vectors"


class CardKind(StrEnum):
    """Why a card is asked (see the README for what each does)."""

    REPRESENTATIVE = "representative"
    UNCERTAIN = "uncertain"
    AUDIT = "audit"
    CLUSTER = "cluster"
    SECOND_LOOK = "second-look"
    BLIND_REPEAT = "blind-repeat"
    ADJUDICATION = "adjudication"


class EventKind(StrEnum):
    """What can be recorded."""

    SETTINGS = "settings"
    CLASS_ADDED = "class-added"
    CLASS_RENAMED = "class-renamed"
    CLASS_MERGED = "class-merged"
    CLASS_SPLIT = "class-split"
    CLASS_DEFINED = "class-defined"
    CLASS_KEY = "class-key"
    IMPORTED = "imported"
    LABEL = "label"
    SKIP = "skip"
    NOT_SURE = "not-sure"
    BAD_ITEM = "bad-item"
    CLUSTER = "cluster"
    NOTE = "note"
    FLAG = "flag"
    UNDO = "undo"
    REDO = "redo"

    @property
    def is_answer(self) -> bool:
        """Whether an event of this kind answers a card about one item."""
        return self in {EventKind.LABEL, EventKind.SKIP, EventKind.NOT_SURE, EventKind.BAD_ITEM}

    @property
    def is_about_class(self) -> bool:
        """Whether an event of this kind adds or changes a class."""
        return self.value.startswith("class-")

    @property
    def is_undoable(self) -> bool:
        """Whether an event of this kind can be taken back: all that decides labels."""
        changes = {EventKind.CLASS_RENAMED, EventKind.CLASS_MERGED, EventKind.CLASS_SPLIT, EventKind.CLUSTER}
        return self.is_answer or self in changes


class LabelKind(StrEnum):
    """Where a label comes from; never mixed, never silently promoted."""

    HUMAN = "human"
    IMPORTED = "imported"
    PROPAGATED = "propagated"
    PREDICTED = "predicted"
