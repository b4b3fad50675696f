"""Taking answers back outside a session: as events, so that nothing said is ever lost."""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING

from activelabel.errors import WrongUse
from activelabel.project.ledger import Ledger
from activelabel.project.store import Draft
from activelabel.project.wording import counted, joined
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.cards import SAID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from activelabel.project.store import Store
    from activelabel.records.events import Event

__all__ = ["decision_words", "redo_last", "standing_together", "take_back", "undo_last", "undo_of", "words_of"]


def take_back(store: Store, annotator: str, count: int, time: str) -> list[list[Event]]:
    """Record that an annotator's last decisions are taken back, all or none; return those, the last one first.

    The events of one edit of the classes are one decision.

    Parameters
    ----------
    store
        The open database of events.
    annotator
        Whose.
    count
        How many; all that are in force where there are fewer.
    time
        Now, as UTC, ISO 8601.

    Raises
    ------
    WrongUse
        If there is none.
    NotSaved
        If it did not reach the disk; nothing was taken back then.
    """
    taken = list(islice(standing_together(Ledger(store.events()), annotator), count))
    if not taken:
        raise WrongUse(f"{annotator} has no answer to take back", "name another annotator: --annotator NAME")
    store.append(annotator, time, [undo_of(event) for events in taken for event in events])
    return taken


def undo_last(ledger: Ledger, annotator: str, record: Callable[..., None]) -> tuple[Event, str]:
    """Take an annotator's last decision back; return its last event, and what was decided and holds instead, in words.

    Parameters
    ----------
    ledger
        Everything said so far.
    annotator
        Whose.
    record
        Puts drafts on disk, all or none, and into the ledger.

    Raises
    ------
    WrongUse
        If there is none.
    """
    taken = next(standing_together(ledger, annotator), None)
    if taken is None:
        raise WrongUse("there is no answer to take back", "answer this card first")
    words = words_of(taken, ledger)
    record(*map(undo_of, taken))
    return taken[0], words + _stead_words(taken[0], ledger)


def redo_last(ledger: Ledger, annotator: str, record: Callable[..., None]) -> tuple[Event, str]:
    """Bring back what an annotator took back last; return its last event, and what was decided, in words.

    Parameters and errors are those of `undo_last`.
    """
    undos = ledger.redoable(annotator)
    if not undos:
        raise WrongUse("there is nothing to bring back", "only what was just taken back can be brought back")
    record(*(Draft(EventKind.REDO, {"parent": undo.uuid, "unit": undo.data.get("unit", "")}) for undo in undos))
    brought = [ledger.answer(undo.data["parent"]) for undo in reversed(undos)]
    return brought[0], words_of(brought, ledger)


def standing_together(ledger: Ledger, annotator: str) -> Iterator[list[Event]]:
    """Yield what an annotator decided and did not take back, the last first; the events of one edit come together."""
    for _, events in groupby(ledger.standing(annotator), key=lambda event: event.edit or event.uuid):
        yield list(events)


def undo_of(decision: Event) -> Draft:
    """Return the undo of a decision: an answer, a cluster, a change of a class."""
    return Draft(EventKind.UNDO, {"parent": decision.uuid, "unit": decision.data.get("unit", "")})


def words_of(events: Sequence[Event], ledger: Ledger) -> str:
    """Return in a few words what was decided by events that belong together, the last one first."""
    merged = [event for event in reversed(events) if event.kind is EventKind.CLASS_MERGED]
    if merged:
        names = joined([ledger.class_name(event.data["class"]) for event in merged])
        renamed = [event.data["name"] for event in events if event.kind is EventKind.CLASS_RENAMED]
        return f"{names} into {renamed[0] if renamed else ledger.class_name(merged[0].data['into'])}"
    return decision_words(events[0], ledger)


def decision_words(decision: Event, ledger: Ledger) -> str:
    """Return in a few words what was decided, by the names that classes have today."""
    data = decision.data
    match decision.kind:
        case EventKind.LABEL:
            return ledger.class_name(data["classes"][0])
        case EventKind.CLUSTER:
            given = f"{ledger.class_name(data['classes'][0])} for {counted(len(data['members']), 'item')}"
            return given if data["members"] else f"no to cluster {data['number']}"
        case kind if kind.is_about_class:
            return _change_words(decision, ledger.class_name(data["class"]), ledger)
        case kind:
            return SAID[kind]


def _change_words(change: Event, name: str, ledger: Ledger) -> str:
    match change.kind:
        case EventKind.CLASS_RENAMED:
            return f"the name {change.data['name']}"
        case EventKind.CLASS_MERGED:
            return f"{name} into {ledger.class_name(change.data['into'])}"
        case EventKind.CLASS_SPLIT:
            return f"the split of {name}"
        case EventKind.CLASS_KEY:
            return f"the key {change.data['key']} of {name}"
        case EventKind.CLASS_DEFINED:
            return f"what was written of {name}"
        case _:
            return f"the class {name}"


def _stead_words(decision: Event, ledger: Ledger) -> str:
    """Return what was withdrawn with an answer that was just taken back, and what holds in its place."""
    alike = decision.data.get("why", {}).get("stands_for", 1)
    represents = decision.kind is EventKind.LABEL and decision.data.get("card") == CardKind.REPRESENTATIVE
    words = f", which stood for {counted(alike, 'item')}" if represents and alike > 1 else ""
    stands = ledger.answers.get(decision.data.get("unit", ""))
    return f"{words}; {decision_words(stands, ledger)} is in force again" if stands else words
