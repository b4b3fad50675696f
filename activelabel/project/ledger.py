"""Events folded into what is in force now: classes, answers, notes, settings."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING

from activelabel.errors import ProjectError
from activelabel.project.classes import Classes
from activelabel.project.decisions import Decisions
from activelabel.project.disputes import differing
from activelabel.project.settings import settings_from_json
from activelabel.records.kinds import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from activelabel.records.events import Event, LabelClass
    from activelabel.records.settings import Settings

__all__ = ["Ledger"]


class Ledger:
    """What is in force after a number of events.

    The same events in the same order give the same ledger, so it can be folded from the start at any time; `apply`
    adds the next one. Nothing here forgets: an answer that was changed or withdrawn is still in `said`.

    Attributes
    ----------
    settings
        The last settings recorded; None in an empty project.
    answers
        Unit -> the answer event in force: a label, a skip, not sure or a bad item.
    doubted
        Unit -> the label that a split of its class has put in doubt, and that nobody has given anew.
    imported
        Unit -> class id of a label that came with the data.
    notes
        Item id -> the notes on it, as they were recorded, oldest first.
    flagged
        Units marked to come back to, in the order in which they were.
    counts
        Class id -> labels in force, imported ones left out.
    counter
        The highest counter applied.
    given
        How many answers were ever given, withdrawn ones and blind repeats too: the position of the next card.
    said
        All those answers.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._events: list[Event] = []
        self._decisions = Decisions()
        self._start()
        for event in events:
            self.apply(event)

    def _start(self) -> None:
        self.settings: Settings | None = None
        self.answers: dict[str, Event] = {}
        self.doubted: dict[str, Event] = {}
        self.imported: dict[str, str] = {}
        self.notes: dict[str, list[Event]] = {}
        self.flagged: dict[str, Event] = {}
        self.counts: Counter[str] = Counter()
        self.counter = 0
        self.given = 0
        self.said: list[Event] = []
        self._classes = Classes()
        self._of_unit: dict[str, list[Event]] = {}
        self._place: dict[str, int] = {}
        self._in_doubt: set[str] = set()
        self._repeats: list[Event] = []
        self._clusters: list[Event] = []
        self._disputed: dict[str, list[Event]] = {}

    @property
    def classes(self) -> dict[str, LabelClass]:
        """Class id -> class, in order of creation: those that an answer may name."""
        return self._classes.now

    @property
    def listed(self) -> int:
        """How many of the classes were there before anything was answered."""
        return self._classes.listed

    def apply(self, event: Event) -> None:
        """Add the next event.

        Raises
        ------
        ProjectError
            If it makes no sense, as after damage that the database itself cannot see.
        """
        try:
            self._events.append(event)
            if event.is_undoable:
                self._decisions.make(event)
            if event.kind is EventKind.UNDO:
                self._flip(self._decisions.undo(event))
            elif event.kind is EventKind.REDO:
                self._flip(self._decisions.redo(event))
            self._fold(event)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as failure:
            message = f"the labels cannot be read: event {event.uuid} makes no sense ({failure!r})"
            raise ProjectError(message, "the file was left as it is; put a backup in its place") from failure

    def _fold(self, event: Event) -> None:
        self.counter = max(self.counter, event.counter)
        if event.kind.is_answer:
            self._answered(event)
        elif event.kind.is_about_class:
            self._class_changed(event)
        elif event.kind is EventKind.CLUSTER:
            self._classes.resolve(event.data["classes"][0])
            self._clusters.append(event)
        elif event.kind is EventKind.IMPORTED:
            self.imported.update(dict.fromkeys(event.data["units"], event.data["class"]))
        else:
            self._remark(event)

    def _remark(self, event: Event) -> None:
        if event.kind is EventKind.NOTE:
            self.notes.setdefault(event.item, []).append(event)
        elif event.kind is EventKind.SETTINGS:
            self.settings = settings_from_json(event.data)
        elif event.kind is EventKind.FLAG:
            self.flagged.pop(event.data["unit"], None)
            self.flagged.update({event.data["unit"]: event} if event.data["on"] else {})

    def labels(self) -> dict[str, str]:
        """Return unit -> class id for every label in force: those that people gave, and the prior ones."""
        return self.prior() | {unit: known for unit, event in self.answers.items() if (known := self.class_of(event))}

    def prior(self) -> dict[str, str]:
        """Return unit -> class id of the labels that came with the data and have no answer, not even one in doubt."""
        own = self.answers.keys() | self.doubted.keys()
        return {
            unit: known for unit, name in self.imported.items() if unit not in own and (known := self.resolve(name))
        }

    def spread(self) -> dict[str, Event]:
        """Return unit -> the cluster answer that gives it its label, for units that have no answer of their own.

        The latest of several holds. Members carry the class of the answer (`class_of`) and its bound on purity.
        """
        found: dict[str, Event] = {}
        for event in self._clusters:
            if not self.withdrawn(event.uuid) and self.class_of(event):
                found.update(dict.fromkeys(event.data["members"], event))
        own = self.answers.keys() | self.doubted.keys() | self.imported.keys()
        return {unit: event for unit, event in found.items() if unit not in own}

    def cluster_answers(self) -> list[Event]:
        """Return what was said to whole clusters, in order, but for what was taken back."""
        return [event for event in self._clusters if not self.withdrawn(event.uuid)]

    def class_of(self, answer: Event) -> str | None:
        """Return the class of an answer as it counts today; None for no label, and for one that is in doubt."""
        if not answer.data.get("classes") or answer.uuid in self._in_doubt:
            return None
        return self._classes.resolve(answer.data["classes"][0])

    def class_name(self, class_id: str) -> str:
        """Return the name of a class that is or was."""
        return self._classes.name(class_id)

    def resolve(self, class_id: str) -> str | None:
        """Return the class that this one counts as today, after merges; None if it was split up."""
        return self._classes.resolve(class_id)

    def once_called(self, name: str) -> str | None:
        """Return the class that counts today as the one that was first called so; None if there is none."""
        return self._classes.once_called(name)

    def taken_keys(self) -> set[str]:
        """Return the keys that no new class gets: those in use, and those of classes that are no more."""
        return self._classes.keys()

    def settled(self) -> set[str]:
        """Return the units that are not to be asked any more: all answered ones but skips, and imported labels."""
        answered = {unit for unit, event in self.answers.items() if event.kind is not EventKind.SKIP}
        return answered | self.prior().keys()

    def find_class(self, name: str) -> LabelClass | None:
        """Return the class that is called so, in any case and form of Unicode, if there is one."""
        return self._classes.find(name)

    def undoable(self, annotator: str) -> Event | None:
        """Return the last thing that an annotator decided and did not take back: an answer, a cluster, a class."""
        return next(self._decisions.standing(annotator), None)

    def standing(self, annotator: str) -> Iterator[Event]:
        """Yield all that an annotator decided and did not take back, the last one first."""
        return self._decisions.standing(annotator)

    def redoable(self, annotator: str) -> list[Event]:
        """Return the undos that a redo would take back, the last one first; none once something new was decided."""
        return self._decisions.redoable(annotator)

    def place(self, answer: Event) -> int:
        """Return how many answers had been given when this one was, itself counted."""
        return self._place[answer.uuid]

    def since(self, counter: int) -> set[str]:
        """Return the units that were settled by events with a counter above `counter`."""
        recent = takewhile(lambda event: event.counter > counter, reversed(self.said))
        return {event.data["unit"] for event in recent if not event.is_repeat} & self.settled()

    def withdrawn(self, uuid: str) -> bool:
        """Say whether the answer with this uuid was taken back."""
        return self._decisions.withdrawn(uuid)

    def answer(self, uuid: str) -> Event:
        """Return the decision with this uuid: an answer, a cluster, a change of a class."""
        return self._decisions[uuid]

    def answers_to(self, unit: str) -> list[Event]:
        """Return every answer to a unit that was not taken back, oldest first, blind repeats left out."""
        return [event for event in self._of_unit.get(unit, ()) if not self.withdrawn(event.uuid)]

    def disputed(self) -> dict[str, list[Event]]:
        """Return unit -> the answers of several people that differ, where nobody has decided between them."""
        return self._disputed

    def repeats(self) -> list[tuple[Event, Event]]:
        """Return each answer that was asked for again with the blind repeat of it; none that was taken back."""
        pairs = ((self._decisions[event.data["repeats"]], event) for event in self._repeats)
        return [pair for pair in pairs if not any(self.withdrawn(event.uuid) for event in pair)]

    def consistency(self) -> tuple[int, int]:
        """Return how many labels were given again the same on blind repeats, and how many differed."""
        given = [[self.class_of(event) for event in pair] for pair in self.repeats()]
        same = [first == again for first, again in given if first and again]
        return sum(same), len(same) - sum(same)

    def _answered(self, event: Event) -> None:
        if event.kind is EventKind.LABEL:
            self._classes.resolve(event.data["classes"][0])  # there is one, or nobody can say what was answered
        self.said.append(event)
        self.given += 1
        self._place[event.uuid] = self.given
        if event.is_repeat:
            self._decisions[event.data["repeats"]]  # there is one, or nothing is measured
            self._repeats.append(event)
        elif not event.puts_off:
            self._of_unit.setdefault(event.data["unit"], []).append(event)
            self._refresh(event.data["unit"])

    def _class_changed(self, event: Event) -> None:
        if self.withdrawn(event.uuid):
            self._classes.pass_over(event)
            return
        if event.kind is EventKind.CLASS_SPLIT:
            split, given = event.data["class"], (*self.said, *self._clusters)
            self._in_doubt |= {said.uuid for said in given if self.class_of(said) == split}
            self.imported = {unit: name for unit, name in self.imported.items() if self.resolve(name) != split}
        self._classes.apply(event, answered=self.given > 0)
        if event.kind in {EventKind.CLASS_SPLIT, EventKind.CLASS_MERGED}:
            self.counts.clear()
            self.answers.clear()
            for unit in self._of_unit:
                self._refresh(unit)

    def _flip(self, uuid: str) -> None:
        """Bring what is in force up to date after a decision was withdrawn or brought back."""
        event = self._decisions.get(uuid)
        if event is None:
            return
        if event.kind.is_about_class:
            # what a class was decides what every later event meant
            self._start()
            for past in self._events:
                self._fold(past)
        elif event.kind.is_answer and event.data["unit"] in self._of_unit:
            self._refresh(event.data["unit"])

    def _refresh(self, unit: str) -> None:
        before = self.answers.pop(unit, None)
        if before and (known := self.class_of(before)):
            self.counts[known] -= 1
        self.doubted.pop(unit, None)
        self._disputed.pop(unit, None)
        given = self.answers_to(unit)
        if not given:
            return
        if differ := differing(given, self.class_of):
            self._disputed[unit] = differ
        now = given[-1]
        if now.kind is EventKind.LABEL and self.class_of(now) is None:
            self.doubted[unit] = now
            return
        self.answers[unit] = now
        if known := self.class_of(now):
            self.counts[known] += 1
