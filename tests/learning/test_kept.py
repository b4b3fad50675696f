from __future__ import annotations

import gc

import numpy as np

from activelabel.learning import kept as module
from activelabel.learning.kept import kept


def doubled(rows: np.ndarray) -> np.ndarray:
    return rows * 2


def halved(rows: np.ndarray) -> np.ndarray:
    return rows / 2


def test_each_function_has_its_own_result():
    rows = np.arange(3.0)

    assert kept(rows, doubled).tolist() == [0, 2, 4]
    assert kept(rows, halved).tolist() == [0, 0.5, 1]


def test_what_was_made_goes_with_its_source():
    rows = np.arange(3.0)
    kept(rows, doubled)
    place = id(rows)

    del rows
    gc.collect()

    assert place not in module._made


def test_what_fails_is_tried_again():
    rows, attempts = np.arange(3.0), []

    def fails_first(_: np.ndarray) -> str:
        attempts.append(1)
        if len(attempts) == 1:
            raise OSError
        return "made"

    try:
        kept(rows, fails_first)
    except OSError:
        assert kept(rows, fails_first) == "made"
