"""Events folded into what is in force now: classes, answers, notes, settings."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from activelabel.errors import ProjectError
from activelabel.project.settings import settings_from_json
from activelabel.records import Event, EventKind, LabelClass, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Ledger"]


class Ledger:
    """What is in force after a number of events.

    The same events in the same order give the same ledger, so it can be folded from the start at any time; `apply`
    adds the next one. Nothing here forgets: an answer that was changed or withdrawn is still in `said`.

    Attributes
    ----------
    settings
        The last settings recorded; None in an empty project.
    classes
        Class id -> class, in order of creation.
    listed
        How many of them were there before anything was answered.
    answers
        Unit -> the answer event in force: a label, a skip, not sure or a bad item.
    imported
        Unit -> class id of a label that came with the data.
    notes
        Item id -> notes, oldest first.
    counts
        Class id -> labels in force, imported ones left out.
    counter
        The highest counter applied.
    given
        How many answers were ever given, withdrawn ones and blind repeats too: the position of the next card.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.settings: Settings | None = None
        self.classes: dict[str, LabelClass] = {}
        self.listed = 0
        self.answers: dict[str, Event] = {}
        self.imported: dict[str, str] = {}
        self.notes: dict[str, list[str]] = {}
        self.counts: Counter[str] = Counter()
        self.counter = 0
        self.given = 0
        self.said: list[Event] = []
        self._of_unit: dict[str, list[Event]] = {}
        self._by_uuid: dict[str, Event] = {}
        self._place: dict[str, int] = {}
        self._withdrawn: set[str] = set()
        self._undone: list[Event] = []
        self._repeats: list[Event] = []
        for event in events:
            self.apply(event)

    def apply(self, event: Event) -> None:
        """Add the next event.

        Raises
        ------
        ProjectError
            If it makes no sense, as after damage that the database itself cannot see.
        """
        try:
            self._fold(event)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as failure:
            message = f"the labels cannot be read: event {event.uuid} makes no sense ({failure!r})"
            raise ProjectError(message, "the file was left as it is; put a backup in its place") from failure

    def _fold(self, event: Event) -> None:
        self.counter = max(self.counter, event.counter)
        if event.kind.is_answer:
            self._answered(event)
        elif event.kind is EventKind.UNDO:
            self._withdraw(event)
        elif event.kind is EventKind.REDO:
            self._restore(event)
        elif event.kind is EventKind.CLASS_ADDED:
            found = LabelClass(event.data["class"], event.data["name"], event.data["key"])
            self.classes[found.id] = found
            self.listed = self.listed if self.given else len(self.classes)
        elif event.kind is EventKind.IMPORTED:
            self.imported.update(dict.fromkeys(event.data["units"], event.data["class"]))
        elif event.kind is EventKind.NOTE:
            self.notes.setdefault(event.item, []).append(event.data["text"])
        elif event.kind is EventKind.SETTINGS:
            self.settings = settings_from_json(event.data)

    def labels(self) -> dict[str, str]:
        """Return unit -> class id for every label in force; a person's answer stands above an imported label."""
        found = dict(self.imported)
        for unit, event in self.answers.items():
            found.pop(unit, None)
            if event.kind is EventKind.LABEL:
                found[unit] = event.data["classes"][0]
        return found

    def settled(self) -> set[str]:
        """Return the units that are not to be asked any more: all answered ones but skips, and imported labels."""
        answered = {unit for unit, event in self.answers.items() if event.kind is not EventKind.SKIP}
        return answered | (self.imported.keys() - self.answers.keys())

    def kind_counts(self) -> Counter[EventKind]:
        """Return how many answers of each kind are in force."""
        return Counter(event.kind for event in self.answers.values())

    def find_class(self, name: str) -> LabelClass | None:
        """Return the class whose name equals `name` after case folding, if there is one."""
        folded = name.casefold()
        return next((known for known in self.classes.values() if known.name.casefold() == folded), None)

    def undoable(self, annotator: str) -> Event | None:
        """Return the last answer of an annotator that is not withdrawn."""
        mine = (event for event in reversed(self.said) if event.annotator == annotator)
        return next((event for event in mine if event.uuid not in self._withdrawn), None)

    def redoable(self, annotator: str) -> Event | None:
        """Return the undo that a redo would take back; None once something new was answered."""
        last = self._undone[-1] if self._undone else None
        return last if last and last.annotator == annotator else None

    def place(self, answer: Event) -> int:
        """Return how many answers had been given when this one was, itself counted."""
        return self._place[answer.uuid]

    def since(self, counter: int) -> set[str]:
        """Return the units that were settled by events with a counter above `counter`."""
        units = set()
        for event in reversed(self.said):
            if event.counter <= counter:
                break
            if not event.is_repeat:
                units.add(event.data["unit"])
        return units & self.settled()

    def withdrawn(self, uuid: str) -> bool:
        """Say whether the answer with this uuid was taken back."""
        return uuid in self._withdrawn

    def answer(self, uuid: str) -> Event:
        """Return the answer event with this uuid."""
        return self._by_uuid[uuid]

    def repeats(self) -> list[tuple[Event, Event]]:
        """Return each answer that was asked for again with the blind repeat of it; none that was taken back."""
        pairs = ((self._by_uuid[event.data["repeats"]], event) for event in self._repeats)
        return [pair for pair in pairs if not any(self.withdrawn(event.uuid) for event in pair)]

    def consistency(self) -> tuple[int, int]:
        """Return how many labels were given again the same on blind repeats, and how many differed."""
        labels = [
            [event.data["classes"][0] for event in pair]
            for pair in self.repeats()
            if all(event.kind is EventKind.LABEL for event in pair)
        ]
        same = sum(first == again for first, again in labels)
        return same, len(labels) - same

    def _answered(self, event: Event) -> None:
        if event.kind is EventKind.LABEL:
            self.classes[event.data["classes"][0]]  # there is one, or nobody can say what was answered
        self.said.append(event)
        self.given += 1
        self._by_uuid[event.uuid] = event
        self._place[event.uuid] = self.given
        self._undone.clear()
        if event.is_repeat:
            self._by_uuid[event.data["repeats"]]  # there is one, or nothing is measured
            self._repeats.append(event)
        else:
            self._of_unit.setdefault(event.data["unit"], []).append(event)
            self._refresh(event.data["unit"])

    def _withdraw(self, undo: Event) -> None:
        self._undone.append(undo)
        self._flip(undo.data["parent"], withdrawn=True)

    def _restore(self, redo: Event) -> None:
        undo = next((event for event in self._undone if event.uuid == redo.data["parent"]), None)
        if undo:
            self._undone.remove(undo)
            self._flip(undo.data["parent"], withdrawn=False)

    def _flip(self, uuid: str, *, withdrawn: bool) -> None:
        event = self._by_uuid.get(uuid)
        if event is None:
            return
        (self._withdrawn.add if withdrawn else self._withdrawn.discard)(uuid)
        self._refresh(event.data["unit"])

    def _refresh(self, unit: str) -> None:
        before = self.answers.pop(unit, None)
        if before and before.kind is EventKind.LABEL:
            self.counts[before.data["classes"][0]] -= 1
        now = next((event for event in reversed(self._of_unit[unit]) if event.uuid not in self._withdrawn), None)
        if now:
            self.answers[unit] = now
            if now.kind is EventKind.LABEL:
                self.counts[now.data["classes"][0]] += 1
