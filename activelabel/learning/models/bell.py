"""How near two rows are, as a number between 0 and 1 that falls with their distance as a bell does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["bell"]


def bell(rows: NDArray[np.float32], others: NDArray[np.float32], gamma: float) -> NDArray[np.float32]:
    """Return exp(-gamma d^2) between rows (n, d) and others (q, d), shape (n, q): the Gaussian kernel.

    Examples
    --------
    >>> bell(np.array([[0.0], [1.0]], dtype=np.float32), np.array([[0.0]], dtype=np.float32), 1.0).round(2)
    array([[1.  ],
           [0.37]], dtype=float32)
    """
    # about the middle of the others: products of numbers far from zero lose the digits of their differences
    middle = others.mean(axis=0)
    rows, others = rows - middle, others - middle
    squares = rows @ (-2 * others.T)
    squares += (rows**2).sum(axis=1)[:, None]
    squares += (others**2).sum(axis=1)
    np.maximum(squares, 0.0, out=squares)
    squares *= -np.float32(gamma)
    return np.asarray(np.exp(squares, out=squares))
