import runpy
from pathlib import Path

import pytest
from support.terminal import Terminal

PLAY = Path(__file__).with_name("play.py")


@pytest.fixture
def digit():
    """The pixels of the session's digit, row by row."""
    return runpy.run_path(str(PLAY))["DIGIT"]


@pytest.fixture
def play():
    """Start the session script in a terminal; all are ended with the test."""
    terminals = []

    def start(*arguments, size=(80, 24), **environ):
        terminals.append(Terminal([PLAY, *arguments], *size, environ))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.child.close(force=True)
