from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from bounds import drawn, measured
from hypothesis import example, given
from hypothesis import strategies as st

from activelabel.learning import betting
from activelabel.learning.betting import confidence_sequence, lower_bound_since

outcomes_of_any_kind = st.lists(st.booleans(), min_size=1, max_size=80)


@given(outcomes_of_any_kind, st.sampled_from([None, 80, 100, 5_000]), st.sampled_from([0.8, 0.95]))
@example([False] * 5 + [True] * 7, None, 0.8)
def test_the_bounds_hold_what_was_seen_and_what_is_possible(outcomes, population, level):
    found = confidence_sequence(outcomes, population, level)
    ones, times = np.cumsum(outcomes), np.arange(1, len(outcomes) + 1)

    assert (found.lower <= ones / times).all()
    assert (found.upper >= ones / times).all()
    if population is not None:
        assert (found.lower <= (population - (times - ones)) / population).all()
        assert (found.upper >= ones / population).all()


@given(outcomes_of_any_kind, st.sampled_from([None, 100]))
def test_zeros_for_ones_turn_the_bounds_round(outcomes, population):
    there = confidence_sequence(outcomes, population)
    back = confidence_sequence(~np.array(outcomes), population)

    assert np.allclose(there.lower, 1 - back.upper)
    assert np.allclose(there.upper, 1 - back.lower)


@given(outcomes_of_any_kind, st.integers(1, 80))
def test_what_comes_later_does_not_move_earlier_bounds(outcomes, first):
    some, every = confidence_sequence(outcomes[:first], 100), confidence_sequence(outcomes, 100)

    assert some.lower.tolist() == every.lower[:first].tolist()
    assert some.upper.tolist() == every.upper[:first].tolist()


def test_bounds_do_not_widen_where_they_hold_what_was_seen():
    found = confidence_sequence(drawn(0, 0.7, None, 300))

    assert (np.diff(found.lower) >= 0).all()
    assert (np.diff(found.upper) <= 0).all()
    assert found.upper[-1] - found.lower[-1] < 0.2


@pytest.mark.parametrize("ones", [0, 1, 7, 30])
def test_a_census_leaves_no_doubt(ones):
    found = confidence_sequence(np.random.default_rng(0).permutation(np.arange(30) < ones), 30)

    assert found.lower[-1] == pytest.approx(ones / 30)
    assert found.upper[-1] == pytest.approx(ones / 30)


@pytest.mark.parametrize("ones", range(9))
def test_of_all_orders_of_a_few_rows_no_more_are_ever_wrong_than_the_level_allows(ones):
    orders = [order for order in product((0, 1), repeat=8) if sum(order) == ones]
    wrong = 0
    for order in orders:
        found = confidence_sequence(order, 8, level=0.7)
        wrong += bool((found.lower > ones / 8 + 1e-9).any() or (found.upper < ones / 8 - 1e-9).any())

    assert wrong / len(orders) <= 0.3


def test_a_coarse_grid_gives_wider_bounds_never_narrower_ones(monkeypatch):
    outcomes = drawn(1, 0.9, 1_500)
    fine = confidence_sequence(outcomes, 1_500)
    monkeypatch.setattr(betting, "GRID", 100)
    coarse = confidence_sequence(outcomes, 1_500)

    assert (coarse.lower <= fine.lower + 1e-12).all()
    assert (coarse.upper >= fine.upper - 1e-12).all()
    assert (coarse.upper - coarse.lower <= fine.upper - fine.lower + 0.021).all()


def test_looked_at_after_every_answer_the_bounds_hold():
    assert measured(sequences=60, share=0.9, population=200).missed <= 0.1


@pytest.mark.slow
@pytest.mark.parametrize("population", [None, 200])
@pytest.mark.parametrize("share", [0.5, 0.95])
def test_over_a_thousand_sequences_the_bounds_hold_where_fixed_ones_do_not(share, population):
    found = measured(1_000, share, population)

    # measured 0.5 to 4.3 %, and 20 to 33 %; 7 % is three standard errors above 5 % of a thousand
    assert found.missed <= 0.07
    assert found.wilson_missed > 0.15


@pytest.mark.slow
@pytest.mark.parametrize(
    ("share", "population", "documented"),
    [
        (0.5, None, (0.30, 0.19)),
        (0.8, None, (0.23, 0.15)),
        (0.9, None, (0.17, 0.12)),
        (0.95, None, (0.12, 0.09)),
        (0.8, 200, (0.18, 0.11)),
        (0.95, 200, (0.08, 0.06)),
    ],
)
def test_after_a_hundred_answers_they_are_as_wide_as_documented(share, population, documented):
    found = measured(200, share, population)

    assert (found.width, found.wilson_width) == pytest.approx(documented, abs=0.0075)


def test_no_outcomes_have_no_bounds():
    assert confidence_sequence([]).lower.tolist() == []


@pytest.mark.parametrize(
    ("outcomes", "population", "level"), [([0.5], None, 0.95), ([1, 1], 1, 0.95), ([1], 0, 0.95), ([1], None, 1.0)]
)
def test_impossible_outcomes_are_our_mistake(outcomes, population, level):
    with pytest.raises(ValueError, match="bounds need"):
        confidence_sequence(outcomes, population, level)


def test_a_bound_since_some_start_forgets_a_bad_beginning():
    bad, good = [0, 1] * 20, [1] * 160

    assert lower_bound_since(bad + good) > confidence_sequence(bad + good).lower[-1] + 0.1
    assert lower_bound_since([]) == 0.0


@pytest.mark.slow
def test_the_best_of_several_starts_holds_as_often_as_one():
    rng = np.random.default_rng(5)
    missed = 0
    for _ in range(200):
        # right ever more often, as what learns is: the mean chance since the last start is what is bounded
        chances = np.minimum(0.95, 0.6 + np.arange(90) / 200)
        seen = rng.random(90) < chances
        looks = [lower_bound_since(seen[:n]) for n in range(5, 91, 5)]
        missed += any(bound > chances[n - 1] for bound, n in zip(looks, range(5, 91, 5), strict=True))

    assert missed <= 0.05 * 200
