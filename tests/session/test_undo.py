import pytest

from activelabel.errors import WrongUse
from activelabel.project.store import Store
from activelabel.records.kinds import EventKind
from activelabel.session.classes.changes import change_of
from activelabel.session.classes.edits import parse_edit
from activelabel.session.undo import redo_last, take_back, words_of

LATER = "2026-01-01T11:00:00.000+00:00"


def taken(blobs, annotator, count):
    with Store(blobs.layout.labels) as store:
        return [event.uuid for events in take_back(store, annotator, count, LATER) for event in events]


def test_the_last_answers_of_one_annotator_are_taken_back_the_last_one_first(blobs):
    mine = blobs.answer([0, 1, 2], annotator="ann")
    blobs.answer([3], annotator="bob")

    assert taken(blobs, "ann", 2) == [mine[2].uuid, mine[1].uuid]
    assert blobs.ledger.answers.keys() == {blobs.dataset.unit(0), blobs.dataset.unit(3)}


def test_a_second_undo_goes_on_where_the_first_one_stopped(blobs):
    mine = blobs.answer([0, 1])

    assert taken(blobs, "ann", 1) + taken(blobs, "ann", 1) == [mine[1].uuid, mine[0].uuid]


def test_an_earlier_answer_to_the_same_item_is_in_force_again(blobs):
    blobs.answer([0], colour="red")
    blobs.answer([0], EventKind.NOT_SURE)
    taken(blobs, "ann", 1)

    assert blobs.ledger.answers[blobs.dataset.unit(0)].kind is EventKind.LABEL


def test_asking_for_too_many_takes_all_there_are_and_for_none_is_refused(blobs):
    blobs.answer([0])

    assert len(taken(blobs, "ann", 9)) == 1
    with pytest.raises(WrongUse, match="ann has no answer to take back"):
        taken(blobs, "ann", 1)


def test_an_edit_of_the_classes_is_one_thing_to_take_back(blobs):
    blobs.answer([0])
    with Store(blobs.layout.labels) as store:
        edit = change_of(parse_edit("merge red, green, blue = colour"), blobs.ledger)
        store.append("ann", LATER, edit.drafts)
        taken = take_back(store, "ann", 1, LATER)

    assert words_of(taken[0], blobs.ledger) == "green and blue into colour"
    assert [known.name for known in blobs.ledger.classes.values()] == ["red", "green", "blue"]
    assert len(blobs.ledger.answers) == 1


def test_an_edit_of_the_classes_is_brought_back_all_or_nothing(blobs):
    recorded = []

    def record(*drafts):
        recorded.append(store.append("ann", LATER, drafts))
        for event in recorded[-1]:
            ledger.apply(event)

    with Store(blobs.layout.labels) as store:
        store.append("ann", LATER, change_of(parse_edit("merge red, green, blue = colour"), blobs.ledger).drafts)
        blobs.answer([0], colour="colour")
        take_back(store, "ann", 2, LATER)
        ledger = blobs.ledger
        words = [redo_last(ledger, "ann", record)[1] for _ in range(2)]

    assert words == ["green and blue into colour", "colour"]
    assert [len(events) for events in recorded] == [3, 1]
    assert [known.name for known in blobs.ledger.classes.values()] == ["colour"]
    assert len(blobs.ledger.answers) == 1
