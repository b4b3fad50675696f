"""`demo`: handwritten digits, drawn in the terminal; the road of `init` and `label`, with nothing to set up."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from activelabel.cli.commands.label import Session, at_the_terminal, hold_session, who_answers
from activelabel.cli.commands.report import Wanted, report
from activelabel.cli.console import open_streams
from activelabel.cli.manner import Manner
from activelabel.cli.page import item_line, saved_line
from activelabel.cli.rebinding import key_table
from activelabel.cli.render.progress import accuracy_words
from activelabel.cli.tour import LENGTH, Tour
from activelabel.project.config import read_config
from activelabel.project.layout import Layout
from activelabel.project.wording import counted

if TYPE_CHECKING:
    from activelabel.cli.console import Streams

__all__ = ["run"]

CLASSES = tuple("0123456789")
PLAYED = 30  # answers when it plays itself
LOOK_EVERY = 6  # answers between two looks at how good the model is by then
YOUR_OWN = """\
with data of your own:
  activelabel init DATA  make a project
  activelabel label      answer, or go on
  activelabel report     see how good\
"""


def run(project: Path, *, plain: bool) -> None:
    """Let a person label digits and tell what is what on the way, or, without a terminal, play with the known answers.

    Either ends with the report, and with what to type for data of one's own.
    """
    streams = open_streams()
    layout = Layout(project)
    if not layout.labels.exists():
        streams.say("reading 1,797 handwritten digits ...")
        _create(project)
    config = read_config(layout.config)
    plain = plain or config.plain
    if sys.stdin.isatty() and streams.talk.file.isatty():
        keys = key_table(config.keys, layout.config)
        manner = Manner(plain, config.pictures, keys=keys, guide=Tour(keys))
        hold_session(Session(layout, who_answers()), at_the_terminal(streams, manner), streams, LENGTH)
    else:
        _play(layout, streams)
    streams.say(f"activelabel report --project {project}:")
    report(project, Wanted(plain=plain))
    streams.say(YOUR_OWN)


def digits() -> Path:
    """Return where the bundled digits are: beside the package as installed, or in the folder it is developed in."""
    bundled = Path(str(files("activelabel"))) / "sample_data" / "digits.csv"
    return bundled if bundled.exists() else bundled.parents[2] / "sample_data" / "digits.csv"


def _create(project: Path) -> None:
    from activelabel.project.inspection import Wishes, inspect
    from activelabel.session.setup import create_project

    # the right answers are in the file: they measure the model, and are neither shown nor learnt from
    settings = inspect(digits(), Wishes(pixels=(8, 8), known="label")).settings
    create_project(project, replace(settings, data=str(digits())), CLASSES, who_answers())


def _play(layout: Layout, streams: Streams) -> None:
    from activelabel.project.claims import Claims
    from activelabel.project.plan import PlanReader
    from activelabel.project.store import Store
    from activelabel.session.asker import Asker
    from activelabel.session.clock import utc_now
    from activelabel.session.instep import GoldAnnotator, InStep
    from activelabel.session.learner import Learner
    from activelabel.session.loop import run as run_session

    with ExitStack() as stack:
        store = stack.enter_context(Store(layout.labels))
        claims = Claims(layout.claims)
        stack.callback(claims.close)
        learner = Learner(layout)
        stack.callback(learner.close)
        asker = Asker(store, PlanReader(layout), claims, who_answers(), utc_now)
        learner.step()

        def show(item_id: str, said: str) -> None:
            streams.emit(item_line(item_id))
            streams.emit(saved_line(item_id, said))

        for _ in range(PLAYED // LOOK_EVERY):
            gold = GoldAnnotator(learner.known_answers(), show)
            run_session(InStep(asker, learner, LOOK_EVERY), gold, time.monotonic, LOOK_EVERY)
            learner.step()
            asker.look_again()
            progress = asker.progress()
            streams.emit(f"{counted(progress.answered, 'answer')}: {accuracy_words(progress)}")
