import pytest
from hypothesis import given
from hypothesis import strategies as st

from activelabel.cli.keyboard import Decoder, Key

SEQUENCES = {
    b"\x1b[A": "Up",
    b"\x1b[B": "Down",
    b"\x1b[C": "Right",
    b"\x1bOD": "Left",
    b"\x1bOA": "Up",
    b"\x1b[5~": "PageUp",
    b"\x1b[6~": "PageDown",
    b"\x1b[H": "Home",
    b"\x1b[4~": "End",
    b"\x1b[24;80R": "Other",
    b"\x1b[1;5C": "Other",
    b"\x1b[<0;10;10M": "Other",
    b"\x1b[[A": "Other",
    b"\x1bOP": "Other",
    b"\x1b1": "Other",
    b"\x1b]11;rgb:0000/1111/2222\x07": "Other",
    b"\x1b]11;rgb:0000/1111/2222\x1b\\": "Other",
    b"\x1bP1$r0m\x1b\\": "Other",
    b"\x1b\x1b[A": "Up",
    b"\xc2\x9b6~": "PageDown",
    b"\x1b[?62;4;22c": "Report",
    b"\x1b[6;20;10t": "Report",
    b"\x1b_Gi=1;OK\x1b\\": "Report",
    b"\x1bP>|iTerm2 3.6\x1b\\": "Report",
}
CONTROLS = {b"\r": "Enter", b"\n": "Enter", b"\x7f": "Backspace", b"\x08": "Backspace", b"\t": "Tab", b"\x12": "Ctrl-R"}


def names(data):
    return [key.name for key in Decoder().feed(data)]


@pytest.mark.parametrize(("data", "name"), {**SEQUENCES, **CONTROLS}.items())
def test_what_a_terminal_sends_for_one_key_is_one_key(data, name):
    assert names(data + b"7") == [name, "7"]


@given(st.lists(st.sampled_from([*SEQUENCES, *CONTROLS, b"1", b"a", "é".encode(), b"\x1b[200~x\x1b[201~"])), st.data())
def test_keys_do_not_depend_on_the_pieces_they_arrive_in(parts, data):
    whole = b"".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=5)))
    decoder, keys = Decoder(), []
    for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True):
        keys += decoder.feed(whole[start:end])

    assert keys == Decoder().feed(whole)


@given(st.text("0123456789;<=>?", max_size=8), st.characters(min_codepoint=0x40, max_codepoint=0x7E))
def test_no_part_of_a_control_sequence_is_a_letter_or_a_digit(parameters, final):
    if final != "[" and parameters + final != "200~":
        assert all(len(name) > 1 for name in names(f"\x1b[{parameters}{final}".encode()))


@given(st.binary(max_size=40))
def test_ctrl_d_leaves_whatever_came_before(junk):
    assert names(junk + b"\x04")[-1] == "Ctrl-D" or junk.endswith(tuple(bytes([lead]) for lead in range(0xC2, 0xF5)))


@given(st.binary())
def test_any_bytes_are_keys_of_one_printable_character_or_have_a_name(data):
    assert all(key.name.isprintable() and key.name for key in Decoder().feed(data))


def test_a_lone_esc_is_a_key_when_nothing_follows():
    decoder = Decoder()

    assert decoder.feed(b"\x1b") == []
    assert decoder.waits
    assert decoder.flush() == [Key("Esc")]
    assert decoder.feed(b"1") == [Key("1")]


def test_the_late_rest_of_a_slow_sequence_is_not_taken_for_letters():
    decoder = Decoder()
    decoder.feed(b"\x1b")

    assert decoder.flush() == [Key("Esc")]
    assert decoder.feed(b"[") == []
    assert decoder.flush() == []
    assert not decoder.waits
    assert decoder.feed(b"A1") == [Key("Up"), Key("1")]


def test_an_unfinished_string_does_not_swallow_what_is_typed_later():
    decoder = Decoder()

    assert decoder.feed(b"\x1b]") == []
    assert decoder.flush() == [Key("Other")]
    assert decoder.feed(b"1") == [Key("1")]


def test_the_late_rest_of_what_a_terminal_says_is_not_taken_for_letters():
    decoder = Decoder()

    assert decoder.feed(b"\x1b_Gi") == []
    assert decoder.flush() == []
    assert decoder.feed(b"=1;OK\x1b\\1") == [Key("Report", "\x1b_Gi=1;OK\x1b\\"), Key("1")]


def test_pasted_text_is_one_key_whatever_is_in_it():
    assert Decoder().feed(b"\x1b[200~1\x1b[A\r2\x1b[201~3") == [Key("Paste", "1\x1b[A\r2"), Key("3")]


def test_bytes_that_are_no_utf8_are_no_character():
    assert names(b"\xff1") == ["Other", "1"]


def test_letters_of_other_scripts_are_keys():
    assert names("éж日".encode()) == ["é", "ж", "日"]
