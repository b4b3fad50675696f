"""Names of classes and people: one form, no look-alikes, nothing a terminal would obey."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from activelabel.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from activelabel.records import LabelClass

__all__ = ["checked_annotator", "checked_name"]

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
    kept = _plain(name, "class")
    same = next((other for other in known if other.name.casefold() == kept.casefold()), None)
    if same:
        raise WrongUse(f"there is a class {same.name!r} already, {kept!r} looks like it", "choose it, or another name")
    return kept


def checked_annotator(name: str) -> str:
    """Return the name of an annotator as it is kept: NFC, trimmed.

    Raises
    ------
    WrongUse
        If it is empty, too long, or holds control characters.

    Examples
    --------
    >>> checked_annotator(" Ann-Marie / night shift")
    'Ann-Marie / night shift'
    """
    return _plain(name, "annotator")


def _plain(name: str, what: str) -> str:
    kept = unicodedata.normalize("NFC", name).strip()
    if not kept:
        raise WrongUse(f"the name of the {what} is empty", "type at least one character")
    if len(kept) > LONGEST:
        raise WrongUse(f"the name of the {what} has {len(kept):,} characters", f"use at most {LONGEST}")
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in kept):
        raise WrongUse(f"the name of the {what} holds control characters: {kept!r}", "use letters, digits and spaces")
    return kept
