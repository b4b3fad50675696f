"""One contender, one pool whose answers are known: what it asks, what it is told, what it learns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.agreement import noise_rate
from activelabel.learning.protocols import ACCURACY
from activelabel.session.again import REPEAT_AFTER, is_repeat_turn
from activelabel.session.lessons import Answers, generator
from activelabel.session.pipeline import first_batch, learn
from activelabel.session.queue import is_audit_turn

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Goal
    from activelabel.session.lessons import Ground, Lesson

__all__ = ["BATCH", "Course", "Gold"]

BATCH = 10  # questions between two looks of the learner, as a person at the terminal would have them


@dataclass(frozen=True, slots=True)
class Gold:
    """Whoever knows the right answers and does not always give them.

    Attributes
    ----------
    truth
        Shape (n,): the right class of each row, 0 to n_classes - 1.
    n_classes
        k, 2 or more.
    wrong
        Probability, in [0, 0.5), that an answer is wrong, and then any other class.
    seed
        Of which answers are.
    """

    truth: NDArray[np.intp]
    n_classes: int
    wrong: float
    seed: int

    def said(self, time: int = 0) -> NDArray[np.intp]:
        """Return what is answered about each row when it is first asked (0), or asked again (1); shape (n,).

        Examples
        --------
        >>> gold = Gold(np.zeros(1000, dtype=np.intp), 3, 0.1, seed=0)
        >>> np.bincount(gold.said()) / 1000
        array([0.897, 0.047, 0.056])
        >>> bool((gold.said() == gold.said()).all()), bool((gold.said() == gold.said(1)).all())
        (True, False)
        """
        rng = generator(self.seed, "wrong", time)
        # both are drawn for every row, so that an answer depends on seed, row and time alone
        wrong = rng.random(len(self.truth)) < self.wrong
        other = (self.truth + rng.integers(1, self.n_classes, len(self.truth))) % self.n_classes
        return np.where(wrong, other, self.truth)


class Course:
    """The questions of one contender, in order, and what it learnt from the answers.

    Where answers may be wrong, three questions in a hundred are blind repeats, as in a project, and the learner is told
    how many labels they say are wrong.

    Parameters
    ----------
    ground
        The pool, and who asks and learns.
    gold
        Who answers.
    audit
        Share of questions drawn at random.
    hints
        Shape (k, t): what the names of the classes would be as rows; None where they say nothing.
    goal
        What labels are to be good at.

    Attributes
    ----------
    asked
        The rows in the order they were asked, blind repeats with them.
    lesson
        What the answers so far taught.
    """

    def __init__(
        self,
        ground: Ground,
        gold: Gold,
        audit: float = 0.0,
        hints: NDArray[np.float32] | None = None,
        goal: Goal = ACCURACY,
    ) -> None:
        self._ground = ground
        self._hints, self._goal = hints, goal
        self._gold = gold
        self._said = gold.said(0), gold.said(1)
        self._audit = audit
        self._audit_order = generator(ground.seed, "audit").permutation(len(gold.truth))
        self.asked: list[int] = []
        self.lesson: Lesson = self._learn()

    def go_on(self, q: int) -> None:
        """Ask q questions more and learn from the answers; the pool must have as many rows left."""
        for _ in range(q):
            self.asked.append(self._next())
        self.lesson = self._learn()

    def _next(self) -> int:
        """Return the row that the asker would deal: ranked ones, blind repeats and audit rows in between."""
        place, seed = len(self.asked), self._ground.seed
        if self._gold.wrong and is_repeat_turn(seed, place) and (rows := self._repeatable()):
            return rows[int(generator(seed, "repeat", place).integers(len(rows)))]
        audit = is_audit_turn(seed, place, first_batch(0), self._audit)
        taken = set(self.asked)
        ranked = self._audit_order if audit else self.lesson.questions
        return next(row for row in map(int, chain(ranked, self._audit_order)) if row not in taken)

    def _repeatable(self) -> list[int]:
        times = Counter(self.asked)
        return [row for row in self.asked[:-REPEAT_AFTER] if times[row] == 1]

    def _learn(self) -> Lesson:
        closed = np.zeros(len(self._gold.truth), dtype=bool)
        closed[self.asked] = True
        rows = np.flatnonzero(closed)
        # as in a project whose classes were listed: their names are known, not which rows are theirs
        said, n_classes = self._said[0][rows], self._gold.n_classes
        answers = Answers(rows, said, n_classes, closed, self._noise(), self._hints, self._goal)
        return learn(self._ground, answers, BATCH)

    def _noise(self) -> float:
        if not self._gold.wrong:
            return 0.0
        twice = [row for row, times in Counter(self.asked).items() if times > 1]
        same = int((self._said[0][twice] == self._said[1][twice]).sum())
        return noise_rate(same, len(twice) - same, self._gold.n_classes)
