import unicodedata

import pytest

from activelabel.reporting.page.gate import visible


@pytest.mark.parametrize("letter", ["\u3164", "\u115f", "\u034f", "\u00ad", "\u200b", "\U000e0041", "\x0b", "\ud800"])
def test_a_letter_that_nobody_sees_is_shown_by_its_code(letter):
    assert visible(f"o{letter}wl") == f"o<U+{ord(letter):04X}>wl"


def test_what_scripts_and_emoji_are_written_with_stays():
    family, persian = "\U0001f469\u200d\U0001f467", "\u0645\u06cc\u200c\u062e"

    assert visible(family + persian) == family + persian


def test_letters_and_signs_of_every_script_stay():
    seen = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code))[0] in "NPS"]

    assert visible("".join(seen)) == "".join(seen)
