"""Names of classes and people: one form, no look-alikes, nothing a terminal would obey."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING

from activelabel.errors import WrongUse
from activelabel.project.classes import kept_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from activelabel.project.ledger import Ledger
    from activelabel.records.events import LabelClass

__all__ = ["checked_annotator", "checked_name", "checked_text", "class_meant", "class_named"]

LONGEST = 200
LONGEST_TEXT = 2000
MOST_NAMED = 8  # classes listed where none was misspelt
UNUSABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


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


def class_meant(name: str, ledger: Ledger) -> LabelClass | None:
    """Return the class that a name in a file means: the one that is called so, else the one that once was."""
    return ledger.find_class(name) or ledger.classes.get(ledger.once_called(name) or "")


def class_named(name: str, ledger: Ledger) -> LabelClass:
    """Return the class that is called so.

    Raises
    ------
    WrongUse
        If there is none; it names one that is called nearly so, or those there are.
    """
    if known := ledger.find_class(name):
        return known
    names = {other.name.casefold(): other.name for other in ledger.classes.values()}
    near = get_close_matches(kept_name(name).casefold(), list(names), n=1)
    listed = list(names.values())
    rest = f" and {len(listed) - MOST_NAMED:,} more" if len(listed) > MOST_NAMED else ""
    hint = f"try {names[near[0]]!r}" if near else f"the classes are: {', '.join(listed[:MOST_NAMED])}{rest}"
    raise WrongUse(f"no class named {name!r}", hint if listed else "there are no classes yet")


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


def checked_text(text: str) -> str:
    """Return what was written of a class as it is kept: NFC, on one line.

    Raises
    ------
    WrongUse
        If it is empty, too long, or holds control characters.

    Examples
    --------
    >>> checked_text(" heard at night, ")
    'heard at night,'
    """
    kept = " ".join(unicodedata.normalize("NFC", text).split())
    if not kept:
        raise WrongUse("the definition is empty", "say in a sentence what belongs to the class")
    if len(kept) > LONGEST_TEXT:
        raise WrongUse(f"the definition has {len(kept):,} characters", f"use at most {LONGEST_TEXT:,}")
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in kept):
        raise WrongUse("the definition holds control characters", "write it as plain text")
    return kept


def _plain(name: str, what: str) -> str:
    kept = kept_name(name)
    if not kept:
        raise WrongUse(f"the name of the {what} is empty", "type at least one character")
    if len(kept) > LONGEST:
        raise WrongUse(f"the name of the {what} has {len(kept):,} characters", f"use at most {LONGEST}")
    if any(unicodedata.category(character) in UNUSABLE for character in kept):
        raise WrongUse(f"the name of the {what} holds control characters: {kept!r}", "use letters, digits and spaces")
    return kept
