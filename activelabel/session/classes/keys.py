"""Which key a class gets, for good: the one rule, wherever a class comes from."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["IN_ORDER", "RESERVED", "is_key", "next_class_key"]

RESERVED = frozenset(" .!;/+=?")
"""The characters that mean something on every card, so that no class may have them as a key. No letter, no digit."""

IN_ORDER = "1234567890abcdefghijklmnopqrstuvwxyz"
"""The keys given to classes whose name is no key, in order of creation."""


def next_class_key(name: str, taken: Collection[str]) -> str:
    """Return the key of a new class.

    A class whose name is one free character has that key; every other gets the first free one of 1-9, 0, a-z.

    Parameters
    ----------
    name
        The name in NFC.
    taken
        The keys of the classes there are.

    Returns
    -------
    str
        One character, or "" when all are taken: such a class is found by typing.

    Examples
    --------
    >>> next_class_key("ham", []), next_class_key("spam", ["1"]), next_class_key("7", ["1"])
    ('1', '2', '7')
    """
    if is_key(name) and name not in taken:
        return name
    return next((key for key in IN_ORDER if key not in taken), "")


def is_key(name: str) -> bool:
    """Return whether what was typed can be the key of a class: one character that means nothing else on a card."""
    # a lone combining mark would be drawn on, and typed with, its neighbour
    return len(name) == 1 and name.isprintable() and name not in RESERVED and not unicodedata.combining(name)
