"""From what was learnt to the plan that the asker reads."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.accuracy import wilson
from activelabel.learning.stopping import kappa
from activelabel.learning.strategies.adaptive import chance_of_unseen
from activelabel.project.plan import Measures, Plan, PlannedCard
from activelabel.records.cards import Why
from activelabel.records.kinds import CardKind
from activelabel.session.answers import audited, drawn_from, gathered, hinted
from activelabel.session.classes.names import class_meant
from activelabel.session.clusters.finding import Clusters
from activelabel.session.evidence import Evidence, effects_of, error_drop, second_looks, weighed
from activelabel.session.judging.cross_judging import judge_at_once
from activelabel.session.judging.judgements import Judgements
from activelabel.session.lessons import Lesson
from activelabel.session.pipeline import first_batch, learn
from activelabel.session.reasons import contested, nearest_mass, speaks_for, suggestions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from activelabel.learning.expected_change import Effects
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import PlanWriter
    from activelabel.records.progress import Estimate
    from activelabel.session.answers import Audit
    from activelabel.session.judging.cross_judging import Judged
    from activelabel.session.lessons import Answers
    from activelabel.session.part_rows import PartRows
    from activelabel.session.workshop import Workshop

__all__ = ["Planner"]

RANKED = 100
RESERVE = 300
JUDGE_EVERY = 10  # labels after which accuracy is estimated anew although the audit sample has not grown
NOTHING = Lesson(np.array([], dtype=np.intp), "random")


@dataclass(slots=True)
class Planner:
    """Makes one plan after another from the same workshop.

    Attributes
    ----------
    workshop
        The data and its features.
    writer
        Puts plans in force.
    last
        The plan in force, if there is one.
    predicted
        Shape (n,): the classes that the last plan's model predicted; None before there was one.
    part
        The part that is asked about; None for everything.
    clusters
        The clusters of the project, made in spare time.
    evidence
        What is shown beside the items of its cards.
    """

    workshop: Workshop
    writer: PlanWriter
    last: Plan | None = None
    predicted: NDArray[np.intp] | None = None
    part: PartRows | None = None
    clusters: Clusters = field(init=False)
    evidence: Evidence = field(init=False)
    _judged_by: tuple[int, int, int] = (0, 0, 0)
    _judged_labels: int = 0
    _learnt: tuple[Answers, Lesson] | None = None
    _foretold: tuple[Answers, NDArray[np.intp], Judged] | None = None
    _judgements: Judgements = field(default_factory=Judgements)
    _classes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.clusters = Clusters(self.workshop, self.writer.layout)
        self.evidence = Evidence(self.workshop)

    def make(self, ledger: Ledger, notice: str = "") -> Plan:
        """Learn from all that was said, and put the plan that follows from it in force.

        When the accuracy has to be estimated anew, which takes several times as long, the questions are put in force
        first and the estimate follows in a plan of its own.
        """
        self._follow(ledger)
        answers = hinted(self.workshop, ledger, self._gathered(ledger))
        lesson = learn(self.workshop.ground, answers, RANKED, self._learnt)
        self._learnt = answers, lesson
        if lesson.predicted is not None:
            self._judgements.predicted(len(answers.rows), lesson.predicted)
        audit = audited(self.workshop, ledger, answers)
        looks = second_looks(self.workshop, ledger, answers, lesson, audit.rows)
        self.last = plan = self._laid_out(ledger, answers, lesson, looks, notice)
        self.writer.write(plan)
        self.predicted = lesson.predicted
        if lesson.proba is not None and self._is_due(audit, answers):
            self.last = self._judged(plan, audit, drawn_from(self.workshop, ledger), answers, lesson)
        return self.last

    def _follow(self, ledger: Ledger) -> None:
        """Forget what is said in numbers of classes that have moved, because one before them is no more."""
        before, self._classes = self._classes, tuple(ledger.classes)
        if self._classes[: len(before)] != before:
            self.predicted = None
            self._judged_by = (-1, 0, 0)
            self._judgements = Judgements()

    def _is_due(self, audit: Audit, answers: Answers) -> bool:
        """Say whether the audit sample has another length, or the model has learnt much since it was judged."""
        return (len(audit.rows), audit.not_sure, audit.bad) != self._judged_by or (
            len(answers.rows) - self._judged_labels >= JUDGE_EVERY
        )

    def _judged(self, plan: Plan, audit: Audit, asked_of: NDArray[np.bool_], answers: Answers, lesson: Lesson) -> Plan:
        """Put the plan in force again with the accuracy estimated from all audit answers, and return it."""
        self._judged_by = (len(audit.rows), audit.not_sure, audit.bad)
        self._judged_labels = len(answers.rows)
        found = self._judge(answers, audit.rows, lesson) if len(audit.rows) else None
        measures = self._judgements.measured(plan.measures, len(answers.rows), audit, found, asked_of)
        judged = replace(plan, generation=plan.generation + 1, measures=measures)
        self.writer.write(judged)
        return judged

    def _judge(self, answers: Answers, audit: NDArray[np.intp], lesson: Lesson) -> Judged:
        """Return what models say of every row that had not seen its label; anew where labels or audit have changed."""
        if self._foretold:
            before, audited_then, judged = self._foretold
            if before.teach_the_same(answers) and np.array_equal(audited_then, audit):
                return judged
        judged = judge_at_once(self.workshop.ground, answers, audit, lesson)
        self._foretold = answers, audit, judged
        return judged

    def group(self, ledger: Ledger) -> bool:
        """Make the clusters and put a plan that has them in force, if that was not done; say whether it was now."""
        n_classes = len(ledger.classes)
        if self.clusters.is_made(n_classes):
            return False
        self.clusters.make(n_classes)
        if self.last:
            answers, lesson = self._learnt or (self._gathered(ledger), NOTHING)
            plan = replace(self.last, generation=self.last.generation + 1)
            self.last = self.clusters.added_to(plan, ledger, answers, lesson, self.writer)
            self.writer.write(self.last)
        return True

    def keep(self, ledger: Ledger, notice: str) -> None:
        """Put the last plan in force again, its reserve filled up, with a line for the person.

        Nothing is learnt, so this works when learning fails; without a last plan there is a reserve alone.
        """
        plan = self._laid_out(ledger, self._gathered(ledger), NOTHING, (), notice)
        if self.last:
            old = self.last
            plan = replace(plan, cards=old.cards, measures=old.measures, model_labels=old.model_labels)
        self.last = plan
        self.writer.write(plan)

    def _gathered(self, ledger: Ledger) -> Answers:
        answers = gathered(self.workshop, ledger)
        return self.part.narrowed(answers, ledger) if self.part else answers

    def _laid_out(
        self, ledger: Ledger, answers: Answers, lesson: Lesson, looks: Sequence[PlannedCard], notice: str
    ) -> Plan:
        dataset = self.workshop.dataset
        order = self.workshop.audit_order
        inside = answers.inside(lesson.predicted)
        left = ~answers.closed & inside
        reserve = order[left[order]][:RESERVE]
        known = 1.0 - chance_of_unseen(answers.labels, answers.n_classes)
        effects = effects_of(self.workshop.ground, answers, lesson)
        ranked = weighed(self._cards(lesson.questions, lesson, ledger, known, ranked=True), effects)
        looked_at = np.array([dataset.row_of(look.unit) for look in looks], dtype=np.intp)
        looks = tuple(look for look, row in zip(looks, looked_at, strict=True) if inside[row])
        looked_at = looked_at[inside[looked_at]]
        bare = (*ranked, *self._cards(reserve, lesson, ledger, known, ranked=False), *looks)
        rows = np.concatenate([lesson.questions, reserve, looked_at])
        cards = self.evidence.added_to(
            bare, rows, answers, lesson, tuple(ledger.classes), self.clusters.homes(answers.n_classes)
        )
        plan = Plan(
            generation=self.last.generation + 1 if self.last else 1,
            answers_through=ledger.counter,
            model_labels=len(answers.rows),
            fingerprint=dataset.fingerprint,
            askable=int(left.sum()),
            first_batch=first_batch(answers.n_classes),
            source=dataset.source_stamp,
            cards=cards[: len(ranked)],
            reserve=cards[len(ranked) : len(ranked) + len(reserve)],
            second_looks=cards[len(ranked) + len(reserve) :],
            measures=self._measures(ledger, answers, lesson, effects),
            notice=notice,
            part=self.part.planned(inside, dataset.weights) if self.part else None,
            speaks_for=speaks_for(ledger, self.workshop, lesson),
        )
        return self.clusters.added_to(plan, ledger, answers, lesson, self.writer)

    def _cards(
        self, rows: NDArray[np.intp], lesson: Lesson, ledger: Ledger, known: float, *, ranked: bool
    ) -> tuple[PlannedCard, ...]:
        units = [self.workshop.dataset.unit(int(row)) for row in rows]
        missing = np.array([not self.writer.is_placed(unit) for unit in units], dtype=bool)
        self.writer.place(self.workshop.dataset.items(rows[missing]))
        self.workshop.dataset.write_views(rows[missing], self.writer.views)
        if not ranked and self.part:
            kind, reasons = CardKind.UNCERTAIN, [Why("random")] * len(rows)
        elif not ranked:
            kind, reasons = CardKind.AUDIT, [Why("audit")] * len(rows)
        elif lesson.proba is None or lesson.strategy == "representative":
            kind, reasons = CardKind.REPRESENTATIVE, self._stand_for(rows, lesson.strategy)
        else:
            kind, reasons = (
                CardKind.UNCERTAIN,
                contested(rows, lesson, tuple(ledger.classes), self.workshop.ground.weights),
            )
        guesses = suggestions(rows, lesson, tuple(ledger.classes), known)
        return tuple(
            PlannedCard(unit, kind, self.writer.offset(unit), why, guess)
            for unit, why, guess in zip(units, reasons, guesses, strict=True)
        )

    def _stand_for(self, rows: NDArray[np.intp], strategy: str) -> list[Why]:
        """Return how many items each row stands for: among the first ones only while they are what was asked."""
        ground = self.workshop.ground
        sizes = nearest_mass(ground.features, rows, ground.weights)
        opening = first_batch(0)
        sizes[:opening] = nearest_mass(ground.features, rows[:opening], ground.weights)
        return [Why(strategy, stands_for=max(1, int(size))) for size in sizes]

    def _measures(self, ledger: Ledger, answers: Answers, lesson: Lesson, effects: Effects | None) -> Measures:
        predicted = lesson.predicted
        if predicted is None or lesson.propagation is None:
            return Measures()
        before = self.last.measures if self.last else Measures()
        return replace(
            # of an earlier model until this one is judged; the audit sample says how many answers it rests on
            before,
            known=self._known(predicted, answers, ledger),
            kappa=None if self.predicted is None else kappa(self.predicted, predicted),
            propagated=int(lesson.propagation.reached.sum()) - len(answers.rows),
            learner=self.workshop.ground.algorithms.learner,
            error_drop=error_drop(effects),
        )

    def _known(self, predicted: NDArray[np.intp], answers: Answers, ledger: Ledger) -> Estimate | None:
        if self.workshop.known is None:
            return None
        unasked = np.setdiff1d(np.flatnonzero(self.workshop.known != ""), answers.rows)
        if not len(unasked):
            return None
        numbers = {class_id: number for number, class_id in enumerate(ledger.classes)}
        names = self.workshop.known[unasked].tolist()
        meant = {name: known.id for name in set(names) if (known := class_meant(name, ledger))}
        truth = np.array([numbers.get(meant.get(name, ""), -1) for name in names])
        right = int((predicted[unasked] == truth).sum())
        return wilson(right, len(unasked), len(unasked))
