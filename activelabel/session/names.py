"""Names of classes: one form, no look-alikes, nothing a terminal would obey."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from activelabel.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from activelabel.records import LabelClass

__all__ = ["checked_name"]

LONGEST = 200


def checked_name(name: str, known: Iterable[LabelClass]) -> str:
    """Return the name as it is kept: NFC, trimmed.

    Raises
    ------
    WrongUse
        If it is empty, too long, holds control characters, or equals a known name after case folding.

    Examples
    --------
    >>> checked_name("  ham ", [])
    'ham'
    """
    kept = unicodedata.normalize("NFC", name).strip()
    if not kept:
        raise WrongUse("a class needs a name", "type at least one character")
    if len(kept) > LONGEST:
        raise WrongUse(f"a class name of {len(kept)} characters", f"use at most {LONGEST}")
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in kept):
        raise WrongUse(f"a class name with control characters: {kept!r}", "use letters, digits, spaces and marks")
    same = next((other for other in known if other.name.casefold() == kept.casefold()), None)
    if same:
        raise WrongUse(f"there is a class {same.name!r} already", "choose it, or use another name")
    return kept
