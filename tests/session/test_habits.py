from activelabel.project.ledger import Ledger
from activelabel.records.events import Event
from activelabel.records.kinds import EventKind
from activelabel.session.habits import habits, typed_data
from activelabel.session.replies import Chosen, NewClass, Skipped


def ledger_of(*answers):
    """Fold answers of (annotator, class, what was typed); None for a class is the undo of the answer before."""
    events = [
        Event(f"class {name}", 0, "ann", "", EventKind.CLASS_ADDED, "", {"class": name, "name": name, "key": ""})
        for name in ("owl", "swan")
    ]
    for number, (annotator, chosen, typed) in enumerate(answers, 1):
        unit = {"unit": f"u{number}"}
        if chosen is None:
            undone = {"parent": str(number - 1), "unit": f"u{number - 1}"}
            events.append(Event(str(number), number, annotator, "", EventKind.UNDO, "", undone))
            continue
        data = {**unit, "classes": [chosen]} | ({"typed": typed} if typed else {})
        events.append(Event(str(number), number, annotator, "", EventKind.LABEL, f"u{number}-1", data))
    return Ledger(events)


def test_a_class_chosen_lately_outweighs_one_chosen_long_ago():
    recent, _ = habits("ann", ledger_of(*[("ann", "owl", "")] * 3, *[("ann", "swan", "")] * 2))
    faded, _ = habits("ann", ledger_of(*[("ann", "owl", "")] * 60, *[("ann", "swan", "")] * 60))

    assert recent["owl"] > recent["swan"]
    assert faded["swan"] > 2 * faded["owl"]


def test_what_was_typed_leads_to_the_class_chosen_last_for_it():
    _, typed = habits("ann", ledger_of(("ann", "owl", "s"), ("ann", "swan", "s"), ("ann", "owl", "ow")))

    assert typed == {"s": "swan", "ow": "owl"}


def test_answers_that_were_taken_back_and_those_of_others_are_no_habit():
    assert habits("ann", ledger_of(("ann", "owl", "o"), ("ann", None, ""), ("bea", "swan", "s"))) == ({}, {})


def test_a_long_text_and_a_key_leave_nothing_to_remember():
    assert typed_data(Chosen("c", "x" * 61)) == typed_data(Chosen("c")) == {}
    assert typed_data(NewClass("owl")) == typed_data(Skipped()) == {}


def test_what_was_chosen_counts_for_the_class_it_is_today():
    classes = [
        Event(name, place, "ann", "", EventKind.CLASS_ADDED, "", {"class": name, "name": name, "key": ""})
        for place, name in enumerate(["owl", "swan"], start=1)
    ]
    said = Event("a", 3, "ann", "", EventKind.LABEL, "u-1", {"unit": "u", "classes": ["owl"], "typed": "o"})
    merged = Event("b", 4, "ann", "", EventKind.CLASS_MERGED, "", {"class": "owl", "into": "swan"})

    assert habits("ann", Ledger([*classes, said, merged])) == ({"swan": 1.0}, {"o": "swan"})
