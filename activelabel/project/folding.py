"""Text without what searches pass over: case, accents, outer spaces."""

from __future__ import annotations

import unicodedata
from typing import Final

__all__ = ["folded_text"]

UNDECOMPOSED: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "\N{LATIN SMALL LETTER DOTLESS I}": "i", "æ": "ae", "œ": "oe"}
)


def folded_text(text: str) -> str:
    """Return a text in the form in which names, and what items show, are searched.

    Examples
    --------
    >>> folded_text(" Smørrebrød "), folded_text("ÉCLAIR")
    ('smorrebrod', 'eclair')
    """
    if text.isascii():
        return text.lower().strip()
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(UNDECOMPOSED)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()
