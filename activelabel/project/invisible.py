"""Characters that nobody sees: what a terminal, a page or a text would obey, or would show as nothing.

Each constant is the inside of a character class of `re`.
"""

from __future__ import annotations

from typing import Final

__all__ = ["INVISIBLE", "JOINERS"]

CONTROLS: Final = r"\x00-\x1f\x7f-\x9f"
SURROGATES: Final = "\ud800-\udfff"
FORMATS: Final = (
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U00013430-\U0001343f\U000e0000-\U000e0fff"
)
"""Bidi controls, zero widths, tags, separators of lines. Arabic number signs are not among them: they are of the same
category, but are seen."""
FILLERS: Final = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\uffa0"
NO_CHARACTERS: Final = "\ufdd0-\ufdef\ufffe\uffff"

INVISIBLE: Final = f"{CONTROLS}{SURROGATES}{FORMATS}{FILLERS}{NO_CHARACTERS}"
"""All of them; line ends, tabs and joiners too, which each place lets through where they are seen."""

JOINERS: Final = "\u200c\u200d"
"""Those of them that scripts and emoji are written with."""
