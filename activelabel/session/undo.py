"""Taking answers back outside a session: as events, so that nothing said is ever lost."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from activelabel.errors import WrongUse
from activelabel.project.ledger import Ledger
from activelabel.project.store import Draft
from activelabel.project.wording import counted
from activelabel.records import CardKind, EventKind
from activelabel.session.cards import SAID

if TYPE_CHECKING:
    from activelabel.project.store import Store
    from activelabel.records import Event

__all__ = ["decision_words", "take_back", "undo_of", "withdrawn_words"]


def take_back(store: Store, annotator: str, count: int, time: str) -> list[Event]:
    """Record that an annotator's last decisions are taken back, all or none; return those, the last one first.

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
    taken = list(islice(Ledger(store.events()).standing(annotator), count))
    if not taken:
        raise WrongUse(f"{annotator} has no answer to take back", "name another annotator: --annotator NAME")
    store.append(annotator, time, [undo_of(event) for event in taken])
    return taken


def undo_of(decision: Event) -> Draft:
    """Return the undo of a decision: an answer, a cluster, a change of a class."""
    return Draft(EventKind.UNDO, {"parent": decision.uuid, "unit": decision.data.get("unit", "")})


def decision_words(decision: Event, ledger: Ledger) -> str:
    """Return in a few words what was decided, by the names that classes have today."""
    data = decision.data
    name = ledger.class_name(data["class"]) if "class" in data else ""
    match decision.kind:
        case EventKind.LABEL:
            return ledger.class_name(data["classes"][0])
        case EventKind.CLUSTER:
            return f"{ledger.class_name(data['classes'][0])} for {counted(len(data['members']), 'item')}"
        case EventKind.CLASS_RENAMED:
            return f"the name {data['name']}"
        case EventKind.CLASS_MERGED:
            return f"{name} into {ledger.class_name(data['into'])}"
        case EventKind.CLASS_SPLIT:
            return f"the split of {name}"
        case kind:
            return SAID[kind]


def withdrawn_words(decision: Event, ledger: Ledger) -> str:
    """Return what was withdrawn with a decision that was just taken back, and what holds in its place.

    Parameters
    ----------
    decision
        What was taken back.
    ledger
        What is in force since.
    """
    words = decision_words(decision, ledger)
    alike = decision.data.get("why", {}).get("stands_for", 1)
    if decision.kind is EventKind.LABEL and decision.data.get("card") == CardKind.REPRESENTATIVE and alike > 1:
        words += f", which stood for {counted(alike, 'item')}"
    stands = ledger.answers.get(decision.data.get("unit", ""))
    return f"{words}; {decision_words(stands, ledger)} is in force again" if stands else words
