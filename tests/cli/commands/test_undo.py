import pytest

from activelabel.cli.commands.undo import undo
from activelabel.errors import ProjectLocked, WrongUse
from activelabel.project.locks import hold
from activelabel.records.kinds import EventKind


def test_each_answer_taken_back_is_printed_with_what_it_was(blobs, capsys):
    blobs.answer([0], colour="red")
    blobs.answer([1], EventKind.NOT_SURE)
    undo(2, blobs.layout.root, annotator="ann")
    ids = [blobs.dataset.item(row).id for row in (1, 0)]

    assert capsys.readouterr().out.splitlines() == [f"undone {ids[0]} = (not sure)", f"undone {ids[1]} = red"]
    assert blobs.ledger.answers == {}


def test_asking_for_more_than_there_is_says_so(blobs, capsys):
    blobs.answer([0])
    undo(5, blobs.layout.root, annotator="ann")

    assert "ann had no more than 1 to take back" in capsys.readouterr().err


def test_an_open_session_of_the_same_annotator_keeps_it_out(blobs):
    blobs.answer([0])

    with hold(blobs.layout.annotator_lock("ann"), "a session of ann", "now"), pytest.raises(ProjectLocked):
        undo(1, blobs.layout.root, annotator="ann")
    assert len(blobs.ledger.answers) == 1


def test_without_an_answer_there_is_nothing_to_take_back(blobs):
    with pytest.raises(WrongUse):
        undo(1, blobs.layout.root, annotator="ann")
