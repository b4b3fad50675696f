"""A ledger of answers with the time each took and the moment it was given."""

from datetime import datetime, timedelta

from activelabel.project.ledger import Ledger
from activelabel.project.plan import Measures, Plan, PlannedCard
from activelabel.project.settings import settings_to_json
from activelabel.records.cards import Suggestion, Why
from activelabel.records.events import Event
from activelabel.records.kinds import CardKind, EventKind, Modality
from activelabel.records.settings import Roles, Settings

NOON = datetime.fromisoformat("2026-01-01T12:00:00.000+00:00")


def moment(seconds):
    """Return the time of day so many seconds after noon, as events record it."""
    return (NOON + timedelta(seconds=seconds)).isoformat(timespec="milliseconds")


class Answered:
    """A project of texts with the classes h and s, and a person who answers one item after another."""

    def __init__(self, audit=0.2):
        settings = Settings("d.csv", "csv", Modality.TEXT, Roles(("t",)), audit=audit)
        events = [Event("settings", 0, "ann", "", EventKind.SETTINGS, "", settings_to_json(settings))]
        events += [
            Event(name, place, "ann", "", EventKind.CLASS_ADDED, "", {"class": name, "name": name, "key": name})
            for place, name in enumerate("hs", start=1)
        ]
        self.ledger = Ledger(events)
        self.now = 0.0

    def answer(self, count=1, seconds=5.0, said="h", idle=0.0, **more):
        """Answer items, each after so many seconds and a while of doing nothing."""
        for _ in range(count):
            number = self.ledger.given
            self.now += seconds + idle
            data = {"unit": f"u{number}", "card": "uncertain", "seconds": seconds, "length": 500, "classes": [said]}
            event = Event(f"a{number:05}", 10 + number, "ann", moment(self.now), EventKind.LABEL, "", {**data, **more})
            self.ledger.apply(event)
        return event

    def repeat(self, first, said):
        """Answer an earlier item again, unmarked."""
        self.answer(said=said, unit=first.data["unit"], card="blind-repeat", repeats=first.uuid)


def planned(unit, guess=None, length=0, change=None):
    """Return a card as a plan has it."""
    why = Why("margin", expected_change=change)
    return PlannedCard(unit, CardKind.UNCERTAIN, 0, why, guess and Suggestion(guess, 0.6), length=length)


def plan_of(*cards, through=10**6, askable=1000, **measures):
    """Return a plan of these cards that has seen everything up to a counter."""
    return Plan(1, through, 10, "f", askable, 10, (0, 0), cards, (), measures=Measures(**measures))
