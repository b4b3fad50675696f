"""How wrong answers are taken to be: from blind repeats in the ledger to the learner's door."""

import numpy as np
import pytest

from activelabel.learning.agreement import noise_rate
from activelabel.learning.protocols import Propagation
from activelabel.records.settings import Algorithms
from activelabel.session.answers import gathered
from activelabel.session.lessons import Answers, Ground
from activelabel.session.pipeline import learn, predict_without
from activelabel.session.workshop import open_workshop


def test_blind_repeats_say_how_many_answers_are_wrong_and_change_no_label(blobs):
    answers = blobs.answer(blobs.order[:6], colour="red")
    workshop = open_workshop(blobs.layout, blobs.ledger.settings)
    before = gathered(workshop, blobs.ledger)
    blobs.answer(blobs.order[:4], colour="red", repeats=answers[:4])
    blobs.answer(blobs.order[4:6], colour="blue", repeats=answers[4:])
    after = gathered(workshop, blobs.ledger)

    assert before.noise == noise_rate(0, 0, 3)
    assert after.noise == noise_rate(4, 2, 3)
    assert (after.rows.tolist(), after.labels.tolist()) == (before.rows.tolist(), before.labels.tolist())


class Listening:
    """A learner and a propagator that knows no more than what it was told."""

    reads_pool = True
    noise = 0.0
    needed = None

    def __init__(self):
        self.told = []

    def fit(self, X, y):
        self.told.append(self.noise)
        self.classes_ = np.unique(y[y >= 0])
        self.label_distributions_ = np.full((len(X), len(self.classes_)), 1 / len(self.classes_))
        return self

    def propagate(self, pool, rng):
        self.told.append(pool.noise)
        return Propagation(np.full((len(pool), 2), 0.5), np.ones(len(pool), bool), np.zeros(len(pool), int))


@pytest.fixture
def listening(monkeypatch):
    found = Listening()
    kinds = {"learner": lambda rng: found, "propagator": found.propagate}
    monkeypatch.setattr("activelabel.session.pipeline.find", lambda kind, name: kinds[kind])
    return found


@pytest.fixture
def ground():
    named = Algorithms(learner="listening", propagator="listening")
    return Ground(np.arange(20, dtype=np.float32)[:, None], np.ones(20), None, named, 0)


ANSWERS = Answers(np.array([0, 3, 10, 14]), np.array([0, 0, 1, 1]), 2, np.zeros(20, bool), noise=0.2)


def test_learner_and_propagator_are_told_how_many_labels_are_wrong(ground, listening):
    learn(ground, ANSWERS, 0)

    assert listening.told == [0.2, 0.2]


def test_so_are_those_that_judge_an_answer_they_were_not_given(ground, listening):
    predict_without(ground, ANSWERS, np.array([0, 14]))

    assert listening.told == [0.2, 0.2] * 2
