"""Files that are whole or absent: written aside, synced, renamed into place."""

from __future__ import annotations

import contextlib
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["sync_folder", "written_aside"]


@contextmanager
def written_aside(target: Path, *, durable: bool = True) -> Iterator[BinaryIO]:
    """Open a file beside `target` that takes its place when the block ends well, and vanishes when it does not.

    Parameters
    ----------
    target
        The file to replace. Its folder must exist.
    durable
        Sync file and folder before and after the rename. Caches, which can be rebuilt, do without.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "a.txt"
    >>> with written_aside(path) as file:
    ...     _ = file.write(b"whole")
    >>> path.read_bytes()
    b'whole'
    """
    # named before it is made: a signal may come at any line, and what it leaves must be known by name
    aside = target.with_name(f".{target.name}.{uuid4().hex[:8]}")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            if durable:
                os.fsync(file.fileno())
        aside.chmod(0o666 & ~_umask())
        aside.replace(target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            aside.unlink()
        if isinstance(error, OSError):
            error.filename = error.filename or str(target)  # a failing write does not name its file
        raise
    if durable:
        sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable: a renamed file is only safe once its folder is synced."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    # the mask can only be read by setting it; half a file is private, a whole one as open as any other
    mask = os.umask(0)
    os.umask(mask)
    return mask
