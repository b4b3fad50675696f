from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from activelabel.learning.departures import departures
from activelabel.records.contents import ColumnTable
from activelabel.records.kinds import Modality


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def numbers(*columns: np.ndarray) -> ColumnTable:
    names = tuple("abcdef"[: len(columns)])
    return ColumnTable(Modality.TABLE, len(columns[0]), names, np.column_stack(columns).astype(np.float32))


def categories(*cells: str, **others: list[str]) -> ColumnTable:
    return replace(
        numbers(np.zeros(len(cells))),
        categories={"kind": np.array(cells, dtype=object)},
        **{field: {field: np.array(column, dtype=object)} for field, column in others.items()},
    )


def named(table: ColumnTable, row: int) -> list[str]:
    return [departure.name for departure in departures(table, row, np.arange(table.n))]


def test_the_numbers_farthest_from_the_others_come_first():
    table = numbers(*(np.append(rng().normal(size=100), far) for far in (5.0, 50.0, 1.0)))

    assert named(table, 100) == ["b", "a"]


def test_of_normal_numbers_few_depart():
    table = numbers(*rng().normal(size=(5, 500)))

    found = [len(named(table, row)) for row in range(500)]

    assert np.mean(found) / 5 < 0.01


def test_in_a_long_tail_no_more_than_one_in_twenty_depart():
    table = numbers(rng().lognormal(sigma=1.5, size=400))

    assert 0 < sum(bool(named(table, row)) for row in range(400)) <= 20


def test_one_number_out_of_all_bounds_does_not_hide_another():
    column = np.concatenate([rng().normal(size=50), [1e20, 9.0]])

    assert named(numbers(column), 50) == named(numbers(column), 51) == ["a"]


@pytest.mark.parametrize(("others", "departs"), [(0, True), (1, True), (8, False)])
def test_where_most_numbers_are_the_same_those_as_far_as_few_depart(others, departs):
    column = np.concatenate([np.zeros(60), np.full(others, -4.0), [3.0]])

    assert (named(numbers(column), len(column) - 1) == ["a"]) == departs
    assert named(numbers(column), 0) == []


def test_a_rare_category_departs_and_a_common_one_does_not():
    table = categories(*["red"] * 30, *["blue"] * 30, "teal")

    assert named(table, 60) == ["kind"]
    assert named(table, 0) == named(table, 30) == []


def test_where_all_categories_are_rare_none_departs():
    assert named(categories(*(f"name {row}" for row in range(60))), 7) == []


@pytest.mark.parametrize(("members", "departs"), [(19, False), (20, True)])
def test_fewer_than_twenty_members_cannot_make_a_category_rare(members, departs):
    assert (named(categories(*["red"] * members, "teal"), members) == ["kind"]) == departs


def test_what_is_missing_departs_where_it_hardly_ever_is_and_the_other_way_round():
    there = np.append(np.ones(50), np.nan)
    missing = np.append(np.full(50, np.nan), 1.0)
    half = np.append(np.tile([1.0, np.nan], 25), np.nan)

    assert named(numbers(there, missing, half), 50) == ["a", "b"]
    assert named(numbers(there, missing, half), 0) == []


def test_missing_categories_dates_and_texts_depart_too():
    table = categories(*["red"] * 40, "", dates=["2024-01-01"] * 40 + [""], texts=["", *["said"] * 39, "said"])

    assert named(table, 40) == ["kind", "dates"]
    assert named(table, 0) == ["texts"]


def test_the_row_itself_among_the_members_changes_nothing():
    table = numbers(np.append(rng().normal(size=30), 4.0))

    assert departures(table, 30, np.arange(30)) == departures(table, 30, np.arange(31))


def test_the_order_of_the_members_does_not_matter():
    table = numbers(np.append(rng().normal(size=100), 5.0))

    assert departures(table, 100, rng().permutation(101)) == departures(table, 100, np.arange(101))


def test_among_few_members_or_none_nothing_departs():
    table = numbers(np.append(np.arange(9.0), 1e6))

    assert departures(table, 9, np.arange(9)) == ()
    assert departures(table, 9, np.empty(0, dtype=np.intp)) == ()


def test_a_table_without_columns_has_no_departures():
    assert departures(ColumnTable(Modality.TABLE, 3, (), np.empty((3, 0), np.float32)), 0, np.arange(3)) == ()
