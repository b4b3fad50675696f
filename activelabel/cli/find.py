"""A class found by typing part of its name."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from activelabel.records import LabelClass

__all__ = ["folded_name", "matching"]


def matching(typed: str, classes: Iterable[LabelClass], counts: Mapping[str, int]) -> list[LabelClass]:
    """Return the classes that fit what was typed, best first.

    The whole name comes before its beginning, that before any part of it, that before its letters in order with others
    between; among equals the class that was used more often comes first.

    Parameters
    ----------
    typed
        Part of a name in any case; "" fits all.
    classes
        In order of creation.
    counts
        Class id -> labels so far.

    Examples
    --------
    >>> from activelabel.records import LabelClass
    >>> names = ["sparrow", "house sparrow", "spa arrow", "owl"]
    >>> [found.name for found in matching("Sparrow", [LabelClass(name, name, "") for name in names], {})]
    ['sparrow', 'house sparrow', 'spa arrow']
    """
    wanted = folded_name(typed)
    ranked = [(_rank(wanted, folded_name(known.name)), -counts.get(known.id, 0), known) for known in classes]
    return [known for rank, _, known in sorted(ranked, key=lambda row: row[:2]) if rank < NO_MATCH]


def folded_name(name: str) -> str:
    """Return a name in the form in which two names are compared: NFC, without case and outer spaces."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).strip()


NO_MATCH = 4


def _rank(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if wanted in name:
        return 2
    left = iter(name)
    return 3 if all(letter in left for letter in wanted) else NO_MATCH
