import pytest
from hypothesis import given
from hypothesis import strategies as st

from activelabel.session.classes.keys import IN_ORDER, RESERVED, next_class_key


def keys_of(names):
    keys = []
    for name in names:
        keys.append(next_class_key(name, keys))
    return keys


def test_classes_get_digits_then_letters_in_order_of_creation():
    keys = keys_of(f"class {number}" for number in range(38))

    assert "".join(keys) == IN_ORDER
    assert keys[36:] == ["", ""]


def test_a_class_named_by_one_free_character_has_that_key():
    assert keys_of(["0", "1", "2"]) == ["0", "1", "2"]
    assert keys_of(["ham", "n", "y", "é"]) == ["1", "n", "y", "é"]


def test_a_name_whose_character_is_taken_gets_the_next_key():
    assert keys_of(["ham", "1"]) == ["1", "2"]


@pytest.mark.parametrize("name", [*sorted(RESERVED), "\N{COMBINING ACUTE ACCENT}", "\x1b"])
def test_a_reserved_or_untypable_character_is_never_a_key(name):
    assert next_class_key(name, []) == "1"


@given(st.lists(st.text(max_size=2), max_size=60))
def test_no_key_is_given_twice_and_none_is_reserved(names):
    given_out = [key for key in keys_of(names) if key]

    assert len(set(given_out)) == len(given_out)
    assert not set(given_out) & RESERVED
