from collections import Counter

import pytest

from activelabel.project.store import Store
from activelabel.reporting.exports.labels import Labeller, What
from activelabel.reporting.exports.rows import column_names, from_dataset, from_store, labelled_sheet


def sheet_of(items, names, ledger, what=What.ALL):
    counts = Counter()
    sheet = labelled_sheet(items, names, Labeller(ledger, None, what), counts)
    return [dict(zip((column.name for column in sheet.columns), row, strict=True)) for row in sheet.rows], counts


def test_there_is_a_row_an_item_in_the_order_of_the_file(blobs):
    rows, counts = sheet_of(from_dataset(blobs.dataset), ("name", "x", "y", "kind"), blobs.ledger)

    assert [row["name"] for row in rows] == [*(f"p{n}" for n in range(64))]
    assert counts == {"": 64}


def test_a_column_of_the_data_that_bears_our_name_is_renamed(blobs):
    rows, _ = sheet_of(from_dataset(blobs.dataset), ("name", "x", "y", "kind"), blobs.ledger)

    assert {row["data_kind"] for row in rows} == {"red", "green", "blue"}
    assert {row["kind"] for row in rows} == {None}


def test_renamed_columns_never_meet_another():
    names = ("label", "data_label", "data_data_label", "item")
    sheet = labelled_sheet([], names, None, Counter())
    found = [column.name for column in sheet.columns]

    assert len(set(found)) == len(found)
    assert found[1:5] == ["data_data_data_label", "data_label", "data_data_label", "data_item"]


def test_both_twins_of_an_answered_item_are_human(blobs):
    twins = [row for row in range(60) if blobs.dataset.weights[row] == 2]
    blobs.answer(twins[:1])
    rows, counts = sheet_of(from_dataset(blobs.dataset), ("name",), blobs.ledger, What.HUMAN)

    assert counts == {"human": 2}
    assert [row["via"] for row in rows] == [None, rows[0]["item"]]


@pytest.mark.parametrize("within", [True, False])
def test_answered_items_can_be_listed_without_the_data(blobs, within):
    blobs.answer(blobs.order[:3])
    ledger = blobs.ledger
    with Store(blobs.layout.labels, readonly=True) as store:
        items = list(from_store(store, ledger, ledger.settings.roles, blobs.dataset if within else None))

    assert len(items) == (0 if within else 3)
    assert column_names(items) == (() if within else ("name", "x", "y"))
