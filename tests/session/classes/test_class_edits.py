"""The grammar of edits: one, wherever an edit is written."""

import pytest

from activelabel.errors import WrongUse
from activelabel.session.classes.edits import ClassEdit, Verb, parse_edit, parse_names


@pytest.mark.parametrize(
    ("line", "verb", "names", "to"),
    [
        ("rename owl = barn owl", Verb.RENAME, ("owl",), ("barn owl",)),
        ("  rename  owl=tit ", Verb.RENAME, ("owl",), ("tit",)),
        ('rename "a, b" = "c = d"', Verb.RENAME, ("a, b",), ("c = d",)),
        ('rename "say ""boo""" = 5" pipe', Verb.RENAME, ('say "boo"',), ('5" pipe',)),
        ("merge owl, tit,wren = bird", Verb.MERGE, ("owl", "tit", "wren"), ("bird",)),
        ("split bird = owl, tit", Verb.SPLIT, ("bird",), ("owl", "tit")),
        ("define owl = heard at night, not seen = owl", Verb.DEFINE, ("owl",), ("heard at night, not seen = owl",)),
        ("example owl", Verb.EXAMPLE, ("owl",), ()),
        ("example owl = ab12-1", Verb.EXAMPLE, ("owl",), ("ab12-1",)),
        ("key owl = ,", Verb.KEY, ("owl",), (",",)),
        ("add snowy owl", Verb.ADD, ("snowy owl",), ()),
    ],
)
def test_a_line_means_one_edit(line, verb, names, to):
    assert parse_edit(line) == ClassEdit(verb, names, to)


@pytest.mark.parametrize(
    "line",
    [
        "rename owl",
        "rename owl =",
        "rename = owl",
        "rename owl, tit = bird",
        "rename owl = a, b",
        "rename owl = a = b",
        'rename "owl = a',
        'rename "owl" x = a',
        "merge owl, tit",
        "split owl =",
        "split owl, tit = bird",
        "define owl",
        "key owl =  ",
        "add",
        "add owl = tit",
        "example",
    ],
)
def test_a_line_that_is_no_edit_is_answered_with_how_to_write_it(line):
    with pytest.raises(WrongUse, match="not understood after") as refused:
        parse_edit(line)
    assert refused.value.hint.startswith(f"write {line.split()[0]} ")


def test_a_verb_that_is_misspelt_is_answered_with_the_nearest():
    with pytest.raises(WrongUse, match="'renam'") as refused:
        parse_edit("renam owl = tit")
    assert refused.value.hint == "write rename OLD = NEW"


def test_a_list_of_parts_is_names_between_commas():
    assert parse_names('owl, "barn, grey" ,') == ("owl", "barn, grey")
    with pytest.raises(WrongUse, match="equal sign"):
        parse_names("owl = tit")
