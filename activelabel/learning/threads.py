"""The one place that says how many threads arithmetic may use."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["one_thread"]

_limited: ContextVar[bool] = ContextVar("limited", default=False)


@contextmanager
def one_thread() -> Iterator[None]:
    """Run BLAS and OpenMP on one thread, so that sums are rounded alike on every machine.

    Two threads add the same numbers in another order; a rounding bit then decides a tie between two centres, and the
    same project would ask other questions on a laptop than on a server. Inside another `one_thread` it does nothing:
    finding the libraries takes milliseconds, and small fits come by the dozen.

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
        with threadpool_limits(1):
            yield
    finally:
        _limited.reset(token)
