"""Whole labelling sessions in memory, with known answers: the program's own rules, nothing written to disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from in_memory import InMemory

from activelabel.project.plan import Plan, PlannedCard
from activelabel.records.cards import Why
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.answers import audited, drawn_from, gathered
from activelabel.session.course import BATCH, Gold
from activelabel.session.judging.cross_judging import judge_at_once
from activelabel.session.judging.present import present
from activelabel.session.pipeline import first_batch, learn
from activelabel.session.queue import next_card

if TYPE_CHECKING:
    from activelabel.learning.assessment import Assessment
    from activelabel.records.progress import Estimate
    from activelabel.session.judging.cross_judging import Judged
    from activelabel.session.workshop import Workshop

__all__ = ["Session"]

SKIPPED = NOT_SURE = 0.05
RANKED = 100


class Session(InMemory):
    """Answers to the cards of one project, in step with its learner.

    Parameters
    ----------
    workshop
        With every answer known.
    seed
        Of this session: its audit order, its choices, its answers.
    audit
        Share of cards that audit.
    wrong
        Share of answers that are wrong.

    Attributes
    ----------
    said
        Shape (n,): what is answered about each row.
    sure
        Shape (n,) bool: rows whose answer is a label.
    believed
        Shape (n,): what the model that asked believed of each answered row; -1 before there was a model.
    answers
        What was said so far, as arrays.
    sample
        The audit sample so far.
    lesson
        What the answers so far taught.
    """

    def __init__(self, workshop: Workshop, seed: int, audit: float, wrong: float) -> None:
        names, truth = np.unique(workshop.known.astype(str), return_inverse=True)
        super().__init__(workshop, names.tolist(), seed, audit)
        self.said = Gold(truth, len(names), wrong, seed).said()
        rng = np.random.default_rng([seed, 1])
        self.sure = rng.random(len(truth)) >= NOT_SURE
        self._skips = rng.random(len(truth)) < SKIPPED
        self.believed = np.full(len(truth), -1, dtype=np.intp)
        self._learn()

    def go_on(self) -> bool:
        """Answer ten cards and learn; say whether there was one left to answer."""
        plan = self._plan()
        for _ in range(BATCH):
            card = next_card(plan, self.ledger, set())
            if card is None:
                return False
            self._answer(card)
        self._learn()
        return True

    def judge(self) -> tuple[Assessment, Judged]:
        """Return how the labels do, and what models said of all rows that had not seen their labels."""
        found, _, judged = present(self.workshop, self.ledger, self.answers, self.lesson)
        assert judged is not None
        return found, judged

    def judge_at_once(self) -> Estimate:
        """Return the accuracy as the learner estimates it while people label."""
        judged = judge_at_once(self.workshop.ground, self.answers, self.sample.rows, self.lesson)
        return judged.accuracy(self.sample, drawn_from(self.workshop, self.ledger), self.sample.population)

    def _learn(self) -> None:
        self.answers = gathered(self.workshop, self.ledger)
        self.sample = audited(self.workshop, self.ledger, self.answers)
        self.lesson = learn(self.workshop.ground, self.answers, RANKED)

    def _plan(self) -> Plan:
        closed = self.answers.closed
        order = self.workshop.audit_order
        ranked = [self._card(row, CardKind.UNCERTAIN) for row in self.lesson.questions]
        reserve = [self._card(row, CardKind.AUDIT) for row in order[~closed[order]][: 3 * RANKED]]
        opening = first_batch(len(self.ids))
        return Plan(0, self.ledger.counter, 0, "", int((~closed).sum()), opening, (0, 0), tuple(ranked), tuple(reserve))

    def _card(self, row: int, kind: CardKind) -> PlannedCard:
        return PlannedCard(self.workshop.dataset.unit(int(row)), kind, -1, Why(""))

    def _answer(self, card: PlannedCard) -> None:
        row = self.workshop.dataset.row_of(card.unit)
        data: dict[str, Any] = {"unit": card.unit, "card": card.kind.value, "seconds": 2.0}
        if self._skips[row]:
            # asked again, it is answered
            self._skips[row] = False
            self.record(EventKind.SKIP, data)
        elif not self.sure[row]:
            self.record(EventKind.NOT_SURE, data)
        else:
            if self.lesson.predicted is not None:
                self.believed[row] = self.lesson.predicted[row]
                suggested = {"class_id": self.ids[self.believed[row]], "probability": 0.0, "shown": "hidden"}
                data["suggestion"] = suggested
            self.record(EventKind.LABEL, {**data, "classes": [self.ids[self.said[row]]]})
