"""`label`: a session of one annotator, with keys at a terminal or with lines from a file."""

from __future__ import annotations

import getpass
import sys
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeAlias

from activelabel.cli.console import open_streams
from activelabel.cli.first_hints import FirstHints
from activelabel.cli.lines import LinesAnnotator
from activelabel.cli.manner import Manner, silent
from activelabel.cli.rebinding import key_table
from activelabel.cli.render.progress import time_words
from activelabel.cli.terminal import TerminalAnnotator, check_terminal
from activelabel.errors import BadData, ProjectError, WrongUse
from activelabel.project.claims import Claims
from activelabel.project.config import read_config
from activelabel.project.layout import find_project
from activelabel.project.locks import hold
from activelabel.project.plan import PlanReader
from activelabel.project.store import Store
from activelabel.project.wording import counted
from activelabel.session.asker import Asker
from activelabel.session.background import Background
from activelabel.session.classes.names import checked_annotator
from activelabel.session.clock import utc_now
from activelabel.session.loop import run as run_session
from activelabel.session.pacing.aims import Aims
from activelabel.session.pacing.targets import Targets, seconds_in, share_in
from activelabel.session.parts import EMPTY, EVERYTHING, check_part
from activelabel.session.resume import what_has_changed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from activelabel.cli.console import Streams
    from activelabel.project.config import Config
    from activelabel.project.layout import Layout
    from activelabel.records.cards import Card
    from activelabel.session.annotator import Aids, Annotator
    from activelabel.session.outcome import Outcome
    from activelabel.session.parts import Part
    from activelabel.session.replies import Reply
    from activelabel.session.review import Review

__all__ = ["Ends", "How", "Session", "Waking", "at_the_terminal", "hold_session", "replying", "run", "who_answers"]

MakeAnnotator: TypeAlias = "Callable[[Aids], AbstractContextManager[Annotator]]"


class Session:
    """An open project with an asker and a learner, for as long as the block runs.

    Parameters
    ----------
    layout
        The project.
    annotator
        Who answers.
    part
        What to ask about.
    targets
        What it may end by.
    """

    def __init__(self, layout: Layout, annotator: str, part: Part = EVERYTHING, targets: Targets | None = None) -> None:
        self._layout = layout.part(part.key)
        self._annotator = annotator
        self._part = part
        self._aims = Aims(annotator, targets)
        self._stack = ExitStack()

    def __enter__(self) -> Session:
        with ExitStack() as stack:
            lock = self._layout.annotator_lock(self._annotator)
            stack.enter_context(hold(lock, f"a session of {self._annotator}", utc_now()))
            store = stack.enter_context(Store(self._layout.labels))
            claims = Claims(self._layout.claims)
            stack.callback(claims.close)
            plans = PlanReader(self._layout)
            self.asker = Asker(store, plans, claims, self._annotator, utc_now)
            self.asker.aims = self._aims
            self._check_audit()
            check_part(self._part, self.asker.ledger, self._layout.cache)
            if self.asker.plan and self.asker.plan.part and not self.asker.plan.part.units:
                plans.discard()  # what the model suggests may have changed since
            self.asker.message = what_has_changed(self.asker.ledger, self.asker.plan, utc_now())
            self._given = self.asker.answers_given()
            stack.callback(self.asker.leave)
            self._background = Background(self._layout, self._part)
            self._background.start()
            stack.callback(self._background.stop)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    def wait_for_questions(self, waiting: Callable[[], AbstractContextManager[None]]) -> None:
        """Wait for the first plan, if there is none yet, in the context that `waiting` returns.

        Raises
        ------
        ProjectError
            If there is nothing in the part that is asked about, or the learner cannot work.
        """
        if self.asker.plan is None:
            with waiting():
                self._background.wait_for_plan(self.asker)
        if self.asker.plan and self.asker.plan.part and not self.asker.plan.part.units:
            raise ProjectError(f"{EMPTY}: {self._part.words}", "ask about another part, or about everything")

    def take(self, annotator: Annotator, limit: int | None) -> int:
        """Ask until there is no more to ask or to answer; return how many answers were taken."""

        def refill() -> bool:
            return self._background.wait_for_plan(self.asker)

        self._aims.limit = limit
        questions = Waking(self.asker, self._background)
        taken = run_session(questions, annotator, self._aims.watch, limit, refill, self.asker.is_over)
        self._aims.ended(taken, self.asker.ledger, self.asker.plan)
        return taken

    @property
    def background(self) -> Background:
        """The learner of this session."""
        return self._background

    def farewell(self) -> str:
        """Return why it ended, what was done, and the command that goes on."""
        here, labels = self.asker.answers_given() - self._given, sum(self.asker.ledger.counts.values())
        spent = time_words(self._aims.watch.spent())
        safe = f"{counted(labels, 'label is', 'labels are')} safe in {self._layout.root}"
        done = self.asker.plan is not None and not self.asker.more_to_come()
        part = f" in the part {self._part.words}" if self._part else ""
        command = f"activelabel label --project {self._layout.root} {self._part.options}".rstrip()
        more = f"nothing is left to ask{part}" if done else f"go on with: {command}"
        short = self._aims.still_short(self.asker.ledger)
        said = f"{counted(here, 'answer')}{part} in {spent}; {safe}"
        return "\n".join(filter(None, [self._aims.reason, short, said, more]))

    def _check_audit(self) -> None:
        settings = self.asker.ledger.settings
        if self._aims.targets.until is not None and settings and not settings.audit:
            hint = "only questions drawn at random say how right a model is: make the project with --audit 0.2"
            raise WrongUse("--until in a project that draws none", hint)


