from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activelabel.learning.accuracy import class_scores, confusion, cross_fit, macro_f1, wilson


@given(st.integers(1, 500), st.data())
def test_the_interval_holds_the_share_and_stays_within_0_and_1(n, data):
    right = data.draw(st.integers(0, n))
    population = data.draw(st.one_of(st.none(), st.integers(n, 10_000)))

    share = wilson(right, n, population)

    assert 0 <= share.low <= share.value <= share.high <= 1
    assert share.value == right / n


@given(st.integers(2, 200), st.data())
def test_the_interval_narrows_as_the_sample_nears_the_population(n, data):
    right = data.draw(st.integers(0, n))

    census, most, few, endless = (wilson(right, n, size) for size in (n, n + 5, 50 * n, None))

    widths = [share.high - share.low for share in (census, most, few, endless)]
    assert widths[0] == 0
    assert widths == sorted(widths)


def test_the_interval_of_a_worked_example():
    share = wilson(81, 263)  # Newcombe 1998, table I: .2553 to .3662

    assert share.low == pytest.approx(0.2553, abs=5e-5)
    assert share.high == pytest.approx(0.3662, abs=5e-5)


def test_few_are_few_whatever_their_share_is_rounded_to():
    lows = [wilson(3, n).low for n in range(10, 200)]

    assert lows == sorted(lows, reverse=True)


def test_no_error_seen_is_not_no_error():
    assert 0.67 < wilson(8, 8).low < 0.68


@pytest.mark.parametrize(("right", "n"), [(0, 0), (-1, 3), (4, 3)])
def test_impossible_counts_are_our_mistake(right, n):
    with pytest.raises(ValueError, match="0 <= successes <= n"):
        wilson(right, n)


def test_the_interval_holds_the_truth_about_95_times_in_100():
    rng = np.random.default_rng(0)
    truth = np.arange(400) < 340
    held = 0
    for _ in range(400):
        share = wilson(int(rng.choice(truth, 50, replace=False).sum()), 50, 400)
        held += share.low <= 0.85 <= share.high

    assert held / 400 >= 0.93


def test_no_row_is_judged_by_a_model_that_saw_it():
    labelled, audited = np.arange(0, 60, 2), np.arange(10, 50, 4)
    calls = []

    def refit(kept, asked):
        calls.append((labelled[kept], asked))
        return np.full(len(asked), len(calls))

    cross_fit(labelled, audited, refit, folds=3)

    assert sorted(np.concatenate([asked for _, asked in calls]).tolist()) == audited.tolist()
    for kept, asked in calls:
        assert not set(kept.tolist()) & set(asked.tolist())
        # nothing but the fold is left out: labels that judge nothing always train
        assert set(labelled.tolist()) - set(kept.tolist()) == set(asked.tolist())


def test_rows_of_one_group_are_left_out_together_audited_or_not():
    groups = np.arange(30) // 3
    labelled, audited = np.arange(30), np.array([0, 12, 25])

    def refit(kept, asked):
        assert not set(groups[labelled[kept]].tolist()) & set(groups[asked].tolist())
        return asked

    assert cross_fit(labelled, audited, refit, groups=groups).tolist() == [0, 12, 25]


def test_a_further_answer_moves_no_row_to_another_fold():
    folds = {}

    def refit(kept, asked):
        folds[len(folds)] = asked.tolist()
        return np.zeros(len(asked), dtype=np.intp)

    cross_fit(np.arange(20), np.array([3, 8, 11]), refit)
    before = [set(rows) for rows in folds.values()]
    folds.clear()
    cross_fit(np.arange(20), np.array([3, 8, 11, 16]), refit)

    for rows in folds.values():
        assert set(rows) - {16} in [*before, set()]


def test_nothing_audited_is_nothing_judged():
    nothing = np.empty(0, dtype=np.intp)

    assert cross_fit(np.arange(4), nothing, lambda kept, asked: asked).tolist() == []


def test_scores_of_a_class_come_from_its_row_and_its_column():
    counts = confusion(np.array([0, 0, 0, 0, 1, 1]), np.array([0, 0, 0, 1, 1, 2]), 3)

    first, second, third = class_scores(counts)

    assert counts.tolist() == [[3, 1, 0], [0, 1, 1], [0, 0, 0]]
    assert (first.precision.value, first.recall.value) == (1, 0.75)
    assert (second.precision.value, second.recall.value, second.f1) == (0.5, 0.5, 0.5)
    assert (third.precision.value, third.recall, third.f1) == (0, None, 0)


def test_macro_f1_weighs_every_class_alike():
    truth = np.array([0] * 98 + [1, 1])

    assert macro_f1(truth, np.zeros(100, dtype=np.intp)) == pytest.approx(0.98 / 0.99 / 2)
    assert macro_f1(truth, truth) == 1


@pytest.mark.parametrize("wrong", [1, 2, 5, 20])
@pytest.mark.parametrize("n", [20, 50, 100])
def test_few_errors_in_a_small_pool_are_held_too(wrong, n):
    rng = np.random.default_rng(0)
    truth = np.arange(300) >= wrong
    found = [wilson(int(rng.choice(truth, n, replace=False).sum()), n, 300) for _ in range(500)]
    held = [share.low <= truth.mean() + 1e-12 and truth.mean() <= share.high + 1e-12 for share in found]

    assert np.mean(held) >= 0.93
