"""Conditions over a data set: which rows fit, what cannot be compared, and that no line does more than choose rows."""

import builtins

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activelabel.errors import WrongUse
from activelabel.project.dataset import Dataset
from activelabel.project.filters import rows_where
from activelabel.project.inspection import Wishes, inspect

ROWS = """id,text,sender,age,sent,class
a1,Win a FREE prize now,ann,31,2024-03-01,x
a2,see you tomorrow at noon then,bob,NA,2024-03-31,x
a3,free as a bird is what I said,,7.5,,y
a4,the weather is bad today again,Ann,-2,2023-12-24,z
a5,the weather is bad today again,Ann,-2,2023-12-24,z
"""
ROLES = Wishes(texts=("text",), id="id", label="", ignored=("class",))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    path = folder / "mails.csv"
    path.write_text(ROWS, encoding="utf-8")
    return Dataset.build(inspect(path, ROLES).settings, folder / "cache")


def found(line, dataset):
    return sorted(dataset.item(int(row)).user_id for row in np.flatnonzero(rows_where(line, dataset)))


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("length > 25", ["a2", "a3", "a4"]),
        ("20 <= length < 29", ["a1"]),
        ("text contains 'free'", ["a1", "a3"]),
        ("'WEATHER' in text", ["a4"]),
        ("sender == 'ann'", ["a1"]),
        ("sender != 'ann'", ["a2", "a4"]),
        ("not sender == 'ann'", ["a2", "a3", "a4"]),
        ("sender in ('bob', 'Ann')", ["a2", "a4"]),
        ("sender not in ('bob', 'Ann')", ["a1", "a3"]),
        ("missing(sender)", ["a3"]),
        ("missing(age)", ["a2"]),
        ("age > 0", ["a1", "a3"]),
        ("age != 31", ["a3", "a4"]),
        ("age == 7.5 or age == -2", ["a3", "a4"]),
        ("age in ()", []),
        ("sent == '2024-03'", ["a1", "a2"]),
        ("sent > '2024-03-01'", ["a2"]),
        ("sent >= '2024'", ["a1", "a2"]),
        ("'2023' <= sent < '2024-03-31'", ["a1", "a4"]),
        ("missing(sent)", ["a3"]),
        ("`class` == 'x' and length > 25", ["a2"]),
        ("id == 'a5'", ["a4"]),
        ("id == 'a1' or id == 'a2' or id == 'a3' or id == 'a4'", ["a1", "a2", "a3", "a4"]),
    ],
)
def test_a_condition_finds_the_rows_that_fit(line, ids, dataset):
    assert found(line, dataset) == ids


@pytest.mark.parametrize(
    ("line", "what", "hint"),
    [
        ("sendr == 'ann'", "no column named 'sendr'", "try 'sender'"),
        ("Length > 3", "no column named 'Length'", "try 'length'"),
        ("qqqq == 1", "no column named 'qqqq'", "the columns are id, text, sender, age, sent, class"),
        ("age == 'ten'", "column 'age' holds numbers, and is compared with the text 'ten'", "as in: age == 20"),
        ("sender > 3", "column 'sender' holds no numbers, and is compared with 3", 'in quotes it is a text: "3"'),
        ("sent > 2024", "column 'sent' holds no numbers, and is compared with 2024", 'in quotes it is a text: "2024"'),
        ("sent > 'soon'", "'soon' is no date, and column 'sent' holds dates", 'write "2024-03-31", or "2024-03"'),
        ("sent > '2024-02-31'", "'2024-02-31' is no date", "write"),
        ("length contains 'a'", "length is a number", "as in: length > 200"),
        ("missing(length)", "length is a number", "as in: length > 200"),
        ("length == 'a'", "column 'length' holds numbers", "as in"),
    ],
)
def test_what_cannot_be_compared_is_refused(line, what, hint, dataset):
    with pytest.raises(WrongUse) as refused:
        rows_where(line, dataset)
    assert str(refused.value).startswith(what)
    assert refused.value.hint.startswith(hint)


def test_dates_are_compared_however_their_column_is_written(tmp_path):
    path = tmp_path / "days.csv"
    path.write_text("n,on\n1,24.12.2023\n2,03.01.2024\n3,31.01.2024\n")
    dataset = Dataset.build(inspect(path, Wishes()).settings, tmp_path / "cache")

    assert rows_where("on >= '2024'", dataset).sum() == 2
    assert rows_where("on > '03.01.2024'", dataset).sum() == 1


def test_numbers_are_compared_as_they_were_stored(tmp_path):
    path = tmp_path / "numbers.parquet"
    half = pa.array([0.1, 0.2, None], pa.float32())
    pq.write_table(pa.table({"half": half, "big": [16_777_216, 16_777_217, 16_777_218], "text": ["a", "b", "c"]}), path)
    dataset = Dataset.build(inspect(path, Wishes()).settings, tmp_path / "cache")

    assert rows_where("half == 0.1", dataset).sum() == 1
    assert rows_where("half < 1e300", dataset).sum() == 2
    assert rows_where("big == 16777217", dataset).sum() == 1


def test_length_without_texts_and_vectors_are_refused(tmp_path):
    np.save(tmp_path / "vectors.npy", np.eye(5))
    dataset = Dataset.build(inspect(tmp_path / "vectors.npy", Wishes()).settings, tmp_path / "cache")
    name = dataset.names[0]

    with pytest.raises(WrongUse, match="there are none here"):
        rows_where("length > 3", dataset)
    with pytest.raises(WrongUse, match="holds no numbers"):
        rows_where(f"{name} > 3", dataset)
    with pytest.raises(WrongUse, match="vectors"):
        rows_where(f"missing({name})", dataset)


NAMES = st.sampled_from(["text", "sender", "age", "sent", "`class`", "length", "nothing"])
VALUES = st.one_of(st.integers().map(str), st.floats(allow_nan=False).map(repr), st.text(max_size=5).map(repr))
PARTS = st.one_of(
    st.builds("{} {} {}".format, NAMES, st.sampled_from(["==", "!=", "<", ">=", "contains"]), VALUES),
    st.builds("missing({})".format, NAMES),
    st.builds("{} in ({}, {})".format, NAMES, VALUES, VALUES),
    st.builds("{} < {} < {}".format, VALUES, NAMES, VALUES),
)
LINES = st.recursive(
    PARTS, lambda inner: st.builds("({} {} not {})".format, inner, st.sampled_from(["and", "or"]), inner), max_leaves=5
)


@settings(max_examples=60, deadline=None)
@given(line=LINES)
def test_any_line_chooses_rows_or_is_refused_and_calls_nothing(dataset, line):
    with pytest.MonkeyPatch.context() as patch:
        for name in ("eval", "exec", "open", "print"):
            patch.setattr(builtins, name, None)
        try:
            rows = rows_where(line, dataset)
        except WrongUse:
            return
    assert rows.shape == (dataset.n_units,)
    assert rows.dtype == bool
