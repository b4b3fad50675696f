"""Look at a file before and after it is read: what it is, and that it stayed as it was."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from activelabel.errors import BadData
from activelabel.project.readers.remote import remote_files, remote_stamp, url_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "PARTITION",
    "Reading",
    "Stamp",
    "changed",
    "check_columns",
    "check_names",
    "check_regular",
    "is_partition",
    "is_pattern",
    "located",
    "partition_paths",
    "partitions_here",
    "stamp_of",
    "unchanged",
]

MOST_COLUMNS = 20_000
PARTITION = ".parquet"
"""How the name of a file ends that is one of several, where we write it."""

PARTITIONS = (PARTITION, ".pq")
UNREAD = (".", "_")
"""How names begin of what others put beside the files: unfinished ones, marks that all are there."""


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
    """Return the size and time of a file, or of a folder or pattern and its files, without reading any.

    Raises
    ------
    BadData
        If there is nothing at `path`, or it may not be looked at.
    """
    if url_of(path):
        return _together(Stamp(*remote_stamp(url_of(each))) for each in partition_paths(path))
    if is_pattern(path):
        return _together(stamp_of(each) for each in partition_paths(path))
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


def partition_paths(path: Path) -> list[Path]:
    """Return the Parquet files that a file, a folder, a pattern or a URL means, in the order of their names.

    Raises
    ------
    BadData
        If there is none, or they cannot be listed.
    """
    url = url_of(path)
    found = [Path(each) for each in remote_files(url, is_partition)] if url else partitions_here(path)
    if not found:
        endings = " or ".join(PARTITIONS)
        raise BadData(f"{url or path}: no Parquet files there", hint=f"they end in {endings}; is the path right?")
    return sorted(found)


def partitions_here(path: Path) -> list[Path]:
    """Return the files of this machine that a file, a folder or a pattern means now, in any order; maybe none."""
    if path.is_file():
        return [path]
    within = map(Path, glob(str(path), recursive=True)) if is_pattern(path) else path.glob("*")
    return [each for each in within if is_partition(each.name) and each.is_file()]


def is_partition(name: str) -> bool:
    """Say whether a file of this name is read where a folder or a pattern is given.

    Examples
    --------
    >>> [is_partition(name) for name in ("part-0.parquet", "x.pq", "_SUCCESS", ".part-0.parquet")]
    [True, True, False, False]
    """
    return name.endswith(PARTITIONS) and not name.startswith(UNREAD)


def is_pattern(path: Path) -> bool:
    """Say whether a path stands for all files whose names fit it."""
    return "*" in str(path) and not path.exists()


def located(path: Path) -> str:
    """Return where data lies, as text that holds from any folder: an absolute path, or a URL.

    Examples
    --------
    >>> located(Path("s3://bucket/pool")), located(Path("/data/pool/*.parquet"))
    ('s3://bucket/pool', '/data/pool/*.parquet')
    """
    return url_of(path) or str(path.absolute())


def check_regular(path: Path) -> None:
    """Refuse what is not a regular file with something in it, before it is opened: opening a pipe would hang.

    Raises
    ------
    BadData
        If `path` does not exist, is a folder, a pipe, a device or a socket, is empty or may not be read.
    """
    size, url = stamp_of(path).size, url_of(path)
    if not url and not stat.S_ISREG(path.stat().st_mode):
        raise BadData(f"{path}: not a regular file", hint="give a file, or a folder of pictures")
    if size == 0:
        raise BadData(f"{path}: the file is empty", hint="give a file with a header and rows")
    if not url and not os.access(path, os.R_OK):
        raise BadData(f"{path}: no permission to read it", hint="see who may: ls -l")


def _together(stamps: Iterable[Stamp]) -> Stamp:
    sizes, times = zip(*stamps, strict=True)
    return Stamp(sum(sizes), max(times))


def check_columns(path: Path, names: Sequence[str], needed: Sequence[str]) -> None:
    """Raise BadData if one of the columns that are needed is not there."""
    if lacking := [name for name in needed if name not in names]:
        raise BadData(f"{path}: no column named {lacking[0]!r}", hint="the project was made from data that has it")


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
        raise changed(path)


def changed(path: Path) -> BadData:
    """Return the failure of a file that has not what it had when it was first looked at."""
    return BadData(f"{path}: changed while it was being read", hint="wait until it is written, then try again")


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
