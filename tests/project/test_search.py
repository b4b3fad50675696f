"""Items found by the beginning of an id or by part of their text, and how long that takes among a million."""

import time

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activelabel.project.dataset import Dataset
from activelabel.project.folding import folded_text
from activelabel.project.inspection import Wishes, inspect
from activelabel.project.search import KEPT, ItemSearch, folded

ROWS = """id,text,sender
m-2,Un café à midi — as every day of the week,ann
m-20,"the prize is yours,
all of it today: call now",bob
m-3,deadline tomorrow and nothing is ready at all,Zoë
x-2,the prize is not yours and never was or will be,
x-9,smørrebrød in der Straße,
m-4,deadline tomorrow and nothing is ready at all,Zoë
"""
SECONDS = 2.0  # of a search after the first: half a second on a machine that is idle


@pytest.fixture(scope="module")
def search(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    path = folder / "mails.csv"
    path.write_text(ROWS, encoding="utf-8")
    return ItemSearch(Dataset.build(inspect(path, Wishes(id="id", texts=("text",))).settings, folder / "cache"))


def names(hits):
    return [hit.name for hit in hits.shown]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("m-2", ["m-2", "m-20"]),
        ("M-20", ["m-20"]),
        ("prize", ["m-20", "x-2"]),
        ("PRIZE is n", ["x-2"]),
        ("cafe a", ["m-2"]),
        ("CAFÉ", ["m-2"]),
        ("zoe", ["m-3"]),
        ("STRASSE", ["x-9"]),
        ("SMORRE", ["x-9"]),
        ("m-4", ["m-4"]),
        ("  ", []),
        ("nowhere", []),
        ("\x00", []),
    ],
)
def test_an_item_is_found_by_its_id_its_text_or_its_other_cells(search, typed, found):
    hits = search.find(typed, 10)

    assert names(hits) == found
    assert hits.total == len(found)


@given(st.lists(st.none() | st.text()))
def test_texts_of_a_column_are_folded_as_what_is_typed(texts):
    assert folded(pa.array(texts, pa.string())).to_pylist() == [text and folded_text(text) for text in texts]


def test_ids_of_ours_are_found_after_what_texts_say(search):
    units = [search._dataset.unit(row) for row in range(search._dataset.n_units)]
    first = search.find(units[0][:10], 10)

    assert [hit.id for hit in first.shown] == [f"{units[0]}-1"]
    assert search.find(f"{units[1]}-1", 10).shown[0].id == f"{units[1]}-1"
    assert names(search.find("dead", 10))[0] == "m-3"


def test_no_more_are_shown_than_asked_for_and_all_are_counted(search):
    hits = search.find("e", 2)

    assert (len(hits.shown), hits.total) == (2, 5)


def test_a_hit_is_one_line_around_what_was_found(search):
    (hit,) = search.find("all of it", 10).shown
    assert hit.line == "the prize is yours, all of it today: call now, bob"
    (hit,) = search.find("is ready at all", 10).shown
    assert hit.line.startswith("deadline tomorrow")
    (hit,) = search.find("was or will be", 10).shown
    assert hit.line == "the prize is not yours and never was or will be"


def test_far_into_a_text_the_line_begins_before_what_was_found(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text(f"text\n{'word ' * 50}here it is {'word ' * 500}\nanother text that is not the one at all\n")
    search = ItemSearch(Dataset.build(inspect(path, Wishes(texts=("text",))).settings, tmp_path / "cache"))
    (hit,) = search.find("here it", 10).shown

    assert hit.line.startswith("... word word word word here it is word")
    assert len(hit.line) < 210


@pytest.mark.parametrize(("name", "row"), [("m-3", True), ("m-4", True), ("M-3", False), ("m-", False), ("", False)])
def test_an_exact_name_is_an_item_or_none(search, name, row):
    assert (search.row_named(name) is not None) == row


def test_an_id_of_ours_is_exact_with_or_without_its_number(search):
    dataset = search._dataset
    unit = next(dataset.unit(row) for row in range(dataset.n_units) if dataset.weights[row] == 2)

    assert search.row_named(unit) == search.row_named(f"{unit}-1") == search.row_named(f"{unit}-2")
    assert search.row_named(f"{unit}-3") is None
    assert search.row_named(unit[:-1]) is None


def test_texts_too_large_to_keep_are_searched_all_the_same(search, monkeypatch):
    monkeypatch.setattr("activelabel.project.search.KEPT", 0)
    search = ItemSearch(search._dataset)

    assert names(search.find("prize", 10)) == ["m-20", "x-2"]
    assert not search._kept
    assert KEPT > 0


def test_a_table_without_words_has_ids_alone(tmp_path):
    np.save(tmp_path / "vectors.npy", np.eye(5))
    search = ItemSearch(Dataset.build(inspect(tmp_path / "vectors.npy", Wishes()).settings, tmp_path / "cache"))

    assert search.find("1", 10).total < 5
    assert search.find(search._dataset.unit(3), 10).total == 1


@pytest.mark.slow
def test_a_million_short_texts_are_searched_in_about_a_second(tmp_path):
    words = np.array(["free", "call", "now", "hello", "tomorrow", "dinner", "naïve", "café", "prize", "ticket", "ok"])
    rng = np.random.default_rng(0)
    texts = [" ".join(row) for row in words[rng.integers(0, len(words), (1_000_000, 10))]]
    pq.write_table(pa.table({"text": texts}), tmp_path / "texts.parquet")
    settings = inspect(tmp_path / "texts.parquet", Wishes(texts=("text",))).settings
    search = ItemSearch(Dataset.build(settings, tmp_path / "cache"))
    started = time.perf_counter()
    search.find("nowhere", 200)
    first = time.perf_counter() - started
    started = time.perf_counter()
    hits = search.find("Cafe ticket", 200)
    took = time.perf_counter() - started

    assert len(hits.shown) == 200
    assert hits.total > 1000
    assert took < SECONDS, f"{took:.2f} s, the first {first:.2f} s"
