from __future__ import annotations

import gc

import numpy as np

from activelabel.learning import kept as module
from activelabel.learning.kept import kept, lasting, store_in, stored_beside


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


class Shelf(dict):
    """A store that says what it was asked for."""

    def __call__(self, name, make):
        if name not in self:
            self[name] = make()
        return self[name]


def test_what_lasts_is_found_again_for_another_array_with_the_same_store():
    shelf = Shelf(halved=np.array([7.0]))
    for _ in range(2):
        rows = np.arange(3.0)
        store_in(rows, shelf)

        assert lasting(rows, doubled).tolist() == [0, 2, 4]
        assert lasting(rows, halved).tolist() == [7]
        assert kept(rows, doubled) is lasting(rows, doubled)

    assert shelf.keys() == {"doubled", "halved"}


def test_without_a_store_what_lasts_goes_with_its_source():
    rows = np.arange(3.0)

    assert lasting(rows, doubled) is lasting(rows, doubled)
    assert lasting(rows.copy(), doubled) is not lasting(rows, doubled)


def test_what_is_made_of_a_part_has_names_of_its_own():
    rows, part, shelf = np.arange(3.0), np.arange(2.0), Shelf()
    store_in(rows, shelf)
    stored_beside(rows, part, "first")
    stored_beside(np.arange(4.0), unstored := np.arange(1.0), "first")
    for each in (rows, part, unstored):
        lasting(each, doubled)

    assert {name: made.tolist() for name, made in shelf.items()} == {"doubled": [0, 2, 4], "first-doubled": [0, 2]}


def test_a_store_is_forgotten_with_its_source():
    rows = np.arange(3.0)
    store_in(rows, Shelf())
    place = id(rows)

    del rows
    gc.collect()

    assert place not in module._stores
