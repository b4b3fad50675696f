import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activelabel.errors import BadData
from activelabel.project.readers.source import open_source

value = st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_characters="\0", codec="utf-8"))
record = st.dictionaries(st.sampled_from("abcd"), value, min_size=1)


def read(path):
    source = open_source(path)
    return source.names, [row for batch in source.batches() for row in batch.to_pylist()]


def written(tmp_path, content):
    path = tmp_path / "data.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(record, min_size=1, max_size=5))
def test_every_key_of_any_line_is_a_column_and_a_key_that_lacks_is_missing(tmp_path, records):
    names, rows = read(written(tmp_path, "\n".join(map(json.dumps, records))))

    assert list(names) == list(dict.fromkeys(key for each in records for key in each))
    for found, meant in zip(rows, records, strict=True):
        assert {key for key, text in found.items() if text is not None} == {
            k for k, v in meant.items() if v is not None
        }
        assert all(found[key] == text for key, text in meant.items() if isinstance(text, str))


def test_values_become_their_canonical_text(tmp_path):
    path = written(
        tmp_path, '{"a": "007", "b": 1.50, "c": true, "d": {"y": [1, null], "x": "é"}, "e": 12345678901234567890}'
    )

    assert read(path)[1] == [
        {"a": "007", "b": "1.5", "c": "true", "d": '{"x":"é","y":[1,null]}', "e": "12345678901234567890"}
    ]


def test_half_a_surrogate_pair_is_replaced(tmp_path):
    assert read(written(tmp_path, r'{"a": "x\ud800y", "b": "\ud83d\ude00"}'))[1] == [{"a": "x\ufffdy", "b": "😀"}]


def test_blank_lines_and_a_byte_order_mark_are_nothing(tmp_path):
    assert read(written(tmp_path, '\ufeff\n{"a": "x"}\r\n\n'))[1] == [{"a": "x"}]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"a": 1}\n{"a": ', "line 2: not JSON"),
        ('{"a": 1}\n[1, 2]\n', "line 2: expected an object {...}, found a list"),
        ('"text"\n', "line 1: expected an object {...}, found a text"),
        ('{"a": 1, "a": 2}\n', "line 1: the key 'a' appears twice"),
        ('{"a": ' + "[" * 100_000 + "\n", "line 1: nested too deeply"),
        ('{"a": ' + "9" * 5000 + "}\n", "line 1: Exceeds the limit"),
        ('{"a": "x"}\n{"a": "x\\u0000y"}\n', "line 2: a NUL character"),
        (b'{"a": "caf\xe9"}\n', "line 1: byte 0xe9 is not UTF-8"),
        ('{"": 1}\n', "column 1 has no name"),
    ],
)
def test_what_is_no_object_of_json_is_refused_by_line(tmp_path, content, said):
    path = written(tmp_path, content)

    with pytest.raises(BadData) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: {said}")
