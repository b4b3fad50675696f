"""A project in memory: data that is ready to learn from, and events that are written nowhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from activelabel.project.ledger import Ledger
from activelabel.project.settings import settings_to_json
from activelabel.records.events import Event
from activelabel.records.kinds import EventKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.records.settings import Algorithms
    from activelabel.session.workshop import Workshop

__all__ = ["InMemory"]

NOW = "2026-01-01T00:00:00.000+00:00"


class InMemory:
    """A project with its classes, in which nothing was said yet.

    Parameters
    ----------
    workshop
        The data.
    classes
        Their names.
    seed, audit
        Of its randomness; the share of cards that audit.
    algorithms
        What it learns by; None as the data has it.

    Attributes
    ----------
    workshop
        The data, under that seed and those algorithms.
    ledger
        What was recorded.
    ids
        Of the classes.
    """

    def __init__(
        self, workshop: Workshop, classes: Sequence[str], seed: int, audit: float, algorithms: Algorithms | None = None
    ) -> None:
        named = algorithms or workshop.ground.algorithms
        self.workshop = replace(workshop, ground=replace(workshop.ground, seed=seed, algorithms=named))
        self.ledger = Ledger()
        self.ids = [f"c{number}" for number in range(len(classes))]
        self._counter = 0
        settings = replace(workshop.dataset.settings, seed=seed, audit=audit, algorithms=named)
        self.record(EventKind.SETTINGS, settings_to_json(settings))
        for known, name in zip(self.ids, classes, strict=True):
            self.record(EventKind.CLASS_ADDED, {"class": known, "name": name, "key": ""})

    def record(self, kind: EventKind, data: dict[str, Any]) -> None:
        """Add an event."""
        self._counter += 1
        self.ledger.apply(Event(f"e{self._counter:06}", self._counter, "gold", NOW, kind, "", data))
