"""The questions of a simulation: who answers wrongly and when, and what the learner is told of it."""

from collections import Counter

import numpy as np
import pytest

from activelabel.learning.agreement import noise_rate
from activelabel.records.settings import Algorithms
from activelabel.session.again import is_repeat_turn
from activelabel.session.course import Course, Gold
from activelabel.session.lessons import Ground

TRUTH = np.arange(300) % 3
SEED = 86  # asks again after 22, 24, 42 and 50 questions


def test_gold_answers_are_right_unless_they_are_made_wrong():
    assert (Gold(TRUTH, 3, 0.0, 0).said() == TRUTH).all()


@pytest.mark.parametrize("wrong", [0.05, 0.15, 0.45])
def test_so_many_answers_are_wrong_and_spread_evenly_over_the_other_classes(wrong):
    truth = np.full(20_000, 1)
    shares = np.bincount(Gold(truth, 4, wrong, 0).said(), minlength=4) / 20_000

    assert shares[1] == pytest.approx(1 - wrong, abs=0.01)
    assert shares[[0, 2, 3]] == pytest.approx(wrong / 3, abs=0.01)


def test_asked_again_the_answer_may_be_another_but_never_differs_between_contenders():
    first, again = (Gold(TRUTH, 3, 0.3, 0).said(time) for time in (0, 1))

    assert (first == Gold(TRUTH, 3, 0.3, 0).said(0)).all()
    assert (first != again).mean() == pytest.approx(2 * 0.3 * 0.7 + 0.3**2 / 2, abs=0.1)
    assert (first != Gold(TRUTH, 3, 0.3, 1).said(0)).any()


@pytest.fixture(scope="module")
def ground():
    features = np.random.default_rng(0).normal(TRUTH[:, None] * 6, 1, (300, 2)).astype(np.float32)
    return Ground(features, np.ones(300), None, Algorithms(strategy="random", learner="gp"), SEED)


def course_of(ground, wrong, questions=60, audit=0.0):
    course = Course(ground, Gold(TRUTH, 3, wrong, ground.seed), audit)
    course.go_on(questions)
    return course


def test_whoever_is_always_right_is_asked_everything_once(ground):
    course = course_of(ground, 0.0)

    assert len(set(course.asked)) == len(course.asked) == 60
    assert course.lesson.model.noise == 0


@pytest.mark.parametrize("audit", [0.0, 0.2])
def test_blind_repeats_count_as_questions_and_come_where_the_asker_has_them(ground, audit):
    asked = course_of(ground, 0.2, audit=audit).asked
    repeats = [place for place, row in enumerate(asked) if row in asked[:place]]

    assert len(asked) == 60
    assert repeats == [place for place in range(21, 60) if is_repeat_turn(SEED, place)]
    assert all(place - asked.index(asked[place]) > 20 for place in repeats)
    assert max(Counter(asked).values()) == 2


def test_the_learner_is_told_what_the_repeats_say(ground):
    course = course_of(ground, 0.2)
    gold = Gold(TRUTH, 3, 0.2, SEED)
    twice = [row for row, times in Counter(course.asked).items() if times == 2]
    same = int((gold.said(0)[twice] == gold.said(1)[twice]).sum())

    assert course.lesson.model.noise == noise_rate(same, len(twice) - same, 3)


def test_a_pool_that_is_learnt_by_landmarks_asks_and_knows_as_one_that_is_not(monkeypatch):
    features = np.random.default_rng(0).normal(TRUTH[:, None] * 6, 1, (300, 2)).astype(np.float32)
    monkeypatch.setattr("activelabel.learning.propagation.landmarks.FULL_ROWS", 100)
    monkeypatch.setattr("activelabel.learning.strategies.stage.DENSE_ROWS", 100)
    course = Course(Ground(features, np.ones(300), None, Algorithms(), SEED), Gold(TRUTH, 3, 0.0, SEED))
    course.go_on(30)

    assert len(set(course.asked)) == 30
    assert (course.lesson.predicted == TRUTH).mean() > 0.95
    assert (course.lesson.model.predict_proba(features + np.float32(0.01)).argmax(axis=1) == TRUTH).mean() > 0.95
