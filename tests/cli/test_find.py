from hypothesis import given
from hypothesis import strategies as st

from activelabel.cli.find import folded_name, matching
from activelabel.records import LabelClass

BIRDS = ["sparrow", "house sparrow", "Sparrowhawk", "owl", "snow goose"]


def classes(names):
    return [LabelClass(name, name, "") for name in names]


def found(typed, counts=None):
    return [known.name for known in matching(typed, classes(BIRDS), counts or {})]


def test_the_whole_name_comes_first_then_beginnings_then_parts():
    assert found("sparrow") == ["sparrow", "Sparrowhawk", "house sparrow"]


def test_letters_in_order_are_enough():
    assert found("sgs") == ["snow goose"]
    assert found("zz") == []


def test_among_equals_the_one_used_more_often_comes_first():
    assert found("s", {"snow goose": 3})[:2] == ["snow goose", "sparrow"]


def test_nothing_typed_lists_all_by_use():
    assert found("", {"owl": 2})[0] == "owl"
    assert len(found("")) == len(BIRDS)


@given(st.lists(st.text(), min_size=1, unique_by=folded_name))
def test_typing_a_whole_name_finds_that_class_first(names):
    assert [matching(name, classes(names), {})[0].name for name in names] == names
