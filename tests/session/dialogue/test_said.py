import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activelabel.errors import WrongUse
from activelabel.session.dialogue.said import LONGEST, Said, parsed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"card": "t", "label": "ham"}', Said("label", "t", "ham")),
        ('{"card": "t", "label": "eggs", "new_class": true}', Said("label", "t", "eggs", new_class=True)),
        ('{"card": "t", "skip": true}', Said("skip", "t")),
        ('{"card": "t", "not_sure": true, "note": " odd "}', Said("not_sure", "t", note="odd")),
        ('{"card": "t", "bad": true, "seconds": 2}', Said("bad", "t", seconds=2)),
        ('{"card": "t", "accept": true, "seconds": 0.5}', Said("accept", "t", seconds=0.5)),
        ('{"undo": true}', Said("undo")),
        (b'\xef\xbb\xbf{"undo": true}\r\n', Said("undo")),
    ],
)
def test_each_answer_is_read(text, said):
    assert parsed(text) == said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON"),
        ("ham", "not JSON"),
        (b"\xff\xfe\xfa", "not JSON"),
        ('["ham"]', 'not a JSON object: \\["ham"\\]'),
        ("null", "not a JSON object: null"),
        ("{}", "nothing is answered"),
        ('{"card": "t"}', "nothing is answered"),
        ('{"label": "ham"}', "no card is named"),
        ('{"card": "", "label": "ham"}', "no card is named"),
        ('{"card": 3, "label": "ham"}', "card is 3"),
        ('{"card": "t", "label": ["ham"]}', 'label is \\["ham"\\]'),
        ('{"card": "t", "skip": 1}', "skip is 1"),
        ('{"card": "t", "skip": false}', "skip is false"),
        ('{"card": "t", "label": "ham", "skip": true}', "label and skip in one answer"),
        ('{"card": "t", "skip": true, "new_class": true}', "new_class beside skip"),
        ('{"card": "t", "undo": true}', "undo stands alone"),
        ('{"card": "t", "labl": "ham"}', 'unknown field "labl"'),
        ('{"card": "t", "label": "ham", "label": "spam"}', "a name is given twice"),
        ('{"card": "t", "label": "ham", "seconds": NaN}', "NaN is no number"),
        ('{"card": "t", "label": "ham", "seconds": -1}', "seconds is -1"),
        ('{"card": "t", "label": "ham", "seconds": true}', "seconds is true"),
        ('{"card": "t", "label": "ham", "seconds": 1e300}', "seconds is 1e[+]300"),
        ('{"card": "t", "label": "ham", "note": null}', "note is null"),
        ("[" * 50_000, "not JSON"),
        ("9" * 5_000, "not JSON"),
        (" " * (LONGEST + 1), "longer than 100,000 bytes"),
    ],
)
def test_what_is_no_answer_is_refused_with_a_way_on(text, words):
    with pytest.raises(WrongUse, match=words) as refused:
        parsed(text)
    assert refused.value.hint
    assert len(str(refused.value)) < 300


def test_a_field_that_is_misspelt_is_named_rightly():
    with pytest.raises(WrongUse) as refused:
        parsed('{"card": "t", "labl": "ham"}')
    assert refused.value.hint == "try 'label'"


WORDS = st.sampled_from(["card", "label", "skip", "not_sure", "bad", "accept", "undo", "new_class", "seconds", "note"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@settings(max_examples=40)
@given(st.dictionaries(WORDS | st.text(), VALUES, max_size=4) | VALUES)
def test_any_json_is_an_answer_or_an_expected_failure(value):
    try:
        said = parsed(json.dumps(value))
    except WrongUse:
        return
    assert said.what


@settings(max_examples=40)
@given(st.binary(max_size=40) | st.text(max_size=40))
def test_any_bytes_are_an_answer_or_an_expected_failure(text):
    try:
        parsed(text)
    except WrongUse:
        return
