"""The classes of a project, folded from the events that add, rename, merge, split, describe and rekey them."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from activelabel.records.events import LabelClass
from activelabel.records.kinds import EventKind

if TYPE_CHECKING:
    from activelabel.records.events import Event

__all__ = ["Classes", "kept_name"]


def kept_name(text: str) -> str:
    """Return the name of a class as it is kept: NFC, trimmed.

    Examples
    --------
    >>> kept_name(" ham ")
    'ham'
    """
    return unicodedata.normalize("NFC", text).strip()


class Classes:
    """The classes after a number of events.

    An event about a class that is no more changes nothing: two people may edit the same classes in two copies of a
    project, and after a merge the earlier edit holds.

    Attributes
    ----------
    now
        Class id -> class, in order of creation: those that an answer may name.
    listed
        How many of them were there before anything was answered.
    """

    def __init__(self) -> None:
        self.now: dict[str, LabelClass] = {}
        self.listed = 0
        self._ever: dict[str, LabelClass] = {}
        self._into: dict[str, str] = {}
        self._first: dict[str, str] = {}

    def apply(self, event: Event, *, answered: bool) -> None:
        """Take in the next event about classes; `answered` says whether any card was answered before it."""
        if event.kind is EventKind.CLASS_ADDED:
            self._add(event, answered=answered)
        elif event.data["class"] in self.now:
            self._edit(self.now[event.data["class"]], event)

    def pass_over(self, event: Event) -> None:
        """Take in an event that was taken back: a class that it added is known, and is not there."""
        if event.kind is EventKind.CLASS_ADDED:
            added = LabelClass(event.data["class"], event.data["name"], event.data["key"])
            self._ever.setdefault(added.id, added)

    def resolve(self, class_id: str) -> str | None:
        """Return the class that a label of this class counts as today, after merges; None if it was split up.

        Raises
        ------
        KeyError
            If there never was such a class.
        """
        self._ever[class_id]  # there is one, or nobody can say what was meant
        while class_id in self._into:
            class_id = self._into[class_id]
        return class_id if class_id in self.now else None

    def name(self, class_id: str) -> str:
        """Return the name of a class that is or was."""
        return (self.now.get(class_id) or self._ever[class_id]).name

    def once_called(self, name: str) -> str | None:
        """Return the class that counts today as the one that was first called so; None if there is none."""
        first = self._first.get(kept_name(name).casefold())
        return self.resolve(first) if first else None

    def keys(self) -> set[str]:
        """Return the keys that no new class gets: those in use, and those of classes that are no more."""
        return {known.key for known in (*self._ever.values(), *self.now.values()) if known.key}

    def find(self, name: str) -> LabelClass | None:
        """Return the class that is called so, in any case and form of Unicode, if there is one."""
        folded = kept_name(name).casefold()
        return next((known for known in self.now.values() if known.name.casefold() == folded), None)

    def _add(self, event: Event, *, answered: bool) -> None:
        key = event.data["key"]
        text = event.data.get("text", "")
        added = LabelClass(event.data["class"], event.data["name"], "" if self._holder(key) else key, text)
        self._first.setdefault(added.name.casefold(), added.id)
        self._ever[added.id] = self.now[added.id] = added
        self.listed = self.listed if answered else len(self.now)

    def _edit(self, known: LabelClass, event: Event) -> None:
        data = event.data
        match event.kind:
            case EventKind.CLASS_RENAMED:
                self.now[known.id] = replace(known, name=data["name"])
            case EventKind.CLASS_KEY if not self._holder(data["key"]):
                self.now[known.id] = replace(known, key=data["key"])
            case EventKind.CLASS_DEFINED:
                self.now[known.id] = replace(known, definition=data["text"], examples=tuple(data["examples"]))
            case EventKind.CLASS_MERGED if self.resolve(data["into"]) not in {None, known.id}:
                self._into[known.id] = data["into"]
                self._retire(known)
            case EventKind.CLASS_SPLIT if known.id not in data["into"]:
                self._retire(known)

    def _retire(self, known: LabelClass) -> None:
        place = list(self.now).index(known.id)
        self.listed -= place < self.listed
        self._ever[known.id] = self.now.pop(known.id)

    def _holder(self, key: str) -> LabelClass | None:
        return next((known for known in self.now.values() if key and known.key == key), None)
