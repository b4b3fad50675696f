import pytest

from activelabel.cli.keys import BINDINGS, DEFAULT_KEYS, Action
from activelabel.session.classes.keys import RESERVED


def test_every_printable_key_of_the_table_is_reserved_and_no_letter_or_digit_is():
    printable = {key for binding in BINDINGS for key in binding.keys if len(key) == 1}

    assert printable <= RESERVED
    assert not [key for key in RESERVED if key.isalnum()]


def test_no_key_does_two_things_and_every_action_has_a_key():
    keys = [key for binding in BINDINGS for key in binding.keys]

    assert len(set(keys)) == len(keys)
    assert {DEFAULT_KEYS.action_of(key) for key in keys} == set(Action)


def test_the_help_table_has_every_key():
    assert len(DEFAULT_KEYS.help_table()) == len(BINDINGS)


@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_hints_fit_and_always_say_how_to_get_help_and_leave(width):
    chosen = DEFAULT_KEYS.hints(width)

    assert len("  ".join(f"{key} {words}" for key, words in chosen)) <= width
    assert {"help", "leave"} <= {words for _, words in chosen}


def test_hints_leave_out_what_means_nothing_on_the_card():
    assert "accept" not in dict(DEFAULT_KEYS.hints(200, {Action.ACCEPT: ""})).values()
    assert ("Enter", "accept") in DEFAULT_KEYS.hints(200)


def test_hints_say_what_a_key_means_on_this_card():
    assert ("Enter", "keep") in DEFAULT_KEYS.hints(200, {Action.ACCEPT: "keep"})


def test_what_matters_on_this_card_comes_before_other_keys_but_help_and_leave():
    assert DEFAULT_KEYS.hints(40, {Action.ACCEPT: "keep"}) == [("Enter", "keep"), ("?", "help"), ("Ctrl-D", "leave")]
