"""What the same number of answers would have given, had they been chosen otherwise, as far as the answers can tell.

The audit sample is a random sample: its first answers are what a random choice would have got. Any other strategy is
replayed among rows whose answer is known. Every model is judged by audit answers of a fold that it has neither been
fitted on nor, in a replay, chosen by; what is left out of it, the next answers in line make up for, so that both sides
of a comparison have learnt from the same number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, count
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.accuracy import cross_fit, fold_of
from activelabel.learning.near_duplicates import originals_of
from activelabel.learning.what_if import AUDITED_FROM, Otherwise, Trial
from activelabel.session.answers import audited, gathered, hinted
from activelabel.session.course import BATCH
from activelabel.session.judging.assessment import checkpoint_sizes, in_order
from activelabel.session.lessons import Spread
from activelabel.session.pipeline import first_batch, learn
from activelabel.session.queue import is_audit_turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from activelabel.project.ledger import Ledger
    from activelabel.session.lessons import Answers, Ground, Lesson
    from activelabel.session.workshop import Workshop

    Rows = NDArray[np.intp]
    Teach = Callable[[Rows], Iterator[Lesson]]

__all__ = ["Told", "otherwise", "what_if"]

SIZES = 4
"""Numbers of answers at which strategies are compared: the largest that is possible, and three before it."""

FOLDS = 5

RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered, as a replay needs it.

    Attributes
    ----------
    answers
        All labels of single items, those that came with the data among them, and what the names of classes say; what
        was said to whole clusters is not: it cannot be asked otherwise.
    order
        Shape (m,): the rows that people labelled, in the order in which they did.
    audit
        Shape (a,): those of the audit sample, in audit order.
    share
        Share of cards that audit.
    population
        Units that the audit sample was drawn from.
    """

    answers: Answers
    order: Rows
    audit: Rows
    share: float
    population: int

    def given(self, kept: Rows) -> Rows:
        """Return those of some rows whose label came with the data: whoever had chosen, it would have been there."""
        return kept[~np.isin(kept, self.order)]

    def of(self, rows: Rows) -> Answers:
        """Return the labels of some rows."""
        kept = np.isin(self.answers.rows, rows)
        return replace(self.answers, rows=self.answers.rows[kept], labels=self.answers.labels[kept])


def what_if(
    workshop: Workshop,
    ledger: Ledger,
    strategies: Sequence[str],
    on_step: Callable[[int], None] = lambda done: None,
) -> tuple[Otherwise, ...]:
    """Return for each strategy what it would have made of as many answers.

    Parameters
    ----------
    workshop, ledger
        The data, and what was said about it.
    strategies
        Known names; ``random`` is judged without a replay.
    on_step
        Told how many models were fitted so far.
    """
    answers = gathered(workshop, ledger)
    nothing = np.empty(0, dtype=np.intp)
    hints = hinted(workshop, ledger, replace(answers, rows=nothing, labels=nothing)).hints
    audit = audited(workshop, ledger, answers)
    share = ledger.settings.audit if ledger.settings else 0.0
    bare = replace(answers, hints=hints, spread=Spread())
    told = Told(bare, in_order(workshop, ledger), audit.rows, share, audit.population)
    done = count(1)
    return otherwise(workshop.ground, told, strategies, lambda: on_step(next(done)))


def otherwise(
    ground: Ground, told: Told, strategies: Sequence[str], on_model: Callable[[], None] = lambda: None
) -> tuple[Otherwise, ...]:
    """Return what each strategy would have made of the answers.

    Parameters
    ----------
    ground, told
        What is learnt from.
    strategies
        Their names.
    on_model
        Called after every model that was fitted.
    """

    @cache
    def asked(sizes: tuple[int, ...]) -> NDArray[np.bool_]:
        return _judged(ground, told, sizes, _in_line(ground, told, told.order, sizes, on_model))

    def other(strategy: str, sizes: tuple[int, ...]) -> NDArray[np.bool_]:
        if strategy == RANDOM:
            return _judged(ground, told, sizes, _in_line(ground, told, told.audit, sizes, on_model))
        named = replace(ground, algorithms=replace(ground.algorithms, strategy=strategy))
        return _judged(ground, told, sizes, _replayed(named, told, sizes, on_model))

    def compared(strategy: str) -> Otherwise:
        found = Otherwise(strategy, ground.algorithms.strategy, len(told.order), len(told.audit), told.population)
        most = _most(ground, told, strategy)
        if len(told.audit) < AUDITED_FROM or most < BATCH:
            return found
        sizes = tuple(checkpoint_sizes(most, BATCH)[-SIZES:])
        return replace(found, trials=tuple(map(Trial, sizes, asked(sizes), other(strategy, sizes))))

    return tuple(map(compared, strategies))


