from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from activelabel.learning.propagation import lineage
from activelabel.learning.propagation.lineage import finish, speakers
from activelabel.learning.protocols import Pool


def asked(seed: int, n: int = 120, k: int = 3) -> tuple[Pool, np.ndarray, np.ndarray, np.ndarray]:
    """Return a pool, some of its rows, the class that won at each, and the group of every row of the pool."""
    rng = np.random.default_rng(seed)
    labelled = np.sort(rng.choice(n, int(rng.integers(1, n)), replace=False))
    pool = Pool(
        features=rng.normal(size=(n, 3)).astype(np.float32),
        labelled=labelled,
        labels=rng.integers(k, size=len(labelled)),
        n_classes=k,
        askable=np.ones(n, dtype=bool),
        weights=np.ones(n),
    )
    rows = np.sort(rng.choice(n, int(rng.integers(0, n)), replace=False))
    return pool, rows, rng.integers(k, size=len(rows)), rng.integers(4, size=n)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("distances", [lineage.DISTANCES, 50])
def test_the_nearest_of_the_group_and_the_class_speaks_or_else_of_the_group(seed, distances, monkeypatch):
    monkeypatch.setattr(lineage, "DISTANCES", distances)
    pool, rows, winners, groups = asked(seed)

    found = speakers(pool, rows, winners, groups)

    for row, winner, speaker in zip(rows.tolist(), winners.tolist(), found.tolist(), strict=True):
        away = np.linalg.norm(pool.features[pool.labelled] - pool.features[row], axis=1)
        rank = 2 * (groups[pool.labelled] != groups[row]) + (pool.labels != winner)
        best = np.lexsort((away, rank))[0]
        assert pool.labelled[best] == speaker


def test_among_many_labels_those_around_a_row_are_looked_at(monkeypatch):
    rng = np.random.default_rng(0)
    features = rng.normal(size=(6_000, 2)).astype(np.float32)
    labelled = np.arange(0, 6_000, 2)
    pool = SimpleNamespace(features=features, labelled=labelled, labels=np.zeros(3_000, dtype=np.intp))
    rows, winners, groups = np.arange(1, 6_000, 2), np.zeros(3_000, dtype=np.intp), np.zeros(6_000, dtype=np.intp)
    exact = speakers(pool, rows, winners, groups)
    monkeypatch.setattr(lineage, "EXACT_ROWS", 1_000)
    monkeypatch.setattr("activelabel.learning.indexes.EXACT_ROWS", 1_000)

    assert (speakers(pool, rows, winners, groups) == exact).mean() > 0.98


def test_where_all_rows_are_labelled_nobody_is_looked_for(monkeypatch):
    pool, *_ = asked(0)
    n = len(pool.features)
    whole = Pool(
        features=pool.features,
        labelled=np.arange(n),
        labels=np.arange(n) % 3,
        n_classes=3,
        askable=pool.askable,
        weights=pool.weights,
    )
    compared = []
    monkeypatch.setattr(lineage, "_nearest", lambda *given: compared.append(given))

    found = finish(whole, np.full((n, 3), 1 / 3), np.zeros(n, dtype=np.intp))

    assert compared == []
    assert found.sources.tolist() == list(range(n))
