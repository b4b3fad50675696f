"""What one judgement after another says of going on."""

import numpy as np
import pytest

from activelabel.learning.accuracy import wilson
from activelabel.learning.worth import projected_gain
from activelabel.project.plan import Measures
from activelabel.session.answers import Audit
from activelabel.session.judging.cross_judging import Judged
from activelabel.session.judging.judgements import Judgements

ROWS = np.arange(40)
TRUTH = ROWS % 2


def wrong_in(count):
    return np.where(count > ROWS, 1 - TRUTH, TRUTH)


def test_the_gain_is_what_the_last_round_brought_on_rows_that_were_judged_at_both_ends():
    judgements = Judgements()
    assert judgements.gain(30, ROWS[:20], wrong_in(8)[:20], TRUTH[:20]) is None
    assert judgements.gain(40, ROWS[:30], wrong_in(6)[:30], TRUTH[:30]) is None
    found = judgements.gain(50, ROWS, wrong_in(4), TRUTH)

    before, after = (wrong_in(count)[:20] == TRUTH[:20] for count in (8, 4))
    assert found == projected_gain(before, after, 20)
    assert found.value == pytest.approx(0.2)


def test_the_accuracy_of_a_plan_allows_for_audit_rows_that_are_harder_than_all_rows():
    # of the rows that hold the audit answers, models are sure of three quarters, and of all others
    sure = np.where(np.arange(400) % 40 < 30, 0.9, 0.4)
    sure[len(ROWS) :] = 0.9
    predicted = np.zeros(400, dtype=np.intp)
    judged = Judged(np.c_[sure, 1 - sure], predicted, predicted - 1, np.zeros(400))
    # of the audit rows all are predicted rightly of which models are sure, and no other
    audit = Audit(ROWS, (ROWS >= 30).astype(np.intp), np.ones(0, dtype=bool), not_sure=0, bad=0, population=400)
    found = Judgements().measured(Measures(), 40, audit, judged, np.ones(400, dtype=bool)).accuracy

    assert wilson(30, 40, 400).high < 0.9 < found.value
    assert found.n == 40


def test_too_few_common_rows_say_nothing():
    judgements = Judgements()
    judgements.gain(30, ROWS[:9], TRUTH[:9], TRUTH[:9])

    assert judgements.gain(60, ROWS, TRUTH, TRUTH) is None


def test_after_an_undo_what_was_judged_with_more_labels_is_forgotten():
    judgements = Judgements()
    judgements.gain(60, ROWS, TRUTH, TRUTH)

    assert judgements.gain(55, ROWS, TRUTH, TRUTH) is None
    assert judgements.gain(75, ROWS, TRUTH, TRUTH) is not None


def test_predictions_are_compared_ten_labels_apart_and_settle_after_two_comparisons():
    judgements = Judgements()
    for labels in range(10, 40):
        judgements.predicted(labels, TRUTH)
        assert judgements.signs(None, None, None) == ((1, 1) if labels >= 30 else (0, 0))
    judgements.predicted(40, wrong_in(20))

    assert judgements.signs(None, None, None) == (1, 0)


def test_signs_are_counted_as_they_become_known():
    judgements = Judgements()

    assert judgements.signs(wilson(56, 62), None, None) == (1, 0)
    assert judgements.signs(wilson(190, 200), 0.02, 0.001) == (3, 2)
    assert judgements.signs(wilson(190, 200), 0.005, 0.02) == (3, 2)
