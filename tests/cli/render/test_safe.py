import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from activelabel.cli.render.safe import JOINER, MOST_MARKS, safe

# Arabic and other number signs are format characters by category but have a shape that is seen
SEEN = {chr(code) for code in [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD]}
SPELLING = re.compile(JOINER)
anything = st.text(st.characters(codec=None))  # lone surrogates included
hostile = st.text(st.sampled_from("\x00\t\r\n\x1b\x9b\x7f\u202e\u2066\u200d\u200b\u0301\U000e0041\ud800a[<"))


def forbidden(character):
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in SEEN


@given(st.one_of(anything, hostile))
def test_no_control_bidi_zero_width_or_surrogate_comes_out(text):
    assert not [character for character in SPELLING.sub("", safe(text)) if forbidden(character)]
    lines = SPELLING.sub("", safe(text, newlines=True))
    assert not [character for character in lines if character != "\n" and forbidden(character)]


def test_no_single_code_point_is_let_through_by_oversight():
    dangerous = [character for character in map(chr, range(0x110000)) if forbidden(character)]

    assert len(dangerous) > 2000
    assert [character for character in dangerous if any(map(forbidden, safe(character)))] == []


@pytest.mark.parametrize("newlines", [False, True])
@given(text=st.one_of(anything, hostile))
@example(text="\r\r\n")
@example(text="a" + "\u0301" * 100)
def test_a_safe_text_is_changed_no_further(newlines, text):
    once = safe(text, newlines=newlines)

    assert safe(once, newlines=newlines) == once


@given(st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="\u115f\u1160\u3164\uffa0")))
def test_letters_digits_and_punctuation_of_every_script_stay(text):
    assert safe(text) == text


def test_markup_and_emoji_codes_stay_letter_for_letter():
    assert safe("[/nope] [link=x] :warning: %s {}") == "[/nope] [link=x] :warning: %s {}"


def test_combining_marks_are_capped_and_counted():
    tower = safe("e" + "\u0301" * 60)

    assert tower == "e" + "\u0301" * MOST_MARKS + "<+56>"


def test_a_leading_mark_gets_a_base_of_its_own():
    assert safe("\u0301x\n\u0301y", newlines=True) == "◌\u0301x\n◌\u0301y"


def test_escape_sequences_are_seen():
    assert safe("\x1b]52;c;aGk=\x07") == "␛]52;c;aGk=␇"
    assert safe("\x9b2J\x7f") == "<9B>2J␡"
