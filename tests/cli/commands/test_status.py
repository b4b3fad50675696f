import json
import subprocess
import sys

from activelabel.cli.commands.status import status
from activelabel.records.kinds import EventKind

HEAVY = ("numpy", "pandas", "pyarrow", "sklearn", "scipy", "PIL")


def shown(blobs, capsys, as_json=False):
    status(blobs.layout.root, as_json=as_json)
    return capsys.readouterr().out


def test_a_few_lines_say_how_far_a_project_is_and_name_the_plan(blobs, capsys):
    blobs.answer([0, 1, 2], colour="red")
    blobs.answer([3], EventKind.NOT_SURE)
    lines = shown(blobs, capsys).splitlines()

    assert lines == [
        f"{blobs.layout.root}: 4 answered, 56 left",
        "labels: red: 3, green: 0, blue: 0; 1 not sure",
        "time: under a minute, 2.0 s a card, 1,800 cards an hour",
        "figures from plan 1, which has not seen the last 4 answers; all of them: activelabel report",
    ]


def test_how_often_the_same_was_said_again_is_told_once_it_was_asked(blobs, capsys):
    first = blobs.answer([0, 1], colour="red")
    before = shown(blobs, capsys)
    blobs.answer([0], colour="red", repeats=first[:1])
    blobs.answer([1], colour="green", repeats=first[1:])
    counts = json.loads(shown(blobs, capsys, as_json=True))["answers"]

    assert "asked again" not in before
    assert shown(blobs, capsys).splitlines()[:3] == [
        f"{blobs.layout.root}: 2 answered, 58 left",
        "labels: red: 2, green: 0, blue: 0",
        "asked again unmarked: 1 of 2 answers the same",
    ]
    assert (counts["repeats"], counts["repeats_same"]) == (2, 1)


def test_json_says_the_same(blobs, capsys):
    blobs.answer([0])
    found = json.loads(shown(blobs, capsys, as_json=True))

    assert (found["answers"]["labels"], found["left"]) == (1, 59)
    assert (found["plan"]["generation"], found["plan"]["unseen"]) == (1, 1)


def test_many_classes_are_summed_up(blobs, capsys, monkeypatch):
    monkeypatch.setattr("activelabel.cli.commands.status.MOST_CLASSES", 2)
    blobs.answer([0, 1], colour="red")

    assert "labels: 2, in 1 of 3 classes" in shown(blobs, capsys)


def test_without_a_plan_there_are_still_counts(blobs, capsys):
    blobs.layout.plan.unlink()

    assert "nothing is planned yet" in shown(blobs, capsys)


def test_status_and_undo_load_no_numeric_library():
    code = (
        "import sys, activelabel.cli.commands.status, activelabel.cli.commands.undo\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
