"""Locks that die with their process: flock on files in `locks/`, never the mere presence of a file."""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from activelabel.errors import ProjectLocked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["hold", "holder", "waiting_turn"]


@contextmanager
def hold(path: Path, doing: str, since: str) -> Iterator[None]:
    """Hold the lock at `path` for the length of the block; the file says who, for whom it turns away.

    Parameters
    ----------
    path
        The lock file; its folder is made when it is missing.
    doing
        What is locked, for the message: ``"a session of ann"``.
    since
        UTC time, for the message.

    Raises
    ------
    ProjectLocked
        If a living process holds it; names its pid, host and start.
    """
    handle = _open(path)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            who = holder(path)
            place = f"pid {who.get('pid', '?')} on {who.get('host', '?')}, since {who.get('since', '?')}"
            raise ProjectLocked(f"{doing} is open already: {place}", "close that one first") from None
        _sign(handle, since)
        yield
    finally:
        os.close(handle)


@contextmanager
def waiting_turn(path: Path, since: str = "") -> Iterator[None]:
    """Wait until no other process holds the lock at `path`, then hold it for the length of the block."""
    handle = _open(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if since:
            _sign(handle, since)
        yield
    finally:
        os.close(handle)


def holder(path: Path) -> dict[str, str]:
    """Return what the last holder wrote: pid, host, since. Empty when that cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _open(path: Path) -> int:
    path.parent.mkdir(exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)


def _sign(handle: int, since: str) -> None:
    who = {"pid": str(os.getpid()), "host": os.uname().nodename, "since": since}
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps(who).encode(), 0)
