"""An edit of the classes in words, one grammar for the command, the session and lines of answers.

    rename OLD = NEW          merge A, B = C          split A = B, C          add NAME
    define A = TEXT           example A               example A = ITEM        key A = x

A name that holds a comma or an equal sign, or begins with a quotation mark, stands in quotation marks; one within those
is doubled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from activelabel.errors import WrongUse

__all__ = ["ClassEdit", "Verb", "parse_edit", "parse_names"]


class Verb(StrEnum):
    """What can be done to classes."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    DEFINE = "define"
    EXAMPLE = "example"
    KEY = "key"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class ClassEdit:
    """A wish to change classes.

    names are those of the classes it is about. to is what follows: the new name, the class merged into, the parts of a
    split, a definition, an item (none is the one on the card), a key.
    """

    verb: Verb
    names: tuple[str, ...]
    to: tuple[str, ...] = ()


USAGE: Final = {
    Verb.RENAME: "rename OLD = NEW",
    Verb.MERGE: "merge A, B = C",
    Verb.SPLIT: "split A = B, C",
    Verb.DEFINE: "define A = TEXT",
    Verb.EXAMPLE: "example A, or example A = ITEM",
    Verb.KEY: "key A = x",
    Verb.ADD: "add NAME",
}
AS_IT_STANDS: Final = {Verb.DEFINE, Verb.KEY, Verb.EXAMPLE}
"""What follows the equal sign is no list of names: it is taken as it stands."""

PART: Final = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^",=][^,=]*)?)\s*([,=]|$)')


def parse_edit(line: str) -> ClassEdit:
    """Return the edit that a line of the grammar means.

    Raises
    ------
    WrongUse
        If it means none.

    Examples
    --------
    >>> parse_edit('merge owl, "barn, grey" = bird').names
    ('owl', 'barn, grey')
    >>> parse_edit("define owl = heard, not seen = owl").to
    ('heard, not seen = owl',)
    """
    word, _, rest = line.strip().partition(" ")
    if word not in set(Verb):
        near = get_close_matches(word, list(Verb), n=1)
        hint = USAGE[Verb(near[0])] if near else "; ".join(USAGE.values())
        raise WrongUse(f"nothing named {word!r} can be done to classes", f"write {hint}")
    verb = Verb(word)
    names, behind = _listed(rest, verb)
    if behind is None or not behind.strip():
        to: tuple[str, ...] = ()
    elif verb in AS_IT_STANDS:
        to = (behind.strip(),)
    else:
        to, beyond = _listed(behind, verb)
        if beyond is not None:
            raise _misused(verb, rest)
    edit = ClassEdit(verb, names, to)
    if not _is_whole(edit):
        raise _misused(verb, rest)
    return edit


def parse_names(text: str) -> tuple[str, ...]:
    """Return the names in a list with commas between them, as in the grammar.

    Raises
    ------
    WrongUse
        If a quotation mark is open, or an equal sign stands outside of them.

    Examples
    --------
    >>> parse_names('owl, "barn, grey"')
    ('owl', 'barn, grey')
    """
    names, behind = _listed(text, Verb.SPLIT)
    if behind is not None:
        raise WrongUse(f"an equal sign in {text!r}", "put a name that holds one in quotation marks")
    return names


def _listed(text: str, verb: Verb) -> tuple[tuple[str, ...], str | None]:
    """Return the names up to an equal sign or the end, and what is behind that sign, None where there is none."""
    names: list[str] = []
    place, mark = 0, ","
    while mark == ",":
        found = PART.match(text, place)
        if found is None:
            raise _misused(verb, text)
        quoted, bare, mark = found.groups()
        names.append((bare or "").strip() if quoted is None else quoted.replace('""', '"'))
        place = found.end()
    return tuple(filter(None, names)), text[place:] if mark == "=" else None


def _is_whole(edit: ClassEdit) -> bool:
    """Return whether it names as many classes as its verb needs, on both sides."""
    several = {Verb.MERGE: len(edit.names)}
    follow = {Verb.SPLIT: range(1, len(edit.to) + 1), Verb.EXAMPLE: range(2), Verb.ADD: range(1)}
    return len(edit.names) == max(1, several.get(edit.verb, 1)) and len(edit.to) in follow.get(edit.verb, range(1, 2))


def _misused(verb: Verb, said: str) -> WrongUse:
    hint = f"write {USAGE[verb]}; a name with a comma or an equal sign in quotation marks"
    return WrongUse(f"not understood after {verb.value}: {said.strip()!r}", hint)
