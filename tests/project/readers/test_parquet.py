import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from activelabel.errors import BadData
from activelabel.project.readers import parquet
from activelabel.project.readers.source import open_source


def read(path):
    return pa.Table.from_batches(open_source(path).batches())


def written(tmp_path, columns, **options):
    path = tmp_path / "data.parquet"
    pq.write_table(pa.table(columns), path, **options)
    return path


def test_flat_columns_keep_their_types_and_texts_are_unpacked(tmp_path):
    day = datetime.date(2024, 1, 31)
    columns = {"n": [1, None], "x": [0.5, 2.0], "day": [day, day], "text": ["a", None], "flag": [True, False]}
    columns["class"] = pa.array(["ham", "spam"]).dictionary_encode()

    found = read(written(tmp_path, columns))

    assert [str(each) for each in found.schema.types] == ["int64", "double", "date32[day]", "string", "bool", "string"]
    assert found.column("class").to_pylist() == ["ham", "spam"]


def test_nested_columns_become_json_and_bytes_become_hex(tmp_path):
    path = written(tmp_path, {"l": [[1, 2], None], "s": [{"b": 1, "a": "x"}, None], "raw": [b"\xff\x00", None]})

    assert read(path).to_pydict() == {"l": ["[1,2]", None], "s": ['{"a":"x","b":1}', None], "raw": ["ff00", None]}


def test_rows_come_in_order_over_row_groups(tmp_path):
    path = written(tmp_path, {"n": list(range(10_000))}, row_group_size=3000)

    assert read(path).column("n").to_pylist() == list(range(10_000))


def test_texts_that_unpack_to_too_much_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "BATCH_BYTES", 1 << 20)
    path = written(tmp_path, {"text": ["x" * 10_000] * 4096})

    with pytest.raises(BadData, match="too large: 4,096 rows unpack to more than 1 MiB"):
        read(path)


@pytest.mark.parametrize("content", [b"PAR1" + b"x" * 30 + b"\xff\xff\xff\x7fPAR1", b"hello", b"PAR1PAR1"])
def test_a_file_that_is_no_parquet_is_refused(tmp_path, content):
    path = tmp_path / "data.parquet"
    path.write_bytes(content)

    with pytest.raises(BadData, match="not a readable Parquet file"):
        read(path)


def test_a_damaged_page_is_refused(tmp_path):
    path = written(tmp_path, {"text": [f"some text {number}" for number in range(5000)]}, compression="zstd")
    content = bytearray(path.read_bytes())
    content[60:400] = bytes(340)
    path.write_bytes(content)

    with pytest.raises(BadData, match="damaged"):
        read(path)
