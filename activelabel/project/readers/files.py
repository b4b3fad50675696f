"""Look at a file before and after it is read: what it is, and that it stayed as it was."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from activelabel.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Reading", "Stamp", "check_names", "check_regular", "stamp_of", "unchanged"]

MOST_COLUMNS = 20_000


@dataclass(frozen=True, slots=True)
class Reading:
    """How the bytes of a text file become cells; a delimiter of "" is looked for in the file."""

    encoding: str = "utf-8"
    delimiter: str = ""


class Stamp(NamedTuple):
    """The size in bytes and the time of the last change, in nanoseconds: enough to notice most changes for nothing."""

    size: int
    mtime_ns: int


def stamp_of(path: Path) -> Stamp:
    """Return the size and time of a file, or of a folder and the files in it, without reading any.

    Raises
    ------
    BadData
        If there is nothing at `path`, or it may not be looked at.
    """
    try:
        found = path.stat()
        if not stat.S_ISDIR(found.st_mode):
            return Stamp(found.st_size, found.st_mtime_ns)
        inside = [entry.stat() for entry in os.scandir(path)]
    except FileNotFoundError:
        raise BadData(f"{path}: not found", hint="check the path of the data") from None
    except OSError as error:
        raise BadData(f"{path}: {error.strerror or error}", hint="check the path of the data") from None
    return Stamp(sum(each.st_size for each in inside), max([found.st_mtime_ns, *(each.st_mtime_ns for each in inside)]))


def check_regular(path: Path) -> None:
    """Refuse what is not a regular file with something in it, before it is opened: opening a pipe would hang.

    Raises
    ------
    BadData
        If `path` does not exist, is a folder, a pipe, a device or a socket, is empty or may not be read.
    """
    size = stamp_of(path).size
    if not stat.S_ISREG(path.stat().st_mode):
        raise BadData(f"{path}: not a regular file", hint="give a file, or a folder of pictures")
    if size == 0:
        raise BadData(f"{path}: the file is empty", hint="give a file with a header and rows")
    if not os.access(path, os.R_OK):
        raise BadData(f"{path}: no permission to read it", hint="see who may: ls -l")


@contextmanager
def unchanged(path: Path) -> Iterator[None]:
    """Refuse what was read inside the block if the file changed meanwhile: half of it would be old, half new.

    Raises
    ------
    BadData
        If size or time differ at the end, or the file is gone.
    """
    before = stamp_of(path)
    yield
    if stamp_of(path) != before:
        raise BadData(f"{path}: changed while it was being read", hint="wait until it is written, then try again")


def check_names(path: Path, names: tuple[str, ...]) -> None:
    """Refuse column names that are empty, appear twice or are too many: a cell must have one name.

    Raises
    ------
    BadData
        Naming the column, counted from 1.

    Examples
    --------
    >>> from pathlib import Path
    >>> check_names(Path("a.csv"), ("x", "y", "x"))
    Traceback (most recent call last):
    activelabel.errors.BadData: a.csv: columns 1 and 3 are both named 'x'
    """
    if len(names) > MOST_COLUMNS:
        raise BadData(f"{path}: {len(names):,} columns, the limit is {MOST_COLUMNS:,}", hint="save vectors as .npy")
    first: dict[str, int] = {}
    for place, name in enumerate(names, start=1):
        if not name.strip():
            raise BadData(
                f"{path}: column {place} has no name in the header",
                hint="give it one (a file written by pandas: index=False)",
            )
        if not name.isprintable():
            hint = "is it UTF-16? try --encoding utf-16-le" if "\0" in name else "rename it"
            raise BadData(f"{path}: column {place} has a control character in its name: {name!a}", hint)
        if name in first:
            raise BadData(f"{path}: columns {first[name]} and {place} are both named {name!r}", hint="rename one")
        first[name] = place