def _most(ground: Ground, told: Told, strategy: str) -> int:
    """Return how many answers can be compared: all of the audit sample but a fold, or half of all that are known.

    Beyond half, every strategy would be given much the same rows.
    """
    if not len(told.audit):
        return 0
    line = told.audit if strategy == RANDOM else told.order
    judging = np.isin(ground.together[line], ground.together[told.audit])
    left_out = np.bincount(fold_of(ground.together[line[judging]], FOLDS)).max()
    least = len(line) - int(left_out)
    return least if strategy == RANDOM else min(least, len(line) // 2)


def _judged(ground: Ground, told: Told, sizes: Sequence[int], teach: Teach) -> NDArray[np.bool_]:
    """Return whether each audit row is predicted right by models that were taught without its fold, at each size."""
    predicted = np.full((len(sizes), len(ground.features)), -1)

    def refit(kept: NDArray[np.bool_], asked: Rows) -> Rows:
        for size, lesson in enumerate(teach(told.answers.rows[kept])):
            if lesson.predicted is not None:
                predicted[size, asked] = lesson.predicted[asked]
        return asked

    cross_fit(told.answers.rows, told.audit, refit, folds=FOLDS, groups=ground.together)
    truth = told.answers.labels[np.searchsorted(told.answers.rows, told.audit)]
    right: NDArray[np.bool_] = predicted[:, told.audit] == truth
    return right


def _in_line(ground: Ground, told: Told, line: Rows, sizes: Sequence[int], on_model: Callable[[], None]) -> Teach:
    """Return what learns from the first rows of a line, without those that were not kept."""

    def teach(kept: Rows) -> Iterator[Lesson]:
        given, rest = told.given(kept), line[np.isin(line, kept)]
        for size in sizes:
            yield learn(ground, told.of(np.concatenate([given, rest[:size]])), 0)
            on_model()

    return teach


def _replayed(ground: Ground, told: Told, sizes: Sequence[int], on_model: Callable[[], None]) -> Teach:
    """Return what asks by the strategy of the ground, among the kept rows, ten at a time."""

    def teach(kept: Rows) -> Iterator[Lesson]:
        replay = _Replay(ground, told, kept)
        on_model()
        for size in sizes:
            while len(replay.asked) < size:
                replay.go_on(min(BATCH, size - len(replay.asked)))
                on_model()
            yield replay.lesson

    return teach


class _Replay:
    """The questions that a strategy would have asked, could it choose among some known rows only.

    One question in a few is drawn at random, as in the project: the strategy is all that differs.
    """

    def __init__(self, ground: Ground, told: Told, kept: Rows) -> None:
        self._ground = ground
        self._told = told
        self._given = told.given(kept)
        self._line = told.order[np.isin(told.order, kept)].tolist()
        self._audit = told.audit[np.isin(told.audit, kept)].tolist()
        originals = originals_of(ground.features)
        # near duplicates are one row to whoever chooses: whichever of them is known answers for it
        self._place = np.arange(len(ground.features)) if originals is None else originals.place
        self._open = {self._place[row]: row for row in reversed(self._line)}
        self.asked: list[int] = []
        self.lesson = self._learn()

    def go_on(self, q: int) -> None:
        """Ask q questions more, and learn from their answers."""
        for _ in range(q):
            self.asked.append(self._next())
            self._open.pop(self._place[self.asked[-1]], None)
        self.lesson = self._learn()

    def _next(self) -> int:
        opening = first_batch(self._told.answers.n_classes)
        audit = is_audit_turn(self._ground.seed, len(self.asked), opening, self._told.share)
        ranked = (self._open.get(place) for place in self._place[self.lesson.questions].tolist())
        taken = set(self.asked)
        line = chain([] if audit else ranked, self._audit, self._line)
        return int(next(row for row in line if row is not None and row not in taken))

    def _learn(self) -> Lesson:
        known = self._told.of(np.concatenate([self._given, np.array(self.asked, dtype=np.intp)]))
        return learn(self._ground, replace(known, closed=~np.isin(self._place, list(self._open))), BATCH)