class Waking:
    """The questions of an asker, or of a review over one, waking the learner after each answer."""

    def __init__(self, asker: Asker | Review, background: Background) -> None:
        self._asker = asker
        self._background = background
        self.ask = asker.ask
        self.progress = asker.progress

    def tell(self, card: Card, reply: Reply, seconds: float) -> Outcome:
        """Record a reply, then tell the learner; should it have died, the next card says so once."""
        outcome = self._asker.tell(card, reply, seconds)
        if died := self._background.wake():
            self._asker.message = died
        return outcome


@dataclass(frozen=True, slots=True)
class How:
    """How a person answers: with keys, or with the lines of `answers`, a file or - where it is not empty.

    plain writes one fact a line; new_classes adds a class that a line names and nobody knows.
    """

    plain: bool = False
    answers: str = ""
    new_classes: bool = False


@dataclass(frozen=True, slots=True)
class Ends:
    """By what a session may end, as it was typed: nothing of what is empty, or 0."""

    most: int = 0
    budget: str = ""
    until: str = ""
    at_least: int = 0


def run(project: Path | None, *, annotator: str, ends: Ends, how: How, part: Part = EVERYTHING) -> None:
    """Hold a session: take answers from the keys, or from lines, until there are no more or an end is met."""
    streams = open_streams()
    layout = find_project(project)
    config = read_config(layout.config)
    targets = Targets(
        budget=seconds_in(ends.budget or config.budget),
        until=share_in(ends.until or config.until),
        at_least=ends.at_least or config.at_least or None,
    )
    session = Session(layout, who_answers(annotator, config.annotator), part, targets)
    with replying(how, layout, config, streams) as make:
        hold_session(session, make, streams, ends.most or config.max or None)


@contextmanager
def replying(how: How, layout: Layout, config: Config, streams: Streams) -> Iterator[MakeAnnotator]:
    """Yield what makes the annotator that a person asked for.

    Raises
    ------
    WrongUse
        If there are to be keys and there is no terminal, or the keys of the configuration cannot be bound.
    BadData
        If the file of answers cannot be read.
    """
    keys = key_table(config.keys, layout.config)
    plain = how.plain or config.plain
    if not how.answers:
        guide = FirstHints(keys) if config.hints else silent
        yield at_the_terminal(streams, Manner(plain, config.pictures, layout.views, keys, guide))
        return
    with _lines(how.answers) as lines:
        script = LinesAnnotator(lines, plain=plain, new_classes=how.new_classes, data=streams.data)
        yield lambda _: nullcontext(script)


def at_the_terminal(streams: Streams, manner: Manner) -> MakeAnnotator:
    """Return what makes an annotator of the person at this terminal.

    Raises
    ------
    WrongUse
        If there is no terminal.
    """
    check_terminal(streams.talk, sys.stdin)
    return lambda aids: TerminalAnnotator(streams.talk, sys.stdin, aids, manner, streams.data)


def hold_session(session: Session, make: MakeAnnotator, streams: Streams, limit: int | None) -> None:
    """Open the session, take the replies, and say at the end, however it comes, what is safe and how to go on."""
    with session, ExitStack() as stack:
        session.wait_for_questions(partial(_choosing, streams))
        stack.callback(lambda: streams.say(session.farewell()))
        session.take(stack.enter_context(make(session.asker)), limit)


def who_answers(*names: str) -> str:
    """Return the first name that is not empty, else the name of the user.

    Raises
    ------
    WrongUse
        If it cannot be the name of an annotator.
    """
    named = next(filter(None, names), "")
    if named:
        return checked_annotator(named)
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "annotator"


def _choosing(streams: Streams) -> AbstractContextManager[None]:
    # rich.progress takes as long to load as a card to draw, and a resumed project has nothing to wait for
    from activelabel.cli.progress_bar import waiting

    return waiting(streams.talk, "choosing questions")


def _lines(answers: str) -> AbstractContextManager[TextIO]:
    if answers == "-":
        return nullcontext(sys.stdin)
    try:
        return Path(answers).open(encoding="utf-8")
    except OSError as error:
        raise BadData(f"cannot be read ({error.strerror}): {answers}", "give a file of answers, or -") from None
