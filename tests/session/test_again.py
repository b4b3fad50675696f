"""Which answers are asked for again: labels in doubt at once, second looks seldom and never of the audit's choosing."""

from dataclasses import replace

from activelabel.project.ledger import Ledger
from activelabel.project.plan import Plan, PlannedCard, PlannedPart
from activelabel.project.settings import settings_to_json
from activelabel.records.cards import Suggestion, Why
from activelabel.records.events import Event
from activelabel.records.kinds import CardKind, EventKind, Modality
from activelabel.records.progress import ROUND
from activelabel.records.settings import Algorithms, Roles, Settings
from activelabel.session.again import next_again

SETTINGS = Settings("d.csv", "csv", Modality.TEXT, Roles(("t",)), algorithms=Algorithms())


def events(answers, **more):
    made = [Event("settings", 0, "ann", "", EventKind.SETTINGS, "", settings_to_json(SETTINGS))]
    made += [
        Event(name, place, "ann", "", EventKind.CLASS_ADDED, "", {"class": name, "name": name, "key": name})
        for place, name in enumerate("hs", start=1)
    ]
    for place in range(answers):
        data = {"unit": f"u{place}", "classes": ["h"], **more}
        made.append(Event(f"a{place:04}", 10 + place, "ann", "", EventKind.LABEL, f"u{place}-1", data))
    return made


def plan_of(*units):
    looks = tuple(PlannedCard(unit, CardKind.SECOND_LOOK, 0, Why("suspect"), Suggestion("s", 0.9)) for unit in units)
    return Plan(1, 0, 10, "f", 100, 10, (0, 0), (), (), second_looks=looks)


def turns(plan, most=200, **more):
    found = []
    for given in range(most):
        ledger = Ledger(events(given, **more))
        again = next_again(ledger, plan, "ann", set())
        if again and again.kind is CardKind.SECOND_LOOK:
            found.append((given, again.answer.data["unit"]))
    return found


def test_a_label_in_doubt_is_asked_for_before_anything_else():
    split = Event("split", 999, "ann", "", EventKind.CLASS_SPLIT, "", {"class": "h", "into": ["s"]})
    again = next_again(Ledger([*events(3), split]), None, "ann", {"u0"})

    assert (again.answer.data["unit"], again.kind) == ("u1", CardKind.SECOND_LOOK)


def test_second_looks_come_about_once_in_ten_cards_after_a_round_and_take_the_worst_first():
    found = turns(plan_of("u7", "u3"))

    assert all(given >= ROUND and unit == "u7" for given, unit in found)
    assert 8 <= len(found) <= 30


def test_an_answer_that_was_looked_at_again_is_left_alone():
    assert turns(plan_of("u7"), most=80, card="second-look") == []


def test_a_label_that_the_model_believes_by_now_is_left_alone():
    plan = plan_of("u7")
    agreed = replace(plan, second_looks=(replace(plan.second_looks[0], suggestion=Suggestion("h", 0.9)),))

    assert turns(agreed, most=80) == []


def test_within_a_part_only_what_was_answered_there_is_asked_for_again():
    split = Event("split", 999, "ann", "", EventKind.CLASS_SPLIT, "", {"class": "h", "into": ["s"]})
    part = replace(plan_of(), part=PlannedPart("x > 1", 5, 5, 100))
    repeats = {
        where: sum(
            next_again(Ledger(events(given, part=where)), part, "ann", set()) is not None for given in range(200)
        )
        for where in ("x > 1", "x > 2")
    }

    assert next_again(Ledger([*events(3, part="x > 2"), split]), part, "ann", set()) is None
    assert next_again(Ledger([*events(3, part="x > 1"), split]), part, "ann", set()) is not None
    assert repeats["x > 1"] > repeats["x > 2"] == 0
