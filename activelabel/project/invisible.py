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
PRIVATE: Final = "\ue000-\uf8ff\U000f0000-\U0010ffff"
"""What these show is agreed between a font and its users: to all others it is a box, or nothing."""
NO_CHARACTERS: Final = (
    "\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe-\U000dffff\U000e1000-\U000effff"
)
"""Codes that will never be characters, and planes without any. Gaps among characters are not in it: terminals and
browsers draw the emoji of a later Unicode before Python knows of them."""

INVISIBLE: Final = f"{CONTROLS}{SURROGATES}{FORMATS}{FILLERS}{PRIVATE}{NO_CHARACTERS}"
"""All of them; line ends, tabs and joiners too, which each place lets through where they are seen."""

JOINERS: Final = "\u200c\u200d"
"""Those of them that scripts and emoji are written with."""
