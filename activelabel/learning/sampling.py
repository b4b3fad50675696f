"""Samples of rows, for what need not be known of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["evenly_spaced"]


def evenly_spaced(n: int, q: int) -> NDArray[np.intp]:
    """Return min(n, q) rows out of n, evenly spaced: a random sample, rows being in the order of their hash.

    Examples
    --------
    >>> evenly_spaced(10, 4).tolist(), evenly_spaced(2, 4).tolist()
    ([0, 2, 5, 7], [0, 1])
    """
    return np.arange(min(n, q)) * n // min(n, q) if n > q else np.arange(n)
