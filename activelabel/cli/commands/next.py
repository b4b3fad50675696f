"""`next`: one question for a program, or a conversation with one."""

from __future__ import annotations

import json
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from activelabel.cli.commands.label import Session, Waking, who_answers
from activelabel.cli.console import open_streams
from activelabel.cli.incoming import Incoming
from activelabel.cli.page import card_lines
from activelabel.cli.render.reasons import suggestion_words, why_words
from activelabel.errors import ActivelabelError, ProjectError, WrongUse
from activelabel.project.claims import Claims
from activelabel.project.config import read_config
from activelabel.project.layout import find_project
from activelabel.project.locks import hold
from activelabel.project.plan import PlanReader
from activelabel.project.store import Store
from activelabel.session.asker import Asker
from activelabel.session.clock import utc_now
from activelabel.session.dialogue.dialogue import Dialogue, converse
from activelabel.session.dialogue.held import Held
from activelabel.session.dialogue.messages import Voice, error_message
from activelabel.session.learner import step_once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from activelabel.cli.console import Streams
    from activelabel.project.layout import Layout
    from activelabel.session.dialogue.messages import Message

__all__ = ["Wish", "errors_as_json", "one_call", "run", "said_as_json"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wished of a question: its form, whether to go on, whether anew, whether to learn first."""

    as_json: bool = False
    stream: bool = False
    fresh: bool = False
    learn: bool = True


def run(project: Path | None, wish: Wish, *, annotator: str) -> None:
    """Print the card that is held, else the next one; with `wish.stream`, ask and take answers until they end."""
    streams = open_streams()
    with errors_as_json(streams, wanted=wish.as_json or wish.stream):
        if wish.stream and not wish.learn:
            raise WrongUse("--no-learn beside --stream", "a stream has its learner beside it, and never waits for it")
        layout = find_project(project)
        who = who_answers(annotator, read_config(layout.config).annotator)
        if wish.stream:
            _hold_stream(layout, who, streams, fresh=wish.fresh)
            return
        with one_call(layout, who) as dialogue:
            if wish.fresh:
                dialogue.give_back()
            question = _question(dialogue, layout, learn=wish.learn)
            if wish.as_json:
                said_as_json(streams, question)
                return
            for line in _lines(dialogue):
                streams.emit(line)


@contextmanager
def one_call(layout: Layout, annotator: str) -> Iterator[Dialogue]:
    """Yield the annotator's side of a project for the length of one call: no learner, and what is held stays held.

    Raises
    ------
    ProjectLocked
        If a session of this annotator is open.
    """
    with ExitStack() as stack:
        stack.enter_context(hold(layout.annotator_lock(annotator), f"a session of {annotator}", utc_now()))
        store = stack.enter_context(Store(layout.labels))
        claims = _claims(layout, stack)
        asker = Asker(store, PlanReader(layout), claims, annotator, utc_now)
        yield Dialogue(asker, Held(claims, annotator), _voice(layout), time.time)


@contextmanager
def errors_as_json(streams: Streams, *, wanted: bool) -> Iterator[None]:
    """Write an expected failure to standard output too, where that is wanted, before it goes its way."""
    try:
        yield
    except ActivelabelError as error:
        if wanted:
            said_as_json(streams, error_message(error))
        raise


def said_as_json(streams: Streams, message: Message) -> None:
    """Write a message as one line; in ASCII, which every locale can carry and no terminal obeys."""
    streams.emit(json.dumps(message, ensure_ascii=True))


def _question(dialogue: Dialogue, layout: Layout, *, learn: bool) -> Message:
    """Return the question, after a step of the learner where one is due.

    Raises
    ------
    ProjectError
        If there is no card now.
    """
    trouble = None
    if learn and dialogue.is_behind:
        try:
            step_once(layout)
        except ActivelabelError as error:
            trouble = error
            dialogue.announce(f"{error}; the cards that are planned can still be answered")
    question = dialogue.question()
    if question is None and learn and trouble is None and step_once(layout):
        question = dialogue.question()
    if question is None:
        hint = "ask again in a moment" if learn else "ask without --no-learn"
        raise trouble or ProjectError(f"no card is ready: {layout.root}", f"{hint}; what was answered is safe")
    return question


def _hold_stream(layout: Layout, annotator: str, streams: Streams, *, fresh: bool) -> None:
    with Session(layout, annotator) as session, ExitStack() as stack:
        stack.callback(lambda: streams.say(session.farewell()))
        held = Held(_claims(layout, stack), annotator)
        tell = Waking(session.asker, session.background).tell
        dialogue = Dialogue(session.asker, held, _voice(layout), time.time, tell)
        if fresh:
            dialogue.give_back()
        lines = Incoming(sys.stdin.fileno())

        def refill() -> bool:
            return session.background.wait_for_plan(session.asker, lambda: not lines.is_over)

        converse(dialogue, lines, lambda message: said_as_json(streams, message), refill)


def _claims(layout: Layout, stack: ExitStack) -> Claims:
    claims = Claims(layout.claims)
    stack.callback(claims.close)
    return claims


def _voice(layout: Layout) -> Voice:
    return Voice(why_words, suggestion_words, layout.views)


def _lines(dialogue: Dialogue) -> list[str]:
    if dialogue.card is None:
        return ["nothing is left to ask"]
    example = json.dumps({"card": dialogue.card.token, "label": "CLASS"})
    return [*card_lines(dialogue.card, dialogue.progress()), f"answer with: activelabel answer '{example}'"]
