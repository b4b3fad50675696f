"""Standard streams that were closed before the program began (``>&-``), and what stands in for them."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import NoReturn

__all__ = ["stand_in_for_closed_streams"]


class ClosedOutput(io.TextIOBase):
    """Standard output that is closed: what a command would print there is lost, so writing to it fails."""

    encoding = "utf-8"

    def write(self, text: str, /) -> NoReturn:
        """Fail.

        Raises
        ------
        OSError
            Always.
        """
        raise OSError(errno.EBADF, "closed, with something left to print", "standard output")


def stand_in_for_closed_streams() -> None:
    """Put an empty input, a failing output and a silent error stream where there are none.

    Their numbers are taken too: the next file opened would get one of them, and with it whatever a library prints.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free, which is this one
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    if sys.stdout is None:
        sys.stdout = ClosedOutput()
    if sys.stderr is None:
        sys.stderr = io.StringIO()
