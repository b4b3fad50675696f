"""docs/pipe-protocol.md: real messages fit the schema, the examples run."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter

import jsonschema
import pytest
from support.readme import ROOT

from activelabel import errors
from activelabel.session.dialogue.messages import error_message

PAGE = (ROOT / "docs" / "pipe-protocol.md").read_text(encoding="utf-8")
SCHEMA = json.loads((ROOT / "docs" / "pipe-protocol.schema.json").read_text(encoding="utf-8"))


def fits(message, name):
    """Say whether a message is one of those that are called so."""
    one = {"$defs": SCHEMA["$defs"], "$ref": f"#/$defs/{name}"}
    return jsonschema.Draft202012Validator(one).is_valid(message)


def example(kind):
    return re.search(rf"<!-- {kind} -->\n```\w+\n(.*?)```", PAGE, flags=re.DOTALL)[1]


@pytest.fixture
def penguins(activelabel, tmp_path):
    """A project of the bundled penguins, and a folder with the program to call by its name."""
    data = ROOT / "sample_data" / "penguins.csv"
    activelabel(
        "init", data, "--ignore", "label", "--classes", "Adelie,Chinstrap,Gentoo", "--project", tmp_path / "penguins"
    )
    program = tmp_path / "bin" / "activelabel"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m activelabel "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path / "penguins"


def run(arguments, penguins):
    path = f"{penguins.parent / 'bin'}:{os.environ['PATH']}"
    return subprocess.run(
        [*map(str, arguments)], capture_output=True, text=True, check=True, env={**os.environ, "PATH": path}
    ).stdout.splitlines()


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_kind_of_message_has_a_schema_that_fits_no_other(command, blobs):
    root = ("--project", blobs.layout.root, "--annotator", "ann", "--json")

    def call(*arguments):
        return json.loads(command(*arguments, *root)[1][0])

    question = call("next")
    answer = {"card": question["card"], "label": "red", "seconds": 1, "note": "n", "new_class": False}
    undo = {"undo": True}
    saved, error = call("answer", json.dumps(answer)), call("answer", "{}")
    call("answer", json.dumps(undo))
    blobs.answer(range(blobs.dataset.n_units))
    done = call("next", "--no-learn")
    messages = {"question": question, "answer": answer, "undo": undo, "saved": saved, "error": error, "done": done}

    assert {(one, other) for one in messages for other in messages if fits(messages[one], other)} == {
        (name, name) for name in messages
    }


@pytest.mark.parametrize(
    "message",
    [
        {"card": "t"},
        {"card": "t", "label": "ham", "skip": True},
        {"card": "t", "skip": False},
        {"card": "t", "skip": True, "new_class": True},
        {"card": "t", "label": "ham", "seconds": -1},
        {"undo": True, "card": "t"},
    ],
)
def test_the_schema_refuses_what_the_program_refuses(message):
    assert not fits(message, "answer")
    assert not fits(message, "undo")


def test_the_page_names_every_field():
    fields = {field for part in SCHEMA["$defs"].values() for field in part.get("properties", {})}

    assert {field for field in fields if f"`{field}`" not in PAGE and f'"{field}"' not in PAGE} == set()


def test_the_page_and_the_schema_name_every_kind_of_error_with_its_exit_code():
    failures = [getattr(errors, name) for name in errors.__all__ if name not in {"ActivelabelError", "BUG_EXIT_CODE"}]
    codes = {error_message(failure(""))["error"]["kind"]: str(failure.exit_code) for failure in failures}
    rows = [line.split("|")[1:3] for line in PAGE.partition("## An error")[2].splitlines() if line.startswith("| `")]

    assert {kind: code.strip() for kinds, code in rows for kind in re.findall("`(.*?)`", kinds)} == codes
    assert set(SCHEMA["$defs"]["error"]["properties"]["error"]["properties"]["kind"]["enum"]) == codes.keys()


@pytest.mark.slow
def test_the_script_labels_forty_penguins_by_its_rule(penguins, tmp_path):
    script = tmp_path / "rule.py"
    script.write_text(example("script"), encoding="utf-8")
    printed = run([sys.executable, script, penguins], penguins)
    status = run(["activelabel", "status", "--json", "--project", penguins], penguins)
    answers = json.loads("\n".join(status))["answers"]

    assert len(printed) == answers["labels"] + answers["not_sure"] == 40
    assert all(count > 0 for count in Counter(answers["by_class"]).values())
    assert example("script").count("\n") <= 30


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("jq") is None, reason="the example is for jq")
def test_the_shell_script_answers_six_times(penguins):
    printed = run(["sh", "-e", "-c", example("shell"), "sh", penguins], penguins)

    assert len(printed) == 6
    assert {line.split(" = ")[1] for line in printed} <= {"Adelie", "Gentoo"}
