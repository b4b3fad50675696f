from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activelabel.learning.accuracy import wilson
from activelabel.learning.powered import POWERED_FROM, powered_share, share_of_others


def width(estimate):
    return estimate.high - estimate.low


def population(share, n=1000, seed=0):
    """Return for n rows whether it holds, and a foretelling that knows something about it."""
    rng = np.random.default_rng(seed)
    seemed = rng.beta(4 * share, 4 * (1 - share), n)
    return rng.random(n) < seemed, seemed


@pytest.mark.parametrize("share", [0.03, 0.3, 0.6, 0.9, 0.98])
@pytest.mark.parametrize("n", [20, 50, 100])
def test_the_interval_holds_the_truth_and_is_narrower_than_that_of_the_sample(share, n):
    holds, seemed = population(share)
    rng = np.random.default_rng(1)
    held, powered, alone = [], [], []
    for _ in range(1000):
        rows = rng.choice(1000, n, replace=False)
        found = powered_share(holds[rows], seemed[rows], float(seemed.mean()), 1000)
        held.append(found.low <= holds.mean() <= found.high)
        powered.append(width(found))
        alone.append(width(wilson(int(holds[rows].sum()), n, 1000)))

    assert np.mean(held) >= 0.93
    assert np.mean(powered) <= np.mean(alone) * 1.01


@pytest.mark.parametrize("n", [20, 50, 100])
def test_rows_that_are_easier_than_the_sample_are_judged_as_sure_as_they_are(n):
    holds, seemed = population(0.7)
    # the rows that are left are those of which models are surer
    rng = np.random.default_rng(3)
    held = []
    for _ in range(500):
        rows = rng.choice(1000, n, replace=False)
        others = np.setdiff1d(np.flatnonzero(seemed > 0.6), rows)[:200]
        found = share_of_others(holds[rows], seemed[rows], float(seemed[others].mean()), 200)
        held.append(found.low <= holds[others].mean() <= found.high)

    assert holds[seemed > 0.6].mean() > holds.mean() + 0.05
    assert np.mean(held) >= 0.93


@pytest.mark.parametrize("wrong", [1, 2])
def test_that_a_few_of_the_sample_were_wrong_does_not_say_that_one_of_the_others_is(wrong):
    outcomes, sure = np.arange(100) >= wrong, np.full(100, 0.98)
    right, none_right = (share_of_others(outcomes ^ turned, sure, 0.98, 200) for turned in (False, True))

    assert (right.high, none_right.low) == (1, 0)
    assert right.low * 200 == pytest.approx(round(right.low * 200))


def test_a_foretelling_that_is_wrong_by_far_is_right_on_the_mean():
    holds, seemed = population(0.8)
    boastful = np.sqrt(seemed)
    rng = np.random.default_rng(2)
    found = [
        powered_share(holds[rows], boastful[rows], float(boastful.mean()), 1000).value
        for rows in (rng.choice(1000, 50, replace=False) for _ in range(400))
    ]

    assert np.mean(found) == pytest.approx(holds.mean(), abs=0.01)


@pytest.mark.parametrize(
    "foretold", [np.full(40, 0.7), np.linspace(0.9, 0.1, 40)], ids=["always the same", "the wrong way round"]
)
def test_a_foretelling_that_tells_nothing_leaves_the_sample_as_it_is(foretold):
    outcomes = np.arange(40) >= 8

    assert powered_share(outcomes, foretold, 0.9, 500) == wilson(32, 40, 500)


def test_of_few_answers_a_census_or_one_outcome_only_the_sample_speaks():
    outcomes, seemed = np.arange(20) < 15, np.linspace(0.9, 0.2, 20)
    few = POWERED_FROM - 1

    assert powered_share(outcomes[:few], seemed[:few], 0.5, 500) == wilson(few, few, 500)
    assert powered_share(outcomes, seemed, 0.5, 20) == wilson(15, 20, 20)
    assert powered_share(outcomes | True, seemed, 0.5, 500) == wilson(20, 20, 500)


def test_of_an_endless_population_it_is_what_it_is_of_a_very_large_one():
    outcomes, seemed = np.arange(40) >= 8, np.linspace(0.4, 0.95, 40)
    endless, large = (powered_share(outcomes, seemed, 0.8, rows) for rows in (None, 10**9))

    assert (endless.low, endless.value, endless.high) == pytest.approx((large.low, large.value, large.high), abs=1e-6)
    assert width(endless) > width(powered_share(outcomes, seemed, 0.8, 100))


def test_rows_that_were_right_or_wrong_together_tell_less_and_a_census_tells_all():
    outcomes, seemed = np.arange(40) >= 8, np.linspace(0.4, 0.95, 40)
    alone, together = (powered_share(outcomes, seemed, 0.68, 400, covariance=more) for more in (0.0, 0.002))

    assert together.value == alone.value
    assert width(together) > 1.1 * width(alone)
    assert powered_share(outcomes, seemed, 0.8, 40, covariance=0.002) == wilson(32, 40, 40)
    assert powered_share(outcomes | True, seemed, 0.8, 400, covariance=0.002) == wilson(40, 40, 400)


@given(st.integers(15, 60), st.integers(0, 2**32 - 1), st.floats(0, 1))
def test_the_estimate_stays_in_its_interval_and_both_within_0_and_1(n, seed, of_all):
    rng = np.random.default_rng(seed)
    found = powered_share(rng.random(n) < rng.random(), rng.random(n), of_all, 100)

    assert 0 <= found.low <= found.value <= found.high <= 1
