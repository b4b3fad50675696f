"""`next`: one question, its card kept; a stream of them; who learns, and when."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from activelabel.project.locks import hold
from activelabel.project.plan import PlanReader
from activelabel.project.settings import settings_to_json
from activelabel.project.store import Draft, Store
from activelabel.records.kinds import EventKind

HEAVY = ("numpy", "pandas", "pyarrow", "sklearn", "scipy", "PIL")


@pytest.fixture
def asked(command, blobs):
    """Ask by a call of `next` and return its message."""

    def ask(*options):
        code, out, err = command("next", "--json", "--project", blobs.layout.root, "--annotator", "ann", *options)
        assert code == 0, err
        return json.loads(out[0])

    return ask


@pytest.fixture
def stream(blobs):
    """Start a stream and return its process."""
    started = []

    def start(*options):
        command = [sys.executable, "-m", "activelabel", "next", "--stream", "--project", blobs.layout.root, *options]
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        started.append(subprocess.Popen([*map(str, command), "--annotator", "ann"], text=True, **pipes))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def generation(blobs):
    plans = PlanReader(blobs.layout)
    plans.refresh()
    return plans.plan.generation if plans.plan else 0


def test_the_card_stays_until_it_is_given_back(asked):
    first = asked()

    assert asked() == first
    assert asked("--fresh")["card"] != first["card"]


def test_without_json_it_is_lines_for_people(command, blobs, asked):
    question = asked()
    code, out, _ = command("next", "--project", blobs.layout.root, "--annotator", "ann")

    assert code == 0
    assert out[0] == f"item {question['item']['id']}"
    assert out[1].startswith("  id: p")
    assert out[2].startswith("  x: ")
    assert "key 1: red" in out
    assert out[-1] == f"""answer with: activelabel answer '{{"card": "{question["card"]}", "label": "CLASS"}}'"""


def test_when_nothing_is_left_it_says_so(command, blobs, asked):
    blobs.answer(range(blobs.dataset.n_units))
    plain = command("next", "--project", blobs.layout.root, "--annotator", "ann", "--no-learn")

    assert plain == (0, ["nothing is left to ask"], [])
    assert asked("--no-learn")["done"] is True


def test_a_session_that_is_open_keeps_it_out(command, blobs):
    with hold(blobs.layout.annotator_lock("ann"), "a session of ann", "now"):
        code, out, err = command("next", "--json", "--project", blobs.layout.root, "--annotator", "ann")

    assert code == 1
    assert json.loads(out[0])["error"]["kind"] == "project-locked"
    assert err[0].startswith("error: a session of ann is open already: pid ")


@pytest.mark.parametrize("options", [["--stream", "--no-learn"], ["--json", "--annotator", "a\x1bb"]])
def test_wrong_use_is_said_in_json_too(command, blobs, options):
    code, out, err = command("next", "--project", blobs.layout.root, *options)

    assert code == 2
    assert json.loads(out[0])["error"]["kind"] == "wrong-use"
    assert err[0].startswith("error: ")


def test_a_fresh_plan_needs_no_numeric_library(blobs):
    call = f"app(['next', '--json', '--project', {str(blobs.layout.root)!r}], standalone_mode=False)"
    code = (
        f"import sys\nfrom activelabel.cli.app import app\n{call}\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


def test_it_learns_when_the_plan_has_not_seen_ten_answers(asked, blobs):
    blobs.answer(blobs.order[:9])
    asked()
    assert generation(blobs) == 1
    asked("--fresh")
    blobs.answer(blobs.order[9:12])
    asked("--no-learn")
    assert generation(blobs) == 1
    asked("--fresh")
    assert generation(blobs) > 1


def test_it_learns_when_no_card_is_planned(asked, command, blobs):
    blobs.layout.plan.unlink()
    code, out, _ = command("next", "--json", "--no-learn", "--project", blobs.layout.root)

    assert code == 1
    assert json.loads(out[0])["error"]["message"].startswith("no card is ready")
    assert asked()["done"] is False


def test_a_learner_that_is_at_work_is_left_alone(asked, command, blobs):
    blobs.answer(blobs.order[:12])
    with hold(blobs.layout.locks / "learner", "the learner", "now"):
        asked()
        blobs.layout.plan.unlink()
        code, _, err = command("next", "--fresh", "--project", blobs.layout.root, "--annotator", "ann")

    assert (code, err[-1]) == (1, "hint: ask again in a moment; what was answered is safe")


def test_a_learner_that_cannot_work_is_told_of_beside_the_cards_there_are(asked, command, blobs, tmp_path):
    blobs.answer(blobs.order[:12])
    moved = settings_to_json(replace(blobs.ledger.settings, data=str(tmp_path / "gone.csv")))
    with Store(blobs.layout.labels) as store:
        store.append("ann", "2026-01-01T10:00:00.000+00:00", [Draft(EventKind.SETTINGS, moved)])
    shutil.rmtree(blobs.layout.cache / "dataset")
    question = asked()
    blobs.layout.plan.unlink()
    code, _, err = command("next", "--fresh", "--project", blobs.layout.root, "--annotator", "ann")

    assert question["message"].startswith(f"{tmp_path / 'gone.csv'}: not found; the cards")
    assert (code, err[0]) == (1, f"error: {tmp_path / 'gone.csv'}: not found")


@pytest.mark.slow
def test_a_stream_answers_each_line_and_its_end_keeps_all(stream, blobs):
    process = stream()
    question = json.loads(process.stdout.readline())
    process.stdin.write("nonsense\n" + json.dumps({"card": question["card"], "label": "red"}) + "\n")
    process.stdin.flush()
    messages = [json.loads(process.stdout.readline()) for _ in range(3)]
    _, err = process.communicate()

    assert [next(iter(message.keys() & {"done", "saved", "error"})) for message in messages] == [
        "error",
        "saved",
        "done",
    ]
    assert process.returncode == 0
    assert err.startswith("1 answer in under a minute; 1 label is safe in ")
    assert [event.data["token"] for event in blobs.ledger.said] == [question["card"]]


@pytest.mark.slow
def test_a_stream_labels_the_whole_pool_with_its_learner_beside_it(stream, blobs):
    kinds = {blobs.dataset.item(row).id: blobs.true[row] for row in range(blobs.dataset.n_units)}
    blobs.layout.plan.unlink()
    process = stream()
    asked = []
    while not (message := json.loads(process.stdout.readline())).get("done"):
        if "saved" in message:
            continue
        asked.append(message["item"]["id"])
        process.stdin.write(json.dumps({"card": message["card"], "label": kinds[message["item"]["id"]]}) + "\n")
        process.stdin.flush()
    process.communicate()

    assert process.returncode == 0
    assert set(asked) == set(kinds)
    assert message["progress"]["left"] == 0
    assert generation(blobs) >= 1


@pytest.mark.slow
def test_a_stream_whose_program_has_gone_does_not_wait_for_a_plan(stream, blobs):
    blobs.layout.plan.unlink()
    with hold(blobs.layout.locks / "learner", "the learner", "now"):
        process = stream()
        out, _ = process.communicate(timeout=60)

    assert (process.returncode, out) == (0, "")


@pytest.mark.slow
def test_a_stream_that_was_killed_holds_its_card(stream, asked):
    process = stream()
    question = json.loads(process.stdout.readline())
    process.kill()
    process.wait()

    assert asked()["card"] == question["card"]
