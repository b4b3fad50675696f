"""Which units are disputed: answers of several people differ, and nobody has decided between them."""

from activelabel.project.ledger import Ledger
from activelabel.records.events import Event
from activelabel.records.kinds import EventKind


def ledger_of(*told):
    """Fold answers to one unit: (annotator, class or kind, places of the answers looked at); an undo names a place."""
    events = [
        Event(name, place, "ann", "", EventKind.CLASS_ADDED, "", {"class": name, "name": name, "key": name})
        for place, name in enumerate("hs")
    ]
    for place, (who, said, *seen) in enumerate(told):
        if said == "undo":
            kind, data = EventKind.UNDO, {"parent": f"e{seen[0]}"}
        else:
            kind = EventKind.LABEL if said in {"h", "s"} else EventKind(said)
            data = {"unit": "u", **({"classes": [said]} if kind is EventKind.LABEL else {})}
            data |= {"looked_at": [f"e{number}" for number in seen], "card": "adjudication"} if seen else {}
        events.append(Event(f"e{place}", 9 + place, who, "", kind, "u-1", data))
    return Ledger(events)


def disputed(*told):
    return [event.uuid for event in ledger_of(*told).disputed().get("u", [])]


def test_two_people_who_say_different_things_are_in_dispute():
    assert disputed(("ann", "h"), ("bob", "s")) == ["e0", "e1"]
    assert disputed(("ann", "h"), ("bob", "h")) == []
    assert disputed(("ann", "h"), ("ann", "s")) == []


def test_not_sure_beside_a_label_is_a_dispute_and_a_skip_is_not():
    assert disputed(("ann", "h"), ("bob", "not-sure")) == ["e0", "e1"]
    assert disputed(("ann", "h"), ("bob", "bad-item")) == ["e0", "e1"]
    assert disputed(("ann", "h"), ("bob", "skip")) == []


def test_the_last_answer_of_each_person_counts():
    assert disputed(("ann", "h"), ("bob", "s"), ("ann", "s")) == []
    assert disputed(("ann", "s"), ("ann", "h"), ("bob", "s")) == ["e1", "e2"]


def test_whoever_saw_both_answers_has_decided_until_that_is_taken_back():
    decided = [("ann", "h"), ("bob", "s"), ("cid", "s", 0, 1)]

    assert disputed(*decided) == []
    assert disputed(*decided, ("cid", "undo", 2)) == ["e0", "e1"]
    assert disputed(*decided, ("dan", "h")) == ["e2", "e3"]


def test_an_own_answer_that_was_changed_does_not_settle_what_another_said():
    assert disputed(("ann", "s"), ("bob", "s"), ("ann", "h", 0)) == ["e1", "e2"]


def test_a_decision_that_was_put_off_leaves_the_answer_in_force_and_the_dispute_open():
    ledger = ledger_of(("ann", "h"), ("bob", "s"), ("ann", "skip", 0, 1))

    assert ledger.labels() == {"u": "s"}
    assert list(ledger.disputed()) == ["u"]
    assert ledger.given == 3


def test_classes_that_were_merged_are_no_dispute_any_more():
    said = [("ann", "h"), ("bob", "s")]
    merged = Event("m", 99, "ann", "", EventKind.CLASS_MERGED, "", {"class": "s", "into": "h"})
    ledger = ledger_of(*said)
    ledger.apply(merged)

    assert ledger.disputed() == {}
