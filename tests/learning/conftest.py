from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest

from activelabel.learning.models.learners import logistic_regression
from activelabel.learning.models.prediction import predict
from activelabel.learning.protocols import Pool


def three_groups() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(7)
    groups = rng.permutation(np.repeat([0, 1, 2], [30, 20, 10]))
    centres = np.array([[0, 0, 0, 0], [40, 0, 0, 0], [0, 40, 0, 0]])
    return (centres[groups] + rng.normal(size=(60, 4))).astype(np.float32), groups


@pytest.fixture
def blobs() -> tuple[np.ndarray, np.ndarray]:
    """Sixty rows in three groups far apart, of 30, 20 and 10, mixed: features (60, 4) and the group of each."""
    return three_groups()


@pytest.fixture(scope="session")
def fitted_pool() -> Pool:
    features, groups = three_groups()
    labelled = np.sort(np.concatenate([np.flatnonzero(groups == group)[:2] for group in range(3)]))
    askable = np.ones(60, dtype=bool)
    askable[labelled] = False
    model = logistic_regression(np.random.default_rng(0)).fit(features[labelled], groups[labelled])
    return Pool(
        features, labelled, groups[labelled], 3, askable, np.ones(60), proba=predict(model, features, n_classes=3)
    )


@pytest.fixture
def pool(fitted_pool) -> Pool:
    """The blobs with two labels a group, and what a logistic regression makes of them; a copy for each test."""
    return deepcopy(fitted_pool)


@pytest.fixture
def fresh(pool) -> Pool:
    """The same pool before the first answer."""
    nothing = np.empty(0, dtype=np.intp)
    return replace(pool, labelled=nothing, labels=nothing, askable=np.ones(60, dtype=bool), proba=None)


@pytest.fixture
def permuted():
    """Return a function that gives the same pool with its rows in another order: row i becomes row place[i]."""

    def permute(pool: Pool, order: np.ndarray) -> tuple[Pool, np.ndarray]:
        place = np.argsort(order)
        labelled = place[pool.labelled]
        ascending = np.argsort(labelled)
        moved = replace(
            pool,
            features=pool.features[order],
            labelled=labelled[ascending],
            labels=pool.labels[ascending],
            askable=pool.askable[order],
            weights=pool.weights[order],
            proba=None if pool.proba is None else pool.proba[order],
        )
        return moved, place

    return permute
