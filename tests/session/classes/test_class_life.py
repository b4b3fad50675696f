"""The whole road with classes that change on the way: what is exported is what was said, in the classes of today."""

import csv
import json

import pytest

from activelabel.cli.commands.export import export
from activelabel.cli.commands.report import Wanted, report
from activelabel.cli.commands.status import status
from activelabel.cli.commands.undo import undo
from activelabel.project.claims import Claims
from activelabel.project.plan import PlanReader
from activelabel.project.store import Store
from activelabel.records.kinds import CardKind
from activelabel.session.asker import Asker
from activelabel.session.classes.edits import parse_edit
from activelabel.session.clock import utc_now
from activelabel.session.instep import InStep
from activelabel.session.learner import Learner
from activelabel.session.loop import run
from activelabel.session.replies import Chosen

pytestmark = pytest.mark.slow


class Person:
    """Makes the edits that are due, else answers with what an item is called by then."""

    def __init__(self, truth, edits):
        self.truth = truth
        self.edits = edits  # answers -> edits to make then
        self.called = {}  # true colour -> name of today
        self.said = {}  # item -> name
        self.again = []
        self.given = 0

    def answer(self, card, progress):
        if self.edits.get(self.given):
            return parse_edit(self.edits[self.given].pop(0))
        if card.kind is CardKind.SECOND_LOOK:
            self.again.append(card.item.id)
        colour = self.truth[card.item.unit]
        name = next(
            name for name in (self.called.get(colour, colour), colour, "crimson", "cool") if name in of(progress)
        )
        self.said[card.item.id] = name
        return Chosen(of(progress)[name])

    def acknowledge(self, item_id, said):
        self.given += bool(item_id)

    def refuse(self, error):
        raise error


def of(progress):
    return {known.name: known.id for known in progress.classes}


@pytest.fixture
def lived(blobs):
    """Answer 30 cards with edits on the way, then those in doubt; return the project and the person."""
    layout = blobs.layout
    truth = {blobs.dataset.unit(row): colour for row, colour in enumerate(blobs.true)}
    edits = {
        12: ["rename red = crimson", "key crimson = x", "define crimson = like blood"],
        20: ["merge green, blue = cool"],
        30: ['split cool = green, "blue, dark"', "example crimson"],
    }
    person = Person(truth, edits)
    with Store(layout.labels) as store:
        claims, learner = Claims(layout.claims), Learner(layout)
        asker = Asker(store, PlanReader(layout), claims, "ann", utc_now)
        questions = InStep(asker, learner, 6)
        run(questions, person, lambda: 0.0, limit=30)
        person.called = {"blue": "blue, dark"}
        cools = [item for item, name in person.said.items() if name not in {"crimson", "red"}]
        run(questions, person, lambda: 0.0, limit=len(cools) + 2)
        learner.step()
        asker.look_again()
        measures = asker.plan.measures
        claims.close()
        learner.close()
    return blobs, person, cools, measures


def exported(layout, tmp_path, what="human"):
    out = tmp_path / f"{what}.csv"
    export(out, layout.root, what=what, exact=False, force=True)
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_is_exported_is_what_was_said_in_the_classes_of_today(lived, tmp_path, capsys):
    blobs, person, cools, measures = lived
    rows = exported(blobs.layout, tmp_path)
    first = {row["item"]: row["label"] for row in rows if not row["via"]}

    assert sorted(set(person.again)) == sorted(person.again) == sorted(cools)
    assert first == {item: "crimson" if name == "red" else name for item, name in person.said.items()}
    assert {row["label"] for row in rows} == {"crimson", "green", "blue, dark"}

    names = {row["label"] for row in exported(blobs.layout, tmp_path, "all")}
    assert names == {"crimson", "green", "blue, dark"}

    capsys.readouterr()
    report(blobs.layout.root, Wanted(as_json=True))
    classes = json.loads(capsys.readouterr().out)["classes"]
    assert [one["name"] for one in classes] == ["crimson", "green", "blue, dark"]
    assert sum(one["labels"] for one in classes) == len(person.said)

    status(blobs.layout.root, as_json=True)
    counts = json.loads(capsys.readouterr().out)["answers"]["by_class"]
    assert sum(counts.values()) == len(person.said)
    assert measures.accuracy is None or measures.accuracy.n <= len(person.said)


def test_undoing_it_all_leaves_the_classes_as_they_were(lived, tmp_path, capsys):
    blobs, *_ = lived
    undo(1000, blobs.layout.root, annotator="ann")
    said = capsys.readouterr().out

    assert [known.name for known in blobs.ledger.classes.values()] == ["red", "green", "blue"]
    assert [known.definition for known in blobs.ledger.classes.values()] == ["", "", ""]
    assert blobs.ledger.labels() == {}
    assert "undone classes = the split of cool" in said
    assert exported(blobs.layout, tmp_path) == []
