"""How long a card takes: what is usual at first, then this person's median, by kind and by length."""

from math import exp, log1p

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.answers import planned

from activelabel.records.kinds import CardKind, Modality
from activelabel.session.pacing.pace import PRIOR_SECONDS, STEEPEST, Timed, pace_of

KIND = CardKind.UNCERTAIN


def of(seconds, **more):
    return pace_of([Timed(KIND, each, **more) for each in seconds], Modality.IMAGE)


@pytest.mark.parametrize("modality", Modality)
def test_before_the_first_answer_a_card_takes_what_is_usual_for_its_modality(modality):
    pace = pace_of([], modality)

    assert pace.expected(KIND) == pytest.approx(PRIOR_SECONDS[modality])
    assert not pace.is_known


@pytest.mark.parametrize("own", [0.5, 40.0])
def test_from_four_answers_on_the_person_counts_and_not_the_prior(own):
    assert of([own] * 3).is_known
    assert of([own] * 4).usual == pytest.approx(own)


def test_a_break_with_a_card_on_the_screen_changes_nothing_but_a_little_of_the_mean():
    usual, interrupted = of([4.0] * 30), of([4.0] * 29 + [1800.0])

    assert interrupted.usual == pytest.approx(usual.usual)
    assert interrupted.expected(KIND) < 1.12 * usual.expected(KIND)


def test_only_the_last_hundred_answers_count():
    assert of([60.0] * 500 + [3.0] * 100).usual == pytest.approx(3.0)


def test_kinds_of_cards_have_their_own_pace():
    both = [Timed(KIND, 4.0), Timed(CardKind.SECOND_LOOK, 20.0)] * 20
    pace = pace_of(both, Modality.IMAGE)

    assert pace.typical(KIND) == pytest.approx(4.0)
    assert pace.typical(CardKind.SECOND_LOOK) == pytest.approx(20.0)


@pytest.mark.parametrize("slope", [0.0, 0.5, 0.9])
def test_how_much_longer_long_texts_take_is_learnt(slope):
    lengths = [100 * 2 ** (place % 7) for place in range(100)]
    answers = [Timed(KIND, exp(slope * (log1p(length) - log1p(500)) + 1.5), length) for length in lengths]
    pace = pace_of(answers, Modality.TEXT)

    assert pace.slope == pytest.approx(slope, abs=0.05)
    assert pace.typical(KIND, 6400) / pace.typical(KIND, 100) == pytest.approx(64**slope, rel=0.2)


def test_a_few_answers_do_not_make_a_slope():
    pace = pace_of([Timed(KIND, 2.0, 100), Timed(KIND, 30.0, 200), Timed(KIND, 2.0, 90)], Modality.TEXT)

    assert 0 <= pace.slope < STEEPEST


def test_many_cards_take_their_mean_which_is_more_than_their_median():
    pace = of([2.0, 2.0, 2.0, 6.0] * 20)

    assert pace.typical(KIND) == pytest.approx(2.0)
    assert pace.expected(KIND) == pytest.approx(3.0, rel=0.05)


def test_the_time_of_planned_cards_is_the_mean_of_theirs():
    pace = pace_of([Timed(KIND, length / 50, length) for length in [100, 200, 400] * 30], Modality.TEXT)
    short, long = planned("a", length=100), planned("b", length=400)

    assert pace.mean_of([short, long]) == pytest.approx((pace.expected(KIND, 100) + pace.expected(KIND, 400)) / 2)
    assert pace.mean_of([]) == pytest.approx(pace.usual * pace.lift)


def test_slowness_leaves_out_what_kind_and_length_explain():
    pace = pace_of([Timed(KIND, length / 50, length) for length in [100, 200, 400] * 30], Modality.TEXT)

    assert pace.slowness([Timed(KIND, 8.0, 400)] * 5) == pytest.approx(1.0, rel=0.15)
    assert pace.slowness([Timed(KIND, 8.0, 200)] * 5) == pytest.approx(2.0, rel=0.15)


@given(st.lists(st.tuples(st.sampled_from(CardKind), st.floats(0, 1e6), st.integers(0, 10**7)), max_size=130))
def test_whatever_the_answers_a_card_takes_a_sane_time(answers):
    pace = pace_of([Timed(*each) for each in answers], Modality.TEXT)

    assert 0 <= pace.slope <= STEEPEST
    assert 1 <= pace.lift <= 4
    assert all(0 < pace.expected(kind, length) < 1e13 for kind in CardKind for length in (0, 1, 500, 10**7))
