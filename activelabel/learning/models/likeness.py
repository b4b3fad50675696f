"""How alike two rows are in space: near each other, and in the same direction from the middle of the pool."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Space", "bell", "likeness", "likeness_times", "space_of"]

BLOCK = 512
"""Rows at a time: what is made of them and a thousand others stays in the cache of a processor."""


class Space(NamedTuple):
    """The middle of a pool, shape (d,), and the mean squared distance of its rows from there, above 0."""

    middle: NDArray[np.float32]
    spread: float


def space_of(features: NDArray[np.float32]) -> Space:
    """Return the space of a pool (n, d).

    Examples
    --------
    >>> space_of(np.array([[0.0], [4.0]], dtype=np.float32)).spread
    4.0
    """
    middle = features.mean(axis=0, dtype=np.float64).astype(np.float32)
    spread = float(features.var(axis=0, dtype=np.float64).sum())
    return Space(middle, spread if spread > 0 else 1.0)


def likeness(rows: NDArray[np.float32], others: NDArray[np.float32], space: Space) -> NDArray[np.float32]:
    """Return the sum of a bell as wide as the pool and the inner product, shape (r, q), of diagonal about 2.

    Parameters
    ----------
    rows, others
        Shapes (r, d) and (q, d).
    space
        Of the pool they come from.

    References
    ----------
    Duvenaud, Nickisch, Rasmussen (2011), Additive Gaussian Processes.

    Examples
    --------
    >>> rows = np.array([[-1.0], [1.0]], dtype=np.float32)
    >>> likeness(rows, rows, space_of(rows)).round(2)
    array([[ 2.  , -0.98],
           [-0.98,  2.  ]], dtype=float32)
    """
    # about the middle: products of numbers far from zero lose the digits of their differences
    rows, others = rows - space.middle, others - space.middle
    straight = rows @ (others / np.float32(space.spread)).T
    # exp(-d^2 / spread), d^2 being |r|^2 + |o|^2 - 2 r'o
    alike = 2 * straight
    alike -= (rows**2).sum(axis=1)[:, None] / np.float32(space.spread)
    alike -= (others**2).sum(axis=1) / np.float32(space.spread)
    np.exp(np.minimum(alike, 0.0, out=alike), out=alike)
    alike += straight
    return np.asarray(alike)


def likeness_times(
    rows: NDArray[np.float32], others: NDArray[np.float32], space: Space, weights: NDArray[np.floating]
) -> NDArray[np.float32]:
    """Return ``likeness(rows, others, space) @ weights``, shape (r, k), in half of the time where rows are many.

    Of the inner product no matrix (r, q) is made: it is a straight function of a row, with k values. Exponents of the
    bell come out of one product, rows and others having two columns more.

    Parameters
    ----------
    rows, others
        Shapes (r, d) and (q, d).
    space
        Of the pool they come from.
    weights
        Shape (q, k).

    Examples
    --------
    >>> rows = np.random.default_rng(0).normal(size=(9, 2)).astype(np.float32)
    >>> weights = np.ones((9, 1))
    >>> space = space_of(rows)
    >>> bool(np.allclose(likeness_times(rows, rows, space, weights), likeness(rows, rows, space) @ weights, atol=1e-5))
    True
    """
    others = others - space.middle
    near = others / np.float32(space.spread)
    # d^2 / spread is |r|^2 / spread + |o|^2 / spread - 2 r'o / spread
    bells = np.vstack([2 * near.T, np.full(len(near), -1 / space.spread), -(others * near).sum(axis=1)])
    bells, weights = bells.astype(np.float32), weights.astype(np.float32)
    slopes = near.T @ weights
    found = np.empty((len(rows), weights.shape[1]), dtype=np.float32)
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK] - space.middle
        wide = np.column_stack([block, (block**2).sum(axis=1), np.ones(len(block), dtype=np.float32)])
        exponents = wide @ bells
        np.exp(np.minimum(exponents, 0.0, out=exponents), out=exponents)
        found[start : start + BLOCK] = exponents @ weights + block @ slopes
    return found


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
