"""The loop: how many answers a session counts, whatever else is said in it."""

import pytest
from support.asking import Session, make_project
from support.clusters import Session as Clouded

from activelabel.session.clusters.nouns import Scope
from activelabel.session.clusters.replies import TakeCluster
from activelabel.session.loop import run
from activelabel.session.replies import Chosen, Noted, Redo, Skipped, Stop, Undo

HAM = Chosen("c-ham")


class Listed:
    """Gives the replies of a list, and stops at its end."""

    def __init__(self, *replies):
        self.replies = iter((*replies, Stop()))

    def answer(self, card, progress):
        return next(self.replies)

    def acknowledge(self, item_id, said):
        pass


@pytest.mark.parametrize(
    ("replies", "answers"),
    [
        ([HAM, HAM, Skipped(), Noted("odd")], 3),
        ([HAM, HAM, Undo()], 1),
        ([HAM, HAM, Undo(), Undo(), Redo()], 1),
    ],
)
def test_an_answer_counts_until_it_is_taken_back(tmp_path, replies, answers):
    with Session(make_project(tmp_path / "project")) as session:
        assert run(session.asker, Listed(*replies), lambda: 0.0) == answers


def test_a_label_for_a_cluster_is_no_answer_and_nor_is_its_undo(clouds):
    take = TakeCluster(Scope.ALL)
    with Clouded(clouds) as session:
        session.probe(1, "green")
        for replies in ([take], [Undo()], [Redo()], [Undo(), take]):
            assert run(session.asker, Listed(*replies), lambda: 0.0) == 0


def test_answers_of_an_earlier_session_that_are_taken_back_allow_no_more_than_was_wanted(tmp_path):
    project = make_project(tmp_path / "project")
    with Session(project) as session:
        run(session.asker, Listed(HAM, HAM, HAM), lambda: 0.0)
    with Session(project) as session:
        assert run(session.asker, Listed(Undo(), Undo(), HAM, HAM, HAM), lambda: 0.0, 2) == 2
        assert len(session.asker.ledger.answers) == 3
