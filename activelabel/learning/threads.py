"""The one place that says how many threads arithmetic may use."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["one_thread", "side_by_side", "usable_threads"]

Item = TypeVar("Item")
Done = TypeVar("Done")

_limited: ContextVar[bool] = ContextVar("limited", default=False)


@contextmanager
def one_thread() -> Iterator[None]:
    """Run BLAS and OpenMP on one thread, so that sums are rounded alike on every machine.

    Two threads add the same numbers in another order; a rounding bit then decides a tie between two centres, and the
    same project would ask other questions on a laptop than on a server. Inside another `one_thread` it does nothing.

    Examples
    --------
    >>> import numpy as np
    >>> with one_thread():
    ...     np.eye(2) @ np.ones(2)
    array([1., 1.])
    """
    if _limited.get():
        yield
        return
    token = _limited.set(True)
    try:
        with _libraries(len(sys.modules)).limit(limits=1):
            yield
    finally:
        _limited.reset(token)


def usable_threads() -> int:
    """Return how many threads this process may use where their number changes no result, inside `one_thread` too."""
    asked = os.environ.get("OMP_NUM_THREADS", "")
    return int(asked) if asked.isdecimal() and int(asked) else os.cpu_count() or 1


def side_by_side(work: Callable[[Item], Done], items: Iterable[Item]) -> Iterator[Done]:
    """Yield what work gives for each of many, done by as many threads as there are, the arithmetic of each on one.

    Examples
    --------
    >>> list(side_by_side(str, [3, 1, 2]))
    ['3', '1', '2']
    """
    with one_thread(), ThreadPoolExecutor(usable_threads(), initializer=_limit_this_thread) as threads:
        yield from threads.map(work, items)


def _limit_this_thread() -> None:
    # a thread begins without what its maker has set, by OpenMP and by context variables
    _limited.set(True)
    _libraries(len(sys.modules)).limit(limits=1)


@lru_cache(maxsize=1)
def _libraries(modules: int) -> ThreadpoolController:
    """Return the libraries with threads of their own; looked for again only when a module was imported since."""
    return ThreadpoolController()
