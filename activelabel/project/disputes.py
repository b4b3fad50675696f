"""Disputes: units to which several people gave answers that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.records.kinds import EventKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from activelabel.records.events import Event

__all__ = ["differing"]


def differing(answers: Sequence[Event], class_of: Callable[[Event], str | None]) -> list[Event]:
    """Return the last answer of each person to one unit, where these differ and nobody has decided between them.

    Whoever saw an answer of another and gave one of their own has decided: what was looked at is settled. A skip is no
    answer, and a label in doubt says nothing.

    Parameters
    ----------
    answers
        All to the unit that hold, oldest first.
    class_of
        The class that an answer counts as today, None for no label.

    Examples
    --------
    >>> from activelabel.records.events import Event
    >>> said = [("a", "ann", ["h"]), ("b", "bob", ["s"])]
    >>> answers = [Event(uuid, 1, who, "", EventKind.LABEL, "", {"classes": ids}) for uuid, who, ids in said]
    >>> [event.uuid for event in differing(answers, lambda event: event.data["classes"][0])]
    ['a', 'b']
    """
    if len({event.annotator for event in answers}) < 2:
        return []
    seen = {uuid for event in answers for uuid in event.data.get("looked_at", ())}
    last = {event.annotator: event for event in answers if event.kind is not EventKind.SKIP}
    standing = {
        event.uuid: class_of(event) or event.kind.value
        for event in last.values()
        if event.uuid not in seen and (class_of(event) or event.kind is not EventKind.LABEL)
    }
    if len(set(standing.values())) < 2:
        return []
    return [event for event in answers if event.uuid in standing]
