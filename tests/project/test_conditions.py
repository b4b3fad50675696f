"""The language of `--where`: what it says, what it refuses, and that nothing in it is ever run."""

import contextlib
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activelabel.errors import WrongUse
from activelabel.project.conditions import AllOf, AnyOf, Compared, Condition, Contains, Missing, Not, parse_condition


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("length > 200", Compared("length", ">", 200.0)),
        ("200 <= length", Compared("length", ">=", 200.0)),
        ("-1.5 == x", Compared("x", "==", -1.5)),
        ("sex != 'male'", Compared("sex", "!=", "male")),
        ("2 < x <= 9", AllOf((Compared("x", ">", 2.0), Compared("x", "<=", 9.0)))),
        ("a == 1 or b == 2", AnyOf((Compared("a", "==", 1.0), Compared("b", "==", 2.0)))),
        ("not text contains 'free'", Not(Contains("text", "free"))),
        ("'free' in text", Contains("text", "free")),
        ("'free' not in text", Not(Contains("text", "free"))),
        ("island in ('Dream', 3)", AnyOf((Compared("island", "==", "Dream"), Compared("island", "==", 3.0)))),
        ("island in ('Dream')", Compared("island", "==", "Dream")),
        ("missing(`bill length`)", Missing("bill length")),
        ("`class` contains 'it contains `x`'", Contains("class", "it contains `x`")),
        ("  \n x == 1 \n", Compared("x", "==", 1.0)),
        ('text contains "a\\"b"', Contains("text", 'a"b')),
    ],
)
def test_each_line_says_one_thing(line, meant):
    assert parse_condition(line) == meant


@pytest.mark.parametrize(
    "line",
    [
        "",
        "length",
        "length >",
        "length = 3",
        "a > b",
        "1 < 2",
        "'x' == 'x'",
        "x == True",
        "x == None",
        "x is 3",
        "x == 1j",
        "x == b'x'",
        "x == f'{x}'",
        "text contains 3",
        "text contains",
        "x >> 'a'",
        "x + 1 == 2",
        "x[0] == 1",
        "x.y == 1",
        "missing()",
        "missing('x')",
        "missing(x, y)",
        "column(x) == 1",
        "open('x') == 1",
        "__import__('os').system('true')",
        "(lambda: 1)() == 1",
        "[x for x in y] == 1",
        "(x := 3) == 3",
        "x == '\\ud800'",
        "x == 1" + "0" * 400,
        "x == 1" + "0" * 1900,
        "x == '" + "a" * 3000 + "'",
        "not " * 90 + "x == 1",
        "(" * 300 + "x == 1" + ")" * 300,
        "x == 1\0",
    ],
)
def test_anything_else_is_refused_with_what_to_do(line):
    with pytest.raises(WrongUse) as refused:
        parse_condition(line)
    assert str(refused.value).startswith("--where")
    assert refused.value.hint


WORDS = ["x", "`a_b`", "length", "1", "-2.5", "'t'", "in", "not", "and", "or", "contains", "is", "lambda:"]
CALLS = ["missing(", "column(", "eval(", "print('called')", "f'{x}'", "x[0]", "x.y"]
SIGNS = ['"', "(", ")", ",", "==", "<", "[", "]", "`", "\\", "**", ":=", ">>", "=", ";", "#", "@"]
PIECES = st.sampled_from([*WORDS, *CALLS, *SIGNS])


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.text(alphabet=string.printable, max_size=40) | st.text())
def test_no_line_is_more_than_a_condition_or_a_refusal(line):
    with contextlib.suppress(WrongUse):
        assert isinstance(parse_condition(line), Condition)
