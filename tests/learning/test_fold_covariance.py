from __future__ import annotations

import numpy as np
import pytest

from activelabel.learning.fold_covariance import fold_covariance

FOLDS = 6
SIZES = np.full(FOLDS, 10)
NEIGHBOURHOODS = 40
NONE = np.eye(FOLDS, dtype=bool)


def drawn(rng):
    """Return which of 60 rows are right, what folds gain each other, and the share right of rows that nobody drew.

    A row is right if a row of its neighbourhood is in another fold; those that nobody drew, if any row is.
    """
    homes = rng.integers(NEIGHBOURHOODS, size=(FOLDS, SIZES[0]))
    there = np.zeros((FOLDS, NEIGHBOURHOODS), dtype=bool)
    there[np.arange(FOLDS)[:, None], homes] = True
    folds_there = there.sum(axis=0)
    right = folds_there[homes] > 1
    # in row l and column k: rows of k that one other fold makes right, where that is l
    by_one = [
        [(there[one, homes[of]] & (folds_there[homes[of]] == 2)).sum() for of in range(FOLDS)] for one in range(FOLDS)
    ]
    gains = np.where(NONE, np.nan, np.array(by_one, dtype=float))
    return right.ravel(), gains, there.any(axis=0).mean()


def test_it_is_what_the_variance_of_independent_rows_leaves_out():
    rng = np.random.default_rng(0)
    off, alone, together = [], [], []
    for _ in range(800):
        right, gains, truth = drawn(rng)
        off.append(right.mean() - truth)
        alone.append(right.var() / len(right))
        together.append(fold_covariance(gains, SIZES))

    assert np.var(off) > 1.3 * np.mean(alone)
    assert np.mean(alone) + np.mean(together) == pytest.approx(np.var(off), rel=0.15)


def test_every_fold_and_the_next_tell_what_all_pairs_tell():
    rng = np.random.default_rng(1)
    away = np.subtract.outer(np.arange(FOLDS), np.arange(FOLDS)) % FOLDS
    found = []
    for _ in range(800):
        gains = drawn(rng)[1]
        ring = np.where(np.isin(away, [1, FOLDS - 1]), gains, np.nan)
        found.append([fold_covariance(ring, SIZES), fold_covariance(gains, SIZES)])
    some, every = np.mean(found, axis=0)

    assert some == pytest.approx(every, rel=0.15)


def test_what_every_label_gains_every_row_is_no_part_of_it():
    gains = np.where(np.eye(3, dtype=bool), np.nan, 2.0)

    assert fold_covariance(gains, np.array([5, 5, 5])) == 0
    assert fold_covariance(gains, np.array([2, 5, 8])) > 0


@pytest.mark.parametrize("folds", [1, 3])
def test_where_no_pair_was_tried_nothing_is_known_of_it(folds):
    assert fold_covariance(np.full((folds, folds), np.nan), np.full(folds, 4)) == 0


def test_folds_of_which_one_gains_what_the_other_loses_take_nothing_from_the_variance():
    gains = np.array([[np.nan, 1.0, -1.0], [-1.0, np.nan, 1.0], [1.0, -1.0, np.nan]])

    assert fold_covariance(gains, np.array([5, 5, 5])) == 0
    # where each returns what it was given
    assert fold_covariance(np.array([[np.nan, 1, -1], [1, np.nan, 1], [-1, 1, np.nan]]), np.array([5, 5, 5])) > 0
