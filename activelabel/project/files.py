"""Files that are whole or absent: written aside, synced, renamed into place."""

from __future__ import annotations

import contextlib
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "a.txt"
    >>> with written_aside(path) as file:
    ...     _ = file.write(b"whole")
    >>> path.read_bytes()
    b'whole'
    """
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            if durable:
                os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            Path(name).unlink()
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
    # the mask can only be read by setting it; mkstemp makes 0600, and an export should be as open as any other file
    mask = os.umask(0)
    os.umask(mask)
    return mask
