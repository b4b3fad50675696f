"""Taking answers back outside a session: as events, so that nothing said is ever lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.errors import WrongUse
from activelabel.project.ledger import Ledger
from activelabel.project.store import Draft
from activelabel.records import EventKind

if TYPE_CHECKING:
    from activelabel.project.store import Store
    from activelabel.records import Event

__all__ = ["take_back"]


def take_back(store: Store, annotator: str, count: int, time: str) -> list[Event]:
    """Record that an annotator's last answers are taken back, all or none; return those answers, the last one first.

    Parameters
    ----------
    store
        The open database of events.
    annotator
        Whose answers.
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
    ledger = Ledger(store.events())
    mine = (event for event in reversed(ledger.said) if event.annotator == annotator)
    answers = [event for event in mine if not ledger.withdrawn(event.uuid)][:count]
    if not answers:
        raise WrongUse(f"{annotator} has no answer to take back", "name another annotator: --annotator NAME")
    store.append(
        annotator,
        time,
        [Draft(EventKind.UNDO, {"parent": event.uuid, "unit": event.data["unit"]}) for event in answers],
    )
    return answers
