"""The clock of a session: it runs from the first card on, and stands still while a shell has the terminal."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Watch"]


class Watch:
    """Counts the seconds that a person had for a session.

    Parameters
    ----------
    clock
        Gives seconds from any start; it never goes back.

    Examples
    --------
    >>> times = iter([10.0, 25.0])
    >>> watch = Watch(lambda: next(times))
    >>> watch.start()
    >>> watch.stand_still(5.0)
    >>> watch.spent()
    10.0
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._away = 0.0
        self._started: float | None = None

    def __call__(self) -> float:
        """Return seconds from any start, those left out during which it stood still."""
        return self._clock() - self._away

    def start(self) -> None:
        """Begin to count; a second call changes nothing."""
        if self._started is None:
            self._started = self()

    def stand_still(self, seconds: float) -> None:
        """Leave out the last `seconds`: the person was elsewhere."""
        self._away += seconds

    def spent(self) -> float:
        """Return the seconds counted since the start; 0 before it."""
        return 0.0 if self._started is None else self() - self._started
