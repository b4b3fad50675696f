import numpy as np
import pytest

from activelabel.learning.assessment import Assessment, Suspect
from activelabel.project.ledger import Ledger
from activelabel.records.events import Event
from activelabel.records.kinds import EventKind
from activelabel.reporting.quality import Contradicted, label_quality

NONE = np.empty(0, np.intp)
NOTHING = Assessment(NONE, NONE, NONE, 0, 0, 900, 900)


class Said:
    """A ledger that is filled answer by answer, with the classes ham and spam."""

    def __init__(self):
        self.events = []
        for name in ("ham", "spam"):
            self.add(EventKind.CLASS_ADDED, **{"class": name[0], "name": name, "key": name[0]})

    def add(self, kind, **data):
        number = len(self.events) + 1
        self.events.append(Event(f"e{number}", number, "ann", "2026-01-01", kind, f"i{number}", data))
        return self.events[-1]

    def label(self, said, suggested="", shown="shown", card="uncertain", **more):
        data = {"unit": f"u{len(self.events)}", "card": card, "seconds": 2.0, "classes": [said], **more}
        if suggested:
            data["suggestion"] = {"class_id": suggested, "probability": 0.9, "shown": shown}
        return self.add(EventKind.LABEL, **data)

    def quality(self, found=NOTHING):
        return label_quality(Ledger(self.events), found)


def test_before_an_answer_nothing_is_known():
    found = Said().quality()

    assert found.contradicted == found.odd_paces == ()
    assert found.wrong is found.repeated is found.ceiling is found.suggestions.effect is None


def test_following_suggestions_is_what_was_shown_less_what_was_hidden():
    said = Said()
    for place in range(40):
        said.label("h", "h" if place % 8 else "s")
        said.label("h", "h" if place % 2 else "s", shown="hidden")
    found = said.quality().suggestions

    assert (found.shown.value, found.hidden.value) == (0.875, 0.5)
    assert found.effect.value == pytest.approx(0.375)
    assert found.effect.is_clear


def test_audit_cards_hide_suggestions_of_other_items_and_are_not_compared():
    said = Said()
    said.label("h", "h")
    said.label("h", "s", shown="hidden", card="audit")

    assert said.quality().suggestions.hidden is None


def test_an_answer_that_was_taken_back_did_not_follow_anything():
    said = Said()
    said.label("h", "h")
    undone = said.label("s", "h")
    said.add(EventKind.UNDO, parent=undone.uuid, unit=undone.data["unit"])
    shown = said.quality().suggestions.shown

    assert (shown.n, shown.value) == (1, 1.0)


def test_blind_repeats_say_how_far_a_person_agrees_and_what_can_be_measured_at_most():
    said = Said()
    for place in range(12):
        first = said.label("hs"[place % 2])
        again = "h" if place == 1 else "hs"[place % 2]
        said.label(again, card="blind-repeat", repeats=first.uuid, unit=first.data["unit"])
    found = said.quality()

    assert found.repeated.n == found.ceiling.n == 12
    assert 0.8 < found.repeated.kappa < 0.9
    assert 0.94 < found.ceiling.value < 0.97


def test_suspects_have_the_names_of_their_classes():
    found = Assessment(NONE, NONE, NONE, 0, 0, 900, 900, suspects=(Suspect("i7", 0, 1),), wrong=2)

    assert Said().quality(found).contradicted == (Contradicted("i7", "ham", "spam"),)
    assert Said().quality(found).wrong == 2
