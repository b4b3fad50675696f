"""How far long work has come, for whoever listens; arithmetic is not changed by it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Listener = Callable[[str, int, int], None]

__all__ = ["listening", "tell"]

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Have `listener` called with what is done, how much of it so far, and of how much, by all long work inside.

    Examples
    --------
    >>> heard = []
    >>> with listening(lambda *told: heard.append(told)):
    ...     tell("rows read", 3, 10)
    >>> tell("rows read", 10, 10)
    >>> heard
    [('rows read', 3, 10)]
    """
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(what: str, done: int, total: int) -> None:
    """Say how much of something is done; nothing happens where nobody listens."""
    listener = _listener.get()
    if listener:
        listener(what, done, total)
