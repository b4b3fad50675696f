"""Completion as the shell asks for it: by environment variables, in a process of its own or in this one."""

import os
import subprocess
import sys

import pytest

from activelabel.cli.app import app
from activelabel.learning.registry import names


@pytest.fixture
def completed(monkeypatch, capsys, tmp_path):
    """Return what bash is offered for the last word of a line."""
    monkeypatch.chdir(tmp_path)

    def start(line):
        words = line.split(" ")
        monkeypatch.setenv("_ACTIVELABEL_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
        capsys.readouterr()
        with pytest.raises(SystemExit):
            app(prog_name="activelabel")
        return capsys.readouterr().out.split()

    return start


@pytest.mark.parametrize("kind", ["clusterer", "strategy", "propagator", "learner"])
def test_every_algorithm_is_offered_by_name(completed, kind):
    assert completed(f"activelabel init data.csv --{kind} ") == [*names(kind)]
    assert completed(f"activelabel simulate data.csv --{kind} default,")[0] == f"default,{names(kind)[1]}"


def test_a_list_goes_on_after_its_last_comma_and_offers_nothing_twice(completed):
    offered = completed("activelabel simulate data.csv --strategy margin,random,mar")

    assert "margin,random,margin" not in offered
    assert completed("activelabel simulate x --strategy random,marg") == ["random,margin", "random,margin-diversity"]
    assert completed("activelabel init x --strategy random,marg") == []


def test_projects_are_offered_and_other_folders_are_not(completed, tmp_path):
    for name in ("birds", "bats", "work/bees"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "labels.db").touch()
    (tmp_path / "bananas").mkdir()

    assert completed("activelabel label --project b") == ["bats", "birds"]
    assert completed("activelabel status -p work/") == ["work/bees"]
    assert completed("activelabel status -p nowhere/") == []


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("export ", ["labels.csv", "labels.tsv", "labels.jsonl", "labels.parquet"]),
        ("export mine", ["mine.csv", "mine.tsv", "mine.jsonl", "mine.parquet"]),
        ("export out/mine.p", ["out/mine.parquet"]),
        ("export x.csv --what p", ["propagated", "predicted"]),
        ("init x --optimise ", ["accuracy", "macro-f1", "recall:"]),
    ],
)
def test_what_else_has_names_is_offered(completed, line, offered):
    assert completed(f"activelabel {line}") == offered


def test_the_classes_of_the_project_are_offered(completed, blobs):
    root = blobs.layout.root

    assert completed(f"activelabel classes rename --project {root} ") == ["red", "green", "blue"]
    assert completed(f"activelabel classes merge -p {root} red gr") == ["green"]
    assert completed("activelabel classes rename ") == []


@pytest.mark.slow
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_answered_without_a_numeric_library(shell):
    line = "activelabel init data.csv --learner g"
    environ = {
        "_ACTIVELABEL_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "COMP_WORDS": line,
        "COMP_CWORD": "4",
    }
    script = (
        "import sys, atexit\nfrom activelabel.cli.app import app\n"
        "atexit.register(lambda: print([n for n in ('numpy', 'sklearn') if n in sys.modules], file=sys.stderr))\n"
        "app(prog_name='activelabel')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, **environ}, capture_output=True, text=True, check=False
    )

    assert "gradient-boosted-trees" in done.stdout
    assert done.stderr.splitlines()[-1] == "[]"
