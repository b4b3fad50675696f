"""What has not changed is not learnt again."""

from dataclasses import replace

import numpy as np
import pytest

from activelabel.learning import decision
from activelabel.learning.models import smoothing
from activelabel.learning.protocols import Goal
from activelabel.project.recorded import plan_of
from activelabel.records.kinds import EventKind
from activelabel.records.settings import Algorithms
from activelabel.session import pipeline
from activelabel.session.learner import Learner
from activelabel.session.lessons import Answers, Ground, Spread
from activelabel.session.pipeline import learn

N = 60


def ground_of(copies, named):
    """Return a ground of rows in two groups, each row there so many times."""
    rows = np.random.default_rng(0).normal(size=(N // copies, 5)) + 6 * (np.arange(N // copies) % 2)[:, None]
    return Ground(np.repeat(rows, copies, axis=0).astype(np.float32), np.ones(N), None, named, 0)


def answers_of(also_closed=(), **changes):
    rows = np.array([0, 3, 8, 21, 34, 50])
    answers = Answers(rows, rows // 3 % 2, 2, np.isin(np.arange(N), [*rows, *also_closed]))
    return replace(answers, **changes)


ground = pytest.mark.parametrize(
    "ground",
    [
        ground_of(copies, named)
        for copies in (1, 3)
        for named in (Algorithms(), Algorithms(learner="logistic-regression", propagator="cluster"))
    ],
    ids=["default", "textbook", "default, copies", "textbook, copies"],
)


@ground
def test_an_item_that_was_skipped_since_changes_the_questions_alone(ground):
    before = answers_of()
    first = learn(ground, before, 20)
    out = first.questions[:3]
    now = answers_of(also_closed=out)
    again, afresh = learn(ground, now, 20, (before, first)), learn(ground, now, 20)

    assert again.model is first.model
    assert again.proba is first.proba
    assert np.array_equal(again.questions, afresh.questions)
    assert not np.isin(out, again.questions).any()
    assert again.strategy == afresh.strategy
    assert np.array_equal(first.proba, afresh.proba)


@ground
def test_rows_that_are_needed_are_foretold_as_if_all_were(ground, monkeypatch):
    monkeypatch.setattr(smoothing, "PUPILS", 12)
    monkeypatch.setattr(decision, "SAMPLE", 5)
    ground = replace(ground, features=ground.features.copy())
    needed = np.array([1, 7, 30, 45])
    some, whole = learn(ground, answers_of(), 0, needed=needed), learn(ground, answers_of(), 0)

    assert np.allclose(some.proba[needed], whole.proba[needed], atol=1e-6)
    assert np.array_equal(some.predicted[needed], whole.predicted[needed])
    assert np.array_equal(some.propagation.reached[needed], whole.propagation.reached[needed])
    assert np.allclose(some.propagation.proba[needed], whole.propagation.proba[needed], atol=1e-6)


@pytest.mark.parametrize(
    "changed",
    [
        answers_of(labels=np.array([0, 1, 1, 1, 1, 0])),
        answers_of(rows=np.array([0, 3, 8, 21, 34, 51])),
        answers_of(n_classes=3),
        answers_of(noise=0.1),
        answers_of(goal=Goal("macro-f1")),
        answers_of(
            spread=Spread(np.array([1]), np.array([0]), np.array([0]), np.array([0.9]), np.array([0]), (np.array([0]),))
        ),
    ],
    ids=["a label", "a row", "a class", "noise", "the goal", "a cluster"],
)
def test_whatever_else_changes_is_learnt(changed):
    ground = ground_of(1, Algorithms(learner="logistic-regression"))
    before = answers_of()
    first = learn(ground, before, 20)

    assert learn(ground, changed, 20, (before, first)).model is not first.model


def test_the_learner_fits_nothing_for_an_item_that_is_not_clear(blobs, monkeypatch):
    taught = []
    fitted = pipeline._learnt
    monkeypatch.setattr(pipeline, "_learnt", lambda *given: taught.append(given) or fitted(*given))
    blobs.answer(blobs.order[:12])
    learner = Learner(blobs.layout)
    learner.step()
    asked, before = plan_of(blobs.layout).cards[0].unit, plan_of(blobs.layout).measures
    assert taught

    taught.clear()
    # one of the audit sample, and one that was asked
    blobs.answer([blobs.order[12], blobs.dataset.row_of(asked)], EventKind.NOT_SURE)
    learner.step()
    learner.close()
    plan = plan_of(blobs.layout)

    assert not taught
    assert asked not in {card.unit for card in plan.cards}
    assert plan.measures.audited == before.audited + 1
    assert plan.measures.accuracy
