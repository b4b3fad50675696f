import re
import sys
from unicodedata import category

import pytest
import yaml

from activelabel.cli.render.safe import safe
from activelabel.reporting.markdown import in_markdown, in_yaml
from activelabel.reporting.page.gate import visible

HOSTILE = [
    "- a: b",
    "|",
    "# head",
    "---",
    "1. one",
    "2) two",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](http://x/y.png)",
    "`code`",
    "a\\|b",
    "*b* _i_ ~s~ $x$",
    'say "no"',
    "'",
    "yes",
    "null",
    "0x10",
    "=1+1",
    "&amp;",
    "日本語 🦉 é",
    "tab\there",
    "two\nlines",
    "bidi \u202e\u2066 x",
    "nul \x00 esc \x1b[2J bell \x07",
    "\u2028 \u0085 \ufeff",
    "{% x %} {{ y }}",
    "!!python/object:x",
    " edges ",
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_yaml_gives_back_any_text_from_one_line(text):
    written = f"a:\n- name: {in_yaml(text)}\n  other: 1\n"

    assert yaml.safe_load(written) == {"a": [{"name": text, "other": 1}]}
    assert len(written.splitlines()) == 3


def test_yaml_shows_half_a_character_as_missing():
    assert yaml.safe_load(in_yaml("a\ud800b")) == "a\ufffdb"


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_has_no_mark_left_that_is_not_escaped(text):
    shown = in_markdown(text)

    assert len(shown.splitlines()) <= 1
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_{}\[\]<>#|~&$@!^:]", shown)
    assert not re.match(r"[-+=]|\d+[.)]", shown)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\ufeff]", shown)


@pytest.mark.parametrize("letter", ["\u3164", "\u115f", "\u034f", "\U000e0041", "\u00ad", "\u200b"])
def test_a_letter_that_nobody_sees_is_named(letter):
    assert in_markdown(f"o{letter}wl") == f"o(U+{ord(letter):04X})wl"


NO_CHARACTERS = [*range(0xFDD0, 0xFDF0), *(plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF))]
ALL = range(sys.maxunicode + 1)


@pytest.mark.parametrize("kind", ["Cs", "Co"])
def test_every_character_without_a_meaning_of_its_own_is_named(kind):
    codes = [code for code in ALL if category(chr(code)) == kind]

    assert in_markdown("".join(map(chr, codes))) == "".join(f"(U+{code:04X})" for code in codes)


@pytest.mark.parametrize("code", [*NO_CHARACTERS, 0x40000, 0x5ABCD, 0xDFFFD, 0xE1000, 0xEFFFD])
def test_a_code_that_is_no_character_is_named_wherever_text_is_shown(code):
    letter = chr(code)

    assert category(letter) in {"Cn", "Co"}
    assert in_markdown(f"o{letter}wl") == f"o(U+{code:04X})wl"
    assert visible(f"o{letter}wl") == safe(f"o{letter}wl") == f"o<U+{code:04X}>wl"


def test_emoji_that_are_newer_than_python_are_left():
    assert in_markdown("\U0001fae8\U0001fae9") == "\U0001fae8\U0001fae9"


def test_what_is_harmless_is_left_as_it_is():
    assert in_markdown("Weiß, d'Arc (2 of 3), 10.5 % - 日本語") == "Weiß, d'Arc (2 of 3), 10.5 % - 日本語"
