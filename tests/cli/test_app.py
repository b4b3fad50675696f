"""The command line as a whole: help, what it loads, and what it says when it is used wrongly."""

import shlex
import shutil
import subprocess
import sys
from inspect import unwrap

import pytest
from support.terminal import ROOT
from typer.main import get_command

from activelabel.cli.app import app
from activelabel.cli.options import START

COMMANDS = get_command(app).commands
HEAVY = ("numpy", "pandas", "pyarrow", "sklearn", "scipy", "PIL", "skrub", "skimage", "pydantic", "rich.progress")


def loaded_by(*arguments):
    """Return which libraries that no card needs a command has loaded when it ends."""
    script = (
        "import sys\nfrom activelabel.cli.app import app\nfrom activelabel.cli.guard import run\n"
        f"code = run(lambda: app({[str(each) for each in arguments]!r}, standalone_mode=False))\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\nsys.exit(code)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    return ended.stderr.splitlines()[-1]


def leaves(commands):
    """Yield the names that lead to each command that does something, with the command."""
    for name, command in commands.items():
        yield (name,), command
        for below, leaf in leaves(getattr(command, "commands", {})):
            yield (name, *below), leaf


EVERY_COMMAND = [*leaves(COMMANDS)]
every_command = pytest.mark.parametrize(("names", "known"), EVERY_COMMAND, ids=[" ".join(n) for n, _ in EVERY_COMMAND])


def example_of(known):
    return shlex.split((known.epilog or "").removeprefix("Example: "))


@every_command
def test_every_command_has_an_example_that_it_understands(names, known):
    program, *arguments = example_of(known)

    assert program == "activelabel"
    assert arguments[: len(names)] == [*names]
    known.make_context(names[-1], arguments[len(names) :], resilient_parsing=False).close()


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_says_when_one_uses_it_and_ends_with_the_example(command, name):
    code, lines, _ = command(name, "--help")
    written = [line.strip() for line in lines if line.strip()]

    assert code == 0
    assert "\n\n" in COMMANDS[name].help.strip()
    assert COMMANDS[name].epilog.startswith(f"Example: activelabel {name}")
    assert " ".join(written).endswith(COMMANDS[name].epilog)


def test_the_help_begins_with_where_to_start(command):
    _, lines, _ = command("--help")
    groups = [line.split("─ ")[1].split(" ─")[0] for line in lines if line.startswith("╭─ ")]

    assert groups[:2] == ["Options", START]
    started = [name for name, known in COMMANDS.items() if known.rich_help_panel == START]
    assert sorted(started) == ["demo", "init", "label", "report"]
    assert all(known.rich_help_panel for known in COMMANDS.values())


@pytest.mark.slow
def test_the_examples_do_on_the_sample_data_what_they_say(command, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data", ignore=shutil.ignore_patterns("digits"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answers").write_text(":new Adelie\n:new Gentoo\nAdelie\nGentoo\n", encoding="utf-8")
    for name in ("init", "label", "status", "undo", "report", "export", "config", "algorithms"):
        lines = ["--answers", "answers"] if name == "label" else []
        code, _, errors = command(*example_of(COMMANDS[name])[1:], *lines)

        assert code == 0, errors


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


@every_command
def test_no_option_is_annotated_by_text_that_typer_would_evaluate_again_and_again(names, known):
    annotated = unwrap(known.callback).__annotations__

    assert [option for option, kind in annotated.items() if isinstance(kind, str)] == []


@pytest.mark.slow
def test_help_loads_nothing_that_would_slow_it():
    assert loaded_by("--help") == "[]"


@pytest.mark.slow
def test_a_session_loads_nothing_that_would_slow_its_first_card(blobs, tmp_path):
    answers = tmp_path / "answers.txt"
    answers.write_text("red\n:skip\n:undo\n", encoding="utf-8")

    assert loaded_by("label", "--project", blobs.layout.root, "--answers", answers, "--plain") == "[]"
