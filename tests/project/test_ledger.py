"""The ledger is a fold: what is in force follows from the events, and from nothing else."""

import sqlite3
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activelabel.errors import ProjectError
from activelabel.project.ledger import Ledger
from activelabel.project.store import Draft, Store
from activelabel.records.contents import Content, ItemRecord
from activelabel.records.events import Event
from activelabel.records.kinds import EventKind, Modality

ANSWERS = [EventKind.LABEL, EventKind.SKIP, EventKind.NOT_SURE, EventKind.BAD_ITEM]


class Script:
    """Makes events by hand: each call is the next event."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.events: list[Event] = []
        for name in ("ham", "spam"):
            self.add(EventKind.CLASS_ADDED, **{"class": name, "name": name, "key": name[0]})

    def add(self, kind: EventKind, **data: object) -> Event:
        place = len(self.events) + 1
        item = f"{data['unit']}-1" if "unit" in data else ""
        event = Event(f"e{place:04}", place, "ann", "2026-01-01", kind, item, data)
        self.events.append(event)
        self.ledger.apply(event)
        return event

    def label(self, unit: str, class_id: str) -> Event:
        return self.add(EventKind.LABEL, unit=unit, classes=[class_id])

    def repeat(self, first: Event, kind: EventKind, **data: object) -> Event:
        return self.add(kind, unit=first.data["unit"], card="blind-repeat", repeats=first.uuid, **data)


def test_the_last_answer_to_a_unit_is_in_force():
    script = Script()
    script.label("u", "ham")
    script.label("u", "spam")

    assert script.ledger.labels() == {"u": "spam"}
    assert +script.ledger.counts == Counter({"spam": 1})
    assert script.ledger.given == 2


def test_undo_brings_back_the_answer_before_and_redo_takes_that_back():
    script = Script()
    script.label("u", "ham")
    second = script.label("u", "spam")
    undo = script.add(EventKind.UNDO, parent=second.uuid)
    after_undo = script.ledger.labels()
    script.add(EventKind.REDO, parent=undo.uuid)

    assert after_undo == {"u": "ham"}
    assert script.ledger.labels() == {"u": "spam"}


def test_undo_goes_back_to_the_first_answer():
    script = Script()
    for number in range(5):
        script.label(f"u{number}", "ham")
    while last := script.ledger.undoable("ann"):
        script.add(EventKind.UNDO, parent=last.uuid)

    assert script.ledger.labels() == {}
    assert sum(script.ledger.counts.values()) == 0


def test_a_new_answer_ends_what_can_be_redone():
    script = Script()
    first = script.label("u", "ham")
    script.add(EventKind.UNDO, parent=first.uuid)
    script.label("v", "ham")

    assert script.ledger.redoable("ann") == []


def test_skip_is_asked_again_and_not_sure_and_bad_items_are_not():
    script = Script()
    script.add(EventKind.SKIP, unit="a")
    script.add(EventKind.NOT_SURE, unit="b")
    script.add(EventKind.BAD_ITEM, unit="c")

    assert script.ledger.settled() == {"b", "c"}
    assert script.ledger.labels() == {}


def test_a_person_stands_above_an_imported_label():
    script = Script()
    script.add(EventKind.IMPORTED, **{"class": "ham", "units": ["u", "v"]})
    script.label("u", "spam")

    assert script.ledger.labels() == {"u": "spam", "v": "ham"}


def test_a_label_of_a_class_that_nobody_added_is_damage():
    with pytest.raises(ProjectError, match="makes no sense"):
        Script().label("u", "eggs")


def test_a_blind_repeat_is_given_and_changes_nothing_in_force():
    script = Script()
    first = script.label("u", "ham")
    again = script.repeat(first, EventKind.LABEL, classes=["spam"])
    ledger = script.ledger

    assert ledger.labels() == {"u": "ham"}
    assert +ledger.counts == Counter({"ham": 1})
    assert ledger.answers == {"u": first}
    assert (ledger.given, ledger.said) == (2, [first, again])
    assert ledger.since(first.counter) == set()
    assert ledger.repeats() == [(first, again)]


@pytest.mark.parametrize("kind", [EventKind.SKIP, EventKind.NOT_SURE, EventKind.BAD_ITEM])
def test_a_blind_repeat_without_a_label_is_kept_and_changes_nothing_in_force(kind):
    script = Script()
    first = script.label("u", "ham")
    script.repeat(first, kind)

    assert script.ledger.answers == {"u": first}
    assert script.ledger.settled() == {"u"}
    assert len(script.ledger.repeats()) == 1
    assert script.ledger.consistency() == (0, 0)


def test_consistency_counts_labels_given_again_the_same_and_others():
    script = Script()
    for unit, second in [("a", "ham"), ("b", "ham"), ("c", "spam")]:
        script.repeat(script.label(unit, "ham"), EventKind.LABEL, classes=[second])

    assert script.ledger.consistency() == (2, 1)


def test_undo_of_a_blind_repeat_withdraws_it_alone_and_goes_on_to_the_first_answer():
    script = Script()
    first = script.label("u", "ham")
    again = script.repeat(first, EventKind.LABEL, classes=["spam"])
    script.add(EventKind.UNDO, parent=script.ledger.undoable("ann").uuid)
    after_one = (script.ledger.withdrawn(again.uuid), script.ledger.repeats(), script.ledger.labels())
    script.add(EventKind.UNDO, parent=script.ledger.undoable("ann").uuid)

    assert after_one == (True, [], {"u": "ham"})
    assert script.ledger.labels() == {}
    assert script.ledger.undoable("ann") is None


def test_a_blind_repeat_of_an_answer_that_nobody_gave_is_damage():
    with pytest.raises(ProjectError, match="makes no sense"):
        Script().add(EventKind.SKIP, unit="u", card="blind-repeat", repeats="e9999")


@st.composite
def stories(draw):
    """Draw a list of steps: answers to a few units, blind repeats of the first, undo and redo in between."""
    kinds = st.sampled_from([*ANSWERS, *(f"repeat {kind}" for kind in ANSWERS), "put off", "undo", "redo"])
    steps = st.tuples(kinds, st.sampled_from("abc"), st.sampled_from("xy"))
    return draw(st.lists(steps, max_size=25))


def tell(store: Store, story) -> Ledger:
    classes = [Draft(EventKind.CLASS_ADDED, {"class": name, "name": name, "key": name}) for name in "xy"]
    ledger = Ledger(store.append("ann", "now", classes))
    for kind, unit, class_id in story:
        if kind == "undo":
            found = ledger.undoable("ann")
            drafts = [Draft(EventKind.UNDO, {"parent": found.uuid})] if found else []
        elif kind == "redo":
            drafts = [Draft(EventKind.REDO, {"parent": undo.uuid}) for undo in ledger.redoable("ann")]
        else:
            first = next((event for event in ledger.said if event.data["unit"] == unit), None)
            said = EventKind.SKIP if kind == "put off" else EventKind(kind.removeprefix("repeat "))
            data = {"unit": unit, "classes": [class_id]} if said is EventKind.LABEL else {"unit": unit}
            if kind == "put off":
                data["card"] = "second-look"
            elif said != kind and first:
                data |= {"card": "blind-repeat", "repeats": first.uuid}
            drafts = [Draft(said, data, ItemRecord(f"{unit}-1", unit, Content(Modality.TEXT)))]
        for event in store.append("ann", "now", drafts):
            ledger.apply(event)
    return ledger


@given(stories())
@settings(max_examples=40, deadline=None)
def test_the_view_in_the_database_and_the_fold_agree_after_any_story(tmp_path_factory, story):
    path = tmp_path_factory.mktemp("story") / "labels.db"
    with Store.create(path) as store:
        ledger = tell(store, story)
        again = Ledger(store.events())

    db = sqlite3.connect(path)
    view = dict(db.execute("SELECT unit, uuid FROM answer_in_force").fetchall())
    db.close()
    in_force = {unit: event.uuid for unit, event in ledger.answers.items()}
    assert view == in_force
    assert in_force == {unit: event.uuid for unit, event in again.answers.items()}
    assert +ledger.counts == Counter(ledger.labels().values())
