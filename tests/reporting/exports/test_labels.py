from dataclasses import replace

import numpy as np
import pytest

from activelabel.learning.decision import Decision
from activelabel.learning.protocols import Propagation
from activelabel.project.ledger import Ledger
from activelabel.records.events import Event
from activelabel.records.kinds import EventKind, LabelKind
from activelabel.reporting.exports.labels import Labeller, Machine, Said, What

HAM, SPAM = "c-ham", "c-spam"


def event(counter, kind, item="", **data):
    return Event(f"e{counter}", counter, "ann", f"day {counter}", kind, item, data)


@pytest.fixture
def ledger():
    """Rows 0 and 1 are labelled, 2 skipped, 3 not sure, 4 bad, 5 came with a label, 6 and 7 are open."""
    return Ledger(
        [
            event(1, EventKind.CLASS_ADDED, **{"class": HAM, "name": "ham", "key": "1"}),
            event(2, EventKind.CLASS_ADDED, **{"class": SPAM, "name": "spam", "key": "2"}),
            event(3, EventKind.IMPORTED, **{"class": SPAM, "units": ["u5", "u1"]}),
            event(4, EventKind.LABEL, "u0-1", unit="u0", classes=[SPAM], generation=3),
            event(5, EventKind.LABEL, "u1-1", unit="u1", classes=[HAM], generation=3),
            event(6, EventKind.SKIP, "u2-1", unit="u2"),
            event(7, EventKind.NOT_SURE, "u3-1", unit="u3"),
            event(8, EventKind.BAD_ITEM, "u4-1", unit="u4"),
        ]
    )


@pytest.fixture
def machine():
    """Labels reach all rows but 7; the model says ham of every row."""
    proba = np.tile([0.9, 0.1], (8, 1))
    carried = np.tile([0.25, 0.75], (8, 1))
    carried[7] = 0
    reached = np.arange(8) < 7
    return Machine(Propagation(carried, reached, np.zeros(8, np.intp)), proba, 5, lambda row: f"u{row}-1")


def said(ledger, machine, what, row, item=None):
    return Labeller(ledger, machine, what).said(item or f"u{row}-1", f"u{row}", row)


def test_a_label_says_who_gave_it_and_when(ledger, machine):
    expected = Said("spam", LabelKind.HUMAN, None, None, "ann", "day 4", 3, EventKind.LABEL)

    assert said(ledger, machine, What.ALL, 0) == said(ledger, None, What.HUMAN, 0) == expected


def test_an_exact_duplicate_is_human_and_names_the_answered_one(ledger, machine):
    found = said(ledger, machine, What.HUMAN, 0, item="u0-2")

    assert (found.label, found.kind, found.via) == ("spam", LabelKind.HUMAN, "u0-1")


def test_a_persons_answer_stands_above_an_imported_label(ledger, machine):
    assert said(ledger, machine, What.ALL, 1).label == "ham"
    assert said(ledger, machine, What.ALL, 5) == Said("spam", LabelKind.IMPORTED)


def test_an_imported_label_stands_above_the_machine(ledger, machine):
    assert said(ledger, machine, What.PROPAGATED, 5) is said(ledger, machine, What.PREDICTED, 5) is None
    assert said(ledger, None, What.HUMAN, 5).kind is LabelKind.IMPORTED


@pytest.mark.parametrize("row", [2, 3, 4])
def test_an_answer_that_is_no_label_gets_none_from_the_machine_either(ledger, machine, row):
    found = said(ledger, machine, What.ALL, row)

    assert found.label is found.kind is found.confidence is None
    assert found.answer in {EventKind.SKIP, EventKind.NOT_SURE, EventKind.BAD_ITEM}
    assert [said(ledger, machine, what, row) for what in (What.HUMAN, What.PROPAGATED, What.PREDICTED)] == [None] * 3


def test_a_propagated_label_names_its_source_and_stands_above_a_prediction(ledger, machine):
    expected = Said("spam", LabelKind.PROPAGATED, 0.75, via="u0-1", generation=5)

    assert said(ledger, machine, What.ALL, 6) == said(ledger, machine, What.PROPAGATED, 6) == expected
    assert said(ledger, machine, What.PREDICTED, 6) == Said("ham", LabelKind.PREDICTED, 0.9, generation=5)


def test_what_no_label_reached_is_predicted(ledger, machine):
    assert said(ledger, machine, What.PROPAGATED, 7) is None
    assert said(ledger, machine, What.ALL, 7).kind is LabelKind.PREDICTED


def test_the_label_of_a_decision_comes_with_its_own_probability(ledger, machine):
    for_spam = replace(machine, decision=Decision(np.array([1.0, 20.0])))
    for_ham = replace(machine, decision=Decision(np.array([20.0, 1.0])))

    predicted, carried = said(ledger, for_spam, What.PREDICTED, 6), said(ledger, for_ham, What.PROPAGATED, 6)

    assert (predicted.label, predicted.confidence) == ("spam", 0.1)
    assert (carried.label, carried.confidence) == ("ham", 0.25)


def test_without_a_model_all_gives_every_item_and_no_guess(ledger):
    silent = Machine(None, None, 0, str)

    assert said(ledger, silent, What.ALL, 6) == Said()
    assert said(ledger, silent, What.PREDICTED, 6) is said(ledger, silent, What.PROPAGATED, 6) is None


def test_an_answered_item_that_is_gone_from_the_data_keeps_its_label(ledger, machine):
    labeller = Labeller(ledger, machine, What.ALL)

    assert labeller.said("u0-1", "u0", None).label == "spam"
    assert labeller.said("u9-1", "u9", None) is None


def test_a_label_given_with_its_cluster_is_propagated_as_sure_as_its_bound(ledger, machine):
    told = {"classes": [HAM], "members": ["u6", "u1"], "bound": 0.74, "generation": 4, "scope": "all"}
    ledger.apply(event(9, EventKind.CLUSTER, "u1-1", **told))
    expected = Said("ham", LabelKind.PROPAGATED, 0.74, "u1-1", "ann", "day 9", 4, EventKind.CLUSTER)

    assert said(ledger, machine, What.ALL, 6) == said(ledger, machine, What.PROPAGATED, 6) == expected
    assert said(ledger, machine, What.HUMAN, 6) is None
    assert said(ledger, machine, What.ALL, 1).kind is LabelKind.HUMAN
