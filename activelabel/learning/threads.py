"""The one place that says how many threads arithmetic may use."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["one_thread"]


@contextmanager
def one_thread() -> Iterator[None]:
    """Run BLAS and OpenMP on one thread, so that sums are rounded alike on every machine.

    Two threads add the same numbers in another order; a rounding bit then decides a tie between two centres, and the
    same project would ask other questions on a laptop than on a server.

    Examples
    --------
    >>> import numpy as np
    >>> with one_thread():
    ...     np.eye(2) @ np.ones(2)
    array([1., 1.])
    """
    with threadpool_limits(1):
        yield
