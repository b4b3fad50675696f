"""Lines from a program that may fall silent for an hour, write without end, or go away."""

from __future__ import annotations

import os
import select
from typing import Final, Self

from activelabel.session.dialogue.said import LONGEST

__all__ = ["Incoming"]

CHUNK: Final = 65_536  # bytes read at once


class Incoming:
    """The lines that come in at a file descriptor, as bytes.

    No more than is needed of a line that is too long to be an answer is kept: it comes cut, and is refused as that.

    Parameters
    ----------
    source
        The file descriptor.
    """

    def __init__(self, source: int) -> None:
        self._source = source
        self._read = b""
        self._has_ended = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        while b"\n" not in self._read and not self._has_ended:
            self._read = self._read[: LONGEST + 1]
            more = os.read(self._source, CHUNK)
            self._read += more
            self._has_ended = not more
        if not self._read:
            raise StopIteration
        line, _, self._read = self._read.partition(b"\n")
        return line

    @property
    def is_over(self) -> bool:
        """Whether the other end has gone and has left nothing to read; a regular file never says so."""
        if self._read:
            return False
        watch = select.poll()
        watch.register(self._source, select.POLLIN)
        return any(state & select.POLLHUP and not state & select.POLLIN for _, state in watch.poll(0))
