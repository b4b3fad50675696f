"""What belongs to each class, from a file of lines."""

import pytest

from activelabel.errors import BadData
from activelabel.session.classes.guidelines import read_guidelines


def written(tmp_path, text):
    path = tmp_path / "guide.txt"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_each_line_defines_a_class_and_goes_on_where_the_next_is_indented(tmp_path):
    text = '\ufeff# birds\nowl: seen\n  at night\n\n\nbarn owl :  white: mostly\n"a: ""b"": c": quoted\n'

    assert list(read_guidelines(written(tmp_path, text)).items()) == [
        ("owl", "seen at night"),
        ("barn owl", "white: mostly"),
        ('a: "b": c', "quoted"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("owl: one\nno colon here\n", "line 2: not understood: 'no colon here'"),
        ("owl: one\nOwl: two\n", "line 2: 'Owl' is defined in line 1 already"),
        ("caf\u00e9: one\ncafe\u0301: two\n", "line 2: 'caf\u00e9' is defined in line 1 already"),
        ("owl:\ntit: two\n", "line 1: the definition is empty"),
        ("o\u202ewl: x\n", "line 1: the name of the class holds control characters"),
        (b"owl: \xff\n", "not UTF-8"),
        ("owl: " + "x" * 3000, "line 1: the definition has 3,000 characters"),
        ("x" * 1_000_001, "more than 1,000,000 bytes"),
    ],
)
def test_what_is_not_understood_is_refused_by_its_line(tmp_path, text, words):
    with pytest.raises(BadData) as refused:
        read_guidelines(written(tmp_path, text))
    assert words in str(refused.value)
    assert refused.value.hint


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadData, match="no such file"):
        read_guidelines(tmp_path / "none.txt")
