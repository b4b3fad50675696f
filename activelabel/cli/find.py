"""How well the name of a class fits what was typed."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple

from activelabel.cli.groups import path_of
from activelabel.project.classes import kept_name
from activelabel.project.folding import folded_text

__all__ = ["Fit", "fit", "folded_name", "searched"]

KEPT: Final = 1 << 16  # names read once and remembered: more than anyone has classes
SHORTEST_TYPO: Final = 3  # letters from which one may be wrong: of fewer, too little is left that is right

searched = lru_cache(KEPT)(folded_text)
"""A name, or what was typed to find it, as names are searched."""


class Fit(IntEnum):
    """How a name fits what was typed, best first."""

    WHOLE = 0
    """The whole name."""
    LAST = 1
    """The last part of its path, or the whole name but for accents."""
    CHOSEN = 2
    """What the person chose when the same was typed before, however it fits."""
    START = 3
    """The beginning of the name, or of the last part of its path."""
    GROUP = 4
    """A group whose name begins so: it stands before the classes in it."""
    PATH = 5
    """The beginning of the path."""
    WORDS = 6
    """Beginnings of its words in order, as `rb` of `red bird`."""
    INSIDE = 7
    """A part of the name."""
    SCATTERED = 8
    """Its letters in order, with others between."""
    TYPO = 9
    """The beginning of a word but for one letter: wrong, too many, or changed places with its neighbour."""
    NONE = 10
    """Not at all."""


class _Name(NamedTuple):
    """A name as it is searched: as names are compared, without accents too; where its last part and its words begin."""

    folded: str
    text: str
    last: str
    words: tuple[int, ...]


class _Wanted(NamedTuple):
    """What was typed: as names are compared, without accents too, and the letters to be found in order."""

    folded: str
    text: str
    letters: str


def fit(typed: str, name: str) -> Fit:
    """Return how a name fits what was typed; case and accents make no difference, but for the whole name.

    Examples
    --------
    >>> [fit(typed, "Crème brûlée").name for typed in ("creme", "cb", "rule", "cbl", "crwme", "tea")]
    ['START', 'WORDS', 'INSIDE', 'SCATTERED', 'TYPO', 'NONE']
    >>> fit("apple", "fruit/apple").name, fit("fru", "fruit/apple").name
    ('LAST', 'PATH')
    """
    wanted, read = _wanted(typed), _read(name)
    if wanted.folded == read.folded:
        return Fit.WHOLE
    if wanted.text in {read.text, read.last}:
        return Fit.LAST
    if read.last.startswith(wanted.text):
        return Fit.START
    if read.text.startswith(wanted.text):
        return Fit.PATH
    return _loose_fit(wanted, read)


@lru_cache(KEPT)
def folded_name(name: str) -> str:
    """Return a name in the form in which two names are compared: NFC, without case and outer spaces."""
    return kept_name(kept_name(name).casefold())


@lru_cache(KEPT)
def _read(name: str) -> _Name:
    text = searched(name)
    starts = (place for place, letter in enumerate(text) if letter.isalnum() and not text[place - 1 : place].isalnum())
    return _Name(folded_name(name), text, searched(path_of(name)[-1]), tuple(starts))


@lru_cache
def _wanted(typed: str) -> _Wanted:
    text = searched(typed)
    # spaces and slashes only part words, unless there is nothing else
    return _Wanted(folded_name(typed), text, "".join(filter(str.isalnum, text)) or text)


def _loose_fit(wanted: _Wanted, read: _Name) -> Fit:
    if _is_scattered(wanted.letters, read.text):
        if _begins_words(wanted.letters, read):
            return Fit.WORDS
        return Fit.INSIDE if wanted.text in read.text else Fit.SCATTERED
    # a letter left out needs no rule of its own: the others are still in order
    return Fit.TYPO if any(_is_typo(wanted.text, read.text, start) for start in read.words) else Fit.NONE


def _is_scattered(letters: str, text: str) -> bool:
    place = -1
    for letter in letters:
        place = text.find(letter, place + 1)
        if place < 0:
            return False
    return True


def _begins_words(letters: str, read: _Name) -> bool:
    """Say whether each letter follows the one before it or begins a later word, and the first begins one."""
    reached = {start for start in read.words if read.text[start] == letters[0]}
    for letter in letters[1:]:
        if not reached:
            return False
        first = min(reached)
        following = {place + 1 for place in reached if read.text.startswith(letter, place + 1)}
        reached = following | {start for start in read.words if start > first and read.text[start] == letter}
    return bool(reached)


def _is_typo(wanted: str, text: str, start: int) -> bool:
    if len(wanted) < SHORTEST_TYPO:
        return False
    right = 0
    while text.startswith(wanted[right], start + right):
        right += 1
    rest, here = wanted[right + 1 :], start + right
    swapped = wanted[right + 1 : right + 2] + wanted[right : right + 1] + wanted[right + 2 :]
    return text.startswith(rest, here + 1) or text.startswith(rest, here) or text.startswith(swapped, here)
