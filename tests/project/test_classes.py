"""Classes are edited by events: what a label counts as today follows from what was said of its class since."""

from collections import Counter

import pytest
from project.test_ledger import Script

from activelabel.errors import ProjectError
from activelabel.records.kinds import EventKind


def test_a_renamed_class_keeps_its_labels_its_key_and_its_place():
    script = Script()
    script.label("u", "ham")
    script.add(EventKind.CLASS_RENAMED, **{"class": "ham", "name": "wanted"})

    assert [known.name for known in script.ledger.classes.values()] == ["wanted", "spam"]
    assert script.ledger.classes["ham"].key == "h"
    assert script.ledger.labels() == {"u": "ham"}


def test_a_class_is_found_in_any_case_and_form_of_unicode():
    script = Script()
    script.add(EventKind.CLASS_ADDED, **{"class": "c", "name": "caf\u00e9", "key": "c"})

    assert script.ledger.find_class(" CAFE\u0301").id == script.ledger.once_called("cafe\u0301") == "c"
    assert script.ledger.find_class("cafe") is None


def test_a_merged_class_counts_as_the_other_and_can_be_chosen_no_more():
    script = Script()
    script.label("u", "ham")
    script.label("v", "spam")
    script.add(EventKind.CLASS_MERGED, **{"class": "ham", "into": "spam"})

    assert list(script.ledger.classes) == ["spam"]
    assert script.ledger.labels() == {"u": "spam", "v": "spam"}
    assert +script.ledger.counts == Counter({"spam": 2})
    assert script.ledger.doubted == {}
    assert "h" in script.ledger.taken_keys()


def test_two_people_who_merge_two_classes_into_each_other_leave_one():
    script = Script()
    script.add(EventKind.CLASS_MERGED, **{"class": "ham", "into": "spam"})
    script.add(EventKind.CLASS_MERGED, **{"class": "spam", "into": "ham"})

    assert list(script.ledger.classes) == ["spam"]


def split(script, *into):
    for name in [name for name in into if name not in script.ledger.classes]:
        script.add(EventKind.CLASS_ADDED, **{"class": name, "name": name, "key": name[0]})
    return script.add(EventKind.CLASS_SPLIT, **{"class": "ham", "into": list(into)})


def test_a_split_puts_in_doubt_the_labels_of_its_class_and_no_others():
    script = Script()
    first = script.label("u", "ham")
    script.label("v", "spam")
    split(script, "parma", "serrano")

    assert script.ledger.doubted == {"u": first}
    assert script.ledger.labels() == {"v": "spam"}
    assert script.ledger.settled() == {"v"}
    assert list(script.ledger.classes) == ["spam", "parma", "serrano"]


def test_a_label_in_doubt_is_in_doubt_until_it_is_given_anew():
    script = Script()
    script.label("u", "ham")
    split(script, "parma", "ham")
    script.label("u", "ham")

    assert script.ledger.doubted == {}
    assert script.ledger.labels() == {"u": "ham"}


def test_undoing_a_split_brings_its_labels_back_and_redoing_it_takes_them_away():
    script = Script()
    script.label("u", "ham")
    made = split(script, "parma", "serrano")
    undo = script.add(EventKind.UNDO, parent=made.uuid)
    undone = (script.ledger.labels(), list(script.ledger.classes)[:2], dict(script.ledger.doubted))
    script.add(EventKind.REDO, parent=undo.uuid)

    assert undone == ({"u": "ham"}, ["ham", "spam"], {})
    assert script.ledger.labels() == {}


def test_undoing_a_merge_counts_as_before():
    script = Script()
    script.label("u", "ham")
    script.add(EventKind.UNDO, parent=script.add(EventKind.CLASS_MERGED, **{"class": "ham", "into": "spam"}).uuid)

    assert script.ledger.labels() == {"u": "ham"}
    assert +script.ledger.counts == Counter({"ham": 1})


def test_an_imported_label_of_a_class_that_was_split_is_asked_for():
    script = Script()
    script.add(EventKind.IMPORTED, **{"class": "ham", "units": ["u"]})
    split(script, "parma", "serrano")

    assert script.ledger.labels() == {}
    assert script.ledger.settled() == set()


def test_an_imported_label_does_not_come_back_where_a_later_answer_is_in_doubt():
    script = Script()
    script.add(EventKind.IMPORTED, **{"class": "spam", "units": ["u", "v"]})
    script.label("u", "ham")
    split(script, "parma", "serrano")

    assert script.ledger.labels() == {"v": "spam"}
    assert script.ledger.settled() == {"v"}
    assert script.ledger.prior() == {"v": "spam"}


def test_a_key_that_another_class_has_stays_with_it():
    script = Script()
    script.add(EventKind.CLASS_KEY, **{"class": "ham", "key": "s"})
    refused = script.ledger.classes["ham"].key
    script.add(EventKind.CLASS_KEY, **{"class": "ham", "key": "x"})

    assert (refused, script.ledger.classes["ham"].key) == ("h", "x")


def test_a_class_keeps_what_was_written_about_it():
    script = Script()
    script.add(EventKind.CLASS_DEFINED, **{"class": "ham", "text": "wanted mail", "examples": ["u-1"]})

    assert script.ledger.classes["ham"].definition == "wanted mail"
    assert script.ledger.classes["ham"].examples == ("u-1",)


def test_members_of_an_accepted_cluster_have_its_label_until_they_have_their_own():
    script = Script()
    made = script.add(EventKind.CLUSTER, members=["u", "v", "w"], classes=["ham"])
    script.label("v", "spam")
    before = script.ledger.spread()
    script.add(EventKind.UNDO, parent=made.uuid)

    assert before == {"u": made, "w": made}
    assert script.ledger.spread() == {}
    assert script.ledger.labels() == {"v": "spam"}


def test_a_cluster_of_a_class_that_was_split_spreads_nothing():
    script = Script()
    script.add(EventKind.CLUSTER, members=["u"], classes=["ham"])
    split(script, "parma", "serrano")

    assert script.ledger.spread() == {}


def test_a_flag_stands_until_it_is_taken_off():
    script = Script()
    script.add(EventKind.FLAG, unit="u", on=True)
    script.add(EventKind.FLAG, unit="v", on=True)
    script.add(EventKind.FLAG, unit="u", on=False)

    assert list(script.ledger.flagged) == ["v"]


def test_a_cluster_of_a_class_that_nobody_added_is_damage():
    with pytest.raises(ProjectError, match="makes no sense"):
        Script().add(EventKind.CLUSTER, members=["u"], classes=["eggs"])
