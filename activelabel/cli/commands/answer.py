"""`answer`: one answer from a program, on disk when this has printed it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from activelabel.cli.commands.label import who_answers
from activelabel.cli.commands.next import errors_as_json, one_call, said_as_json
from activelabel.cli.console import open_streams
from activelabel.errors import WrongUse
from activelabel.project.config import read_config
from activelabel.project.layout import find_project
from activelabel.session.dialogue.said import LONGEST

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["run"]


def run(message: str, project: Path | None, *, annotator: str, as_json: bool) -> None:
    """Record the answer in a message, or on standard input where there is none, and print what was saved.

    Raises
    ------
    WrongUse
        If it is no answer, or one that its card cannot have.
    StaleCard
        If its card is not asked any more.
    """
    streams = open_streams()
    with errors_as_json(streams, wanted=as_json):
        layout = find_project(project)
        who = who_answers(annotator, read_config(layout.config).annotator)
        text = message or _from_standard_input()
        with one_call(layout, who) as dialogue:
            said_as_json(streams, dialogue.answer(text))


def _from_standard_input() -> bytes:
    if sys.stdin.isatty():
        raise WrongUse("there is no answer", "give it as JSON after the command, or on standard input")
    return sys.stdin.buffer.read(LONGEST + 1)
