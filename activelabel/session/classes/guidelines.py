"""What belongs to each class, from a file that people write: a line a class, `NAME: text`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from activelabel.errors import BadData, WrongUse
from activelabel.session.classes.names import checked_name, checked_text

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_guidelines"]

LINE: Final = re.compile(r'(?:"(?P<quoted>(?:[^"]|"")+)"|(?P<bare>[^":][^:]*?))\s*:\s*(?P<text>.*)')
LONGEST_FILE: Final = 1_000_000  # bytes


def read_guidelines(path: Path) -> dict[str, str]:
    """Return class name -> definition, in the order of the file.

    A definition may go on in lines that begin with a space. Empty lines and lines that begin with ``#`` say nothing. A
    name that holds a colon stands in quotation marks.

    Raises
    ------
    BadData
        If the file cannot be read, or a line says nothing of a class, or says it for a second time.
    """
    found: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace() and found:
            found[-1][2].append(line.strip())
            continue
        meant = LINE.fullmatch(line.strip())
        if meant is None:
            raise _unusable(path, number, f"not understood: {line.strip()!r}", "write NAME: what belongs to the class")
        name = (meant["quoted"] or "").replace('""', '"') or meant["bare"]
        found.append((number, name, [meant["text"]]))
    return _checked(path, found)


def _checked(path: Path, found: list[tuple[int, str, list[str]]]) -> dict[str, str]:
    kept: dict[str, str] = {}
    begun: dict[str, int] = {}
    for number, spelling, parts in found:
        try:
            # names are told apart as they are kept: one spelling in two forms of Unicode is one class
            name, definition = checked_name(spelling, ()), checked_text(" ".join(parts))
        except WrongUse as error:
            raise _unusable(path, number, str(error), error.hint) from error
        first = begun.setdefault(name.casefold(), number)
        if first != number:
            raise _unusable(path, number, f"{name!r} is defined in line {first} already", "leave one of the two")
        kept[name] = definition
    return kept


def _lines(path: Path) -> list[str]:
    hint = "give a text file with a line for each class, NAME: what belongs to it"
    if not path.is_file():
        raise BadData(f"no such file: {path}", hint)
    try:
        if path.stat().st_size > LONGEST_FILE:
            raise BadData(f"more than {LONGEST_FILE:,} bytes: {path}", hint)
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise BadData(f"cannot be read ({reason}): {path}", hint) from None


def _unusable(path: Path, number: int, what: str, hint: str) -> BadData:
    return BadData(f"{path} line {number}: {what}", hint)
