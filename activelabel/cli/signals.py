"""Signals that end a session, as exceptions: what holds a lock or a terminal gives it back on the way out."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

__all__ = ["Interrupted", "ending_signals_raise"]

ENDING: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


class Interrupted(BaseException):
    """A signal that asks to leave; not an `Exception`, so that no ordinary handler takes it for a failure.

    Parameters
    ----------
    number
        Which one.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"stopped by {signal.Signals(number).name}")
        self.number = number

    @property
    def exit_code(self) -> int:
        """What a shell reports for a process that this signal ended."""
        return 128 + self.number


@contextmanager
def ending_signals_raise() -> Iterator[None]:
    """Raise on SIGTERM, SIGHUP and SIGINT for as long as the block runs, once: on the way out they are ignored.

    SIGINT raises `KeyboardInterrupt`, as ever; the others `Interrupted`. The block must be entered in the main thread,
    where Python delivers signals.
    """
    before = {number: signal.signal(number, _raise) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise(number: int, _frame: FrameType | None) -> NoReturn:
    # a second one would cut short what the first one began: saving, and restoring the terminal
    for ending in ENDING:
        signal.signal(ending, signal.SIG_IGN)
    raise KeyboardInterrupt if number == signal.SIGINT else Interrupted(number)
