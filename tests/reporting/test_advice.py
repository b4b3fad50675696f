import numpy as np

from activelabel.learning.accuracy import wilson
from activelabel.learning.assessment import Assessment, Checkpoint
from activelabel.reporting.advice import advise
from activelabel.reporting.summary import Verdict


def assessment(checkpoints, n=200, left=100, drop=0.001):
    """Return what was found with `n` audit answers of class 0; a checkpoint is (answers, predicted right, kappa)."""
    truth = np.zeros(n, np.intp)
    points = [
        Checkpoint(answers, (np.arange(n) >= right).astype(np.intp), kappa) for answers, right, kappa in checkpoints
    ]
    now = points[-1].predicted if points else truth
    return Assessment(truth, now, now, 0, 0, 1000, left, tuple(points), drop)


def advice(found):
    right = wilson(int((found.predicted == found.truth).sum()), len(found.truth)) if len(found.truth) else None
    return advise(found, right)


SETTLED = [(100, 188, None), (150, 190, 0.98), (200, 190, 0.99)]


def test_all_four_signs_say_that_one_can_stop():
    found = advice(assessment(SETTLED))

    assert found.verdict is Verdict.STOP
    assert found.because == "4 of 4 signs say stop"
    assert [sign.says_stop for sign in found.signs] == [True, True, True, True]


def test_one_sign_against_is_enough_to_go_on():
    unsettled = advice(assessment([(100, 188, None), (150, 190, 0.96), (200, 190, 0.99)]))
    still_rising = advice(assessment([(100, 170, None), (150, 180, 0.98), (200, 190, 0.99)]))

    assert unsettled.verdict is still_rising.verdict is Verdict.GO_ON
    assert [sign.says_stop for sign in unsettled.signs] == [False, True, True, True]
    assert [sign.says_stop for sign in still_rising.signs] == [True, True, False, True]


def test_errors_that_the_next_answers_should_mend_are_a_reason_to_go_on():
    found = advice(assessment(SETTLED, drop=0.02))

    assert found.verdict is Verdict.GO_ON
    assert "mend 2.0 points of errors" in found.signs[3].because


def test_without_audit_answers_nothing_is_advised():
    none, few = advice(assessment([], n=0, drop=None)), advice(assessment(SETTLED, n=9))

    assert none.verdict is few.verdict is Verdict.UNKNOWN
    assert [sign.says_stop for sign in none.signs] == [None, None, None, None]
    assert all(sign.value is None for sign in none.signs)


def test_a_gain_is_unknown_until_the_curve_reaches_twenty_answers_back():
    near = advice(assessment([(10, 150, None), (25, 190, 0.98)]))
    far = advice(assessment([(10, 150, None), (30, 190, 0.98)]))

    assert near.signs[2].says_stop is None
    assert "20 answers back" in near.signs[2].because
    assert far.signs[2].says_stop is False


def test_a_loss_is_not_promised_to_go_on():
    found = advice(assessment([(100, 195, None), (150, 190, 0.98)]))

    assert "promise no gain" in found.signs[2].because
    assert found.signs[2].value > 0


def test_when_nothing_is_left_it_is_done():
    assert advice(assessment(SETTLED, left=0)).verdict is Verdict.DONE
