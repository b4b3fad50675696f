import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from activelabel.errors import WrongUse
from activelabel.reporting.exports.formats import FORMATS, format_for
from activelabel.reporting.exports.sheet import CellKind, Column, Sheet

COLUMNS = (Column("item"), Column('a "b", c\n'), Column("n", CellKind.COUNT), Column("p", CellKind.SHARE))
texts = st.text(st.characters(exclude_categories=["Cs"]))
rows = st.lists(
    st.tuples(
        texts,
        st.none() | texts,
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | st.floats(allow_nan=False, allow_infinity=False),
    )
)
hostile = [
    ("a,b", 'say "no"', 1, 0.5),
    ("\r\n", "\u2028;\t|", None, None),
    ("", None, 0, 1e-300),
    ("\x00", "=1", 2, 1.0),
]


def written(suffix, given_rows, columns=COLUMNS):
    file = io.BytesIO()
    FORMATS[suffix].write(file, Sheet(columns, iter(given_rows)))
    return file.getvalue()


@pytest.mark.parametrize(("suffix", "delimiter"), [("csv", ","), ("tsv", "\t")])
@given(given_rows=rows)
@example(given_rows=hostile)
@settings(deadline=None, max_examples=50)
def test_delimited_text_comes_back_as_it_was(suffix, delimiter, given_rows):
    text = io.StringIO(written(suffix, given_rows).decode(), newline="")
    found = list(csv.reader(text, delimiter=delimiter, strict=True))

    assert found[0] == [column.name for column in COLUMNS]
    assert found[1:] == [["" if cell is None else str(cell) for cell in row] for row in given_rows]


@given(given_rows=rows)
@example(given_rows=hostile)
@settings(deadline=None, max_examples=50)
def test_json_lines_come_back_exactly(given_rows):
    lines = written("jsonl", given_rows).decode().split("\n")

    assert lines.pop() == ""
    assert [tuple(json.loads(line).values()) for line in lines] == given_rows
    assert all(list(json.loads(line)) == [column.name for column in COLUMNS] for line in lines)


@given(given_rows=rows)
@example(given_rows=hostile)
@settings(deadline=None, max_examples=50)
def test_parquet_comes_back_exactly(given_rows):
    table = pq.read_table(io.BytesIO(written("parquet", given_rows)))

    assert table.column_names == [column.name for column in COLUMNS]
    assert [str(kind) for kind in table.schema.types] == ["string", "string", "int64", "double"]
    assert list(zip(*(column.to_pylist() for column in table.columns), strict=True)) == given_rows


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_lone_surrogate_ends_no_export(suffix):
    assert written(suffix, [("a\ud800b",)], COLUMNS[:1])


def test_json_keeps_even_a_lone_surrogate():
    assert json.loads(written("jsonl", [("a\ud800b",)], COLUMNS[:1])) == {"item": "a\ud800b"}


def test_parquet_holds_more_rows_than_a_batch():
    table = pq.read_table(io.BytesIO(written("parquet", [(str(n),) for n in range(10_000)], COLUMNS[:1])))

    assert table["item"].to_pylist() == [str(n) for n in range(10_000)]


@pytest.mark.parametrize("name", ["labels", "labels.xls", "labels.csv.gz", ".csv"])
def test_an_unknown_suffix_is_refused_with_those_known(name):
    with pytest.raises(WrongUse) as refused:
        format_for(Path(name))

    assert "parquet" in refused.value.hint
