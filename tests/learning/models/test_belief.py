from __future__ import annotations

import numpy as np
import pytest

from activelabel.learning.models.belief import believed, chance_right


def test_without_wrong_answers_every_label_is_right():
    assert chance_right(np.array([0.0, 0.2, 1.0]), 0.0, 3).tolist() == [1, 1, 1]


def test_odds_are_those_of_a_right_answer_to_a_wrong_one():
    # nine right answers in ten, and the others give the class one chance in ten: even odds between two classes
    assert chance_right(np.array([0.1]), 0.1, 2)[0] == pytest.approx(0.5)


def test_among_many_classes_a_wrong_answer_hits_a_given_one_less_often():
    few, many = chance_right(np.array([0.02]), 0.1, 2)[0], chance_right(np.array([0.02]), 0.1, 20)[0]

    assert few < 0.5 < many


def test_a_label_that_the_others_contradict_is_set_aside_only_where_answers_may_be_wrong():
    codes, given = np.array([0, 0, 0, 1, 1]), np.array([0.9, 0.9, 0.001, 0.9, 0.9])

    assert believed(codes, given, 0.0).all()
    assert believed(codes, given, 0.05).tolist() == [True, True, False, True, True]


def test_the_only_label_of_a_class_is_always_believed():
    assert believed(np.array([0, 0, 1]), np.array([0.9, 0.9, 0.0]), 0.3).tolist() == [True, True, True]


def test_of_a_class_that_is_all_disbelieved_the_likeliest_label_stays():
    assert believed(np.array([0, 0, 1, 1]), np.array([0.9, 0.9, 0.0, 0.01]), 0.2).tolist() == [True, True, False, True]
