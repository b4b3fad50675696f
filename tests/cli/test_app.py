"""The command line as a whole: help, what it loads, and what it says when it is used wrongly."""

import subprocess
import sys

import pytest

from activelabel.cli.app import app

COMMANDS = [known.callback.__name__ for known in app.registered_commands]
HEAVY = ("numpy", "pandas", "pyarrow", "sklearn", "scipy", "PIL", "skrub", "skimage")


def loaded_by(*arguments):
    """Return which of the heavy libraries a command has loaded when it ends."""
    script = (
        "import sys\nfrom activelabel.cli.app import app\nfrom activelabel.cli.guard import run\n"
        f"code = run(lambda: app({[str(each) for each in arguments]!r}, standalone_mode=False))\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\nsys.exit(code)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    return ended.stderr.splitlines()[-1]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_ends_with_an_example(command, name):
    code, lines, _ = command(name, "--help")
    written = [line.strip() for line in lines if line.strip()]

    assert code == 0
    assert f"Example: activelabel {name}" in " ".join(written[-2:])


def test_without_a_command_the_help_is_shown_and_that_one_is_missing_is_said(command):
    code, lines, errors = command()

    assert code == 2
    assert "simulate" in "\n".join(lines)
    assert errors[0] == "error: no command is given"


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["init"], ["label", "--max", "x"], ["undo", "0"], ["status", "-q"]]
)
def test_wrong_use_is_two_lines_and_the_code_2(refused, arguments):
    assert refused(*arguments)[0] == 2


@pytest.mark.parametrize("name", ["status", "label", "report", "undo", "config"])
def test_where_no_project_is_nothing_is_made(refused, tmp_path, name):
    code, what, _ = refused(name, "--project", tmp_path)

    assert (code, what) == (2, f"no activelabel project here: {tmp_path}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_help_loads_no_numeric_library():
    assert loaded_by("--help") == "[]"


@pytest.mark.slow
def test_a_session_loads_no_numeric_library(blobs, tmp_path):
    answers = tmp_path / "answers.txt"
    answers.write_text("red\n:skip\n:undo\n", encoding="utf-8")

    assert loaded_by("label", "--project", blobs.layout.root, "--answers", answers, "--plain") == "[]"
