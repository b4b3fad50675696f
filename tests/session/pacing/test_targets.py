"""What a session may end by: the words for it, and how far it is."""

import numpy as np
import pytest

from activelabel.errors import WrongUse
from activelabel.learning.accuracy import wilson
from activelabel.learning.betting import confidence_sequence
from activelabel.project.plan import Measures
from activelabel.session.pacing.targets import answers_until, seconds_in, share_in
from activelabel.session.pacing.watch import Watch


@pytest.mark.parametrize("text", ["20", "m", "0m", "-5m", "1.5h", "5m3h", "soon", " "])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(WrongUse, match="--budget is"):
        seconds_in(text)


@pytest.mark.parametrize("text", ["50%", "100%", "0.5", "1", "95", "nan", "inf%", "most", "95%x"])
def test_a_share_outside_of_a_half_and_all_is_refused(text):
    with pytest.raises(WrongUse, match="--until is"):
        share_in(text)


@pytest.mark.parametrize(("p", "share"), [(0.9, 0.8), (0.95, 0.85), (0.98, 0.9)])
def test_about_so_many_more_audit_answers_reach_the_share_if_things_stay_as_they_are(p, share):
    outcomes = np.tile(np.arange(50) != 25, 40) if p == 0.98 else np.tile(np.arange(20) % round(1 / (1 - p)) != 5, 100)
    lower = confidence_sequence(outcomes).lower
    reached, n = int((lower >= share).argmax()) + 1, 40
    measures = Measures(accuracy=wilson(int(outcomes[:n].sum()), n), at_least=float(lower[n - 1]))
    said = answers_until(share, measures, 10_000)

    assert 0.5 * (reached - n) <= said <= 2 * (reached - n) + 5


def test_an_accuracy_that_is_below_the_share_reaches_it_by_no_number_of_answers():
    measures = Measures(accuracy=wilson(80, 100), at_least=0.7)

    assert answers_until(0.85, measures, 1000) is None
    assert answers_until(0.85, Measures(), 1000) is None


def test_when_all_are_answered_nothing_is_in_doubt():
    assert answers_until(0.949, Measures(accuracy=wilson(95, 100), at_least=0.85), 12) == 12


def test_the_watch_stands_still_while_the_person_is_away_and_before_the_first_card():
    now = [100.0]
    watch = Watch(lambda: now[0])
    now[0] = 150.0
    assert watch.spent() == 0
    watch.start()
    now[0] = 160.0
    watch.start()
    now[0] = 190.0
    watch.stand_still(25.0)

    assert watch.spent() == 15.0
