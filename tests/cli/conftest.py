import io
from functools import partial

import pytest
from support import play as script
from support.forked import Forked
from support.terminal import Terminal
from typer.main import get_command

from activelabel.cli.app import app
from activelabel.cli.guard import run

PROGRAM = get_command(app)  # Typer makes it anew at each call of the app


@pytest.fixture
def digit():
    """The pixels of the session's digit, row by row."""
    return script.DIGIT


@pytest.fixture
def play():
    """Start the session script in a terminal; all are ended with the test."""
    terminals = []

    def start(*arguments, size=(80, 24), **environ):
        terminals.append(Terminal(arguments, *size, environ, partial(Forked, script.main)))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.child.close(force=True)


class Screen(io.StringIO):
    """What is written to a terminal."""

    def isatty(self):
        return True


@pytest.fixture
def screen(monkeypatch):
    """Return a terminal to redirect the standard error of a command in this process to."""
    monkeypatch.setenv("TERM", "xterm-256color")
    return Screen()


@pytest.fixture
def command(capsys):
    """Run a command in this process and return its exit code and the lines of its output and of its errors."""

    def start(*arguments):
        capsys.readouterr()
        code = run(lambda: PROGRAM([str(argument) for argument in arguments], standalone_mode=False))
        written = capsys.readouterr()
        return code, written.out.splitlines(), written.err.splitlines()

    return start


@pytest.fixture
def refused(command):
    """Run a command that must fail as an expected failure does; return its code, what is wrong and what to do."""

    def start(*arguments):
        code, _, lines = command(*arguments)
        assert [line.partition(": ")[0] for line in lines[-2:]] == ["error", "hint"], lines
        return code, *(line.partition(": ")[2] for line in lines[-2:])

    return start


@pytest.fixture
def lines(tmp_path):
    """Write lines to a file of answers."""

    def write(*each):
        path = tmp_path / "answers.txt"
        path.write_text("".join(f"{line}\n" for line in each), encoding="utf-8")
        return path

    return write
