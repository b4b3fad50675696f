"""The linear system behind both graph methods, solved for many right-hand sides at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy.sparse import csr_array, csr_matrix, diags_array
from scipy.sparse.csgraph import reverse_cuthill_mckee

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Operator", "close_together", "degrees", "normalised", "scaled", "spread", "whole_system"]

STEPS = 200
"""At alpha = 0.99 some 50 steps reach a thousandth and 120 a millionth; more would polish rounding."""


def degrees(graph: csr_array) -> NDArray[np.float64]:
    """Return the total weight of each row, shape (n,), 1 for a row without neighbours."""
    total = np.asarray(graph.sum(axis=1), dtype=np.float64)
    return np.where(total > 0, total, 1.0)


def normalised(graph: csr_array) -> csr_array:
    """Return S = D^-1/2 W D^-1/2, whose eigenvalues lie between -1 and 1."""
    half = diags_array(1.0 / np.sqrt(degrees(graph)))
    return csr_array(half @ graph @ half, dtype=graph.dtype)


class Operator(Protocol):
    """What multiplies columns: a matrix, or a product of some that is not multiplied out."""

    def __matmul__(self, columns: NDArray[np.floating]) -> NDArray[np.floating]:
        """Return the product with columns (n, q), of the same shape."""
        ...


def close_together(graph: csr_array) -> NDArray[np.intp]:
    """Return the rows of a symmetric graph in an order in which neighbours are near to each other, shape (n,).

    Rows in random order are fetched from all over the memory, by which a product of a big graph and columns takes
    longer than by its arithmetic.

    References
    ----------
    Cuthill, McKee (1969), Reducing the Bandwidth of Sparse Symmetric Matrices.

    Examples
    --------
    >>> chain = np.zeros((4, 4))
    >>> chain[[0, 2, 2, 1, 1, 3], [2, 0, 1, 2, 3, 1]] = 1.0
    >>> close_together(csr_array(chain)).tolist()
    [3, 1, 2, 0]
    """
    return reverse_cuthill_mckee(csr_matrix(graph), symmetric_mode=True).astype(np.intp)


def whole_system(graph: csr_array, reach: float) -> csr_array:
    """Return D - a W of a graph W (n, n), a being the reach; float32."""
    return csr_array(diags_array(degrees(graph).astype(np.float32)) - np.float32(reach) * graph.astype(np.float32))


def scaled(system: csr_array) -> tuple[csr_array, NDArray[np.float32]]:
    """Return S, shape (n, n), and h, shape (n,): H A H is I - S, A being the system and H having h as its diagonal.

    Examples
    --------
    >>> S, h = scaled(csr_array(np.array([[4.0, -1.0], [-1.0, 1.0]], dtype=np.float32)))
    >>> S.toarray().tolist(), h.tolist()
    ([[0.0, 0.5], [0.5, 0.0]], [0.5, 1.0])
    """
    half = (1.0 / np.sqrt(system.diagonal())).astype(np.float32)
    S = csr_array(diags_array(-half) @ system @ diags_array(half))
    S.setdiag(0.0)
    S.eliminate_zeros()
    return S, half


def spread(
    S: csr_array | Operator, sources: NDArray[np.floating], alpha: float, tolerance: float
) -> NDArray[np.floating]:
    """Return X with (I - alpha S) X = sources, by conjugate gradients on all columns together.

    Parameters
    ----------
    S
        Shape (n, n), symmetric, eigenvalues in [-1, 1].
    sources
        Shape (n, q); its dtype is the dtype of the arithmetic.
    alpha
        In [0, 1]: how far labels reach; at 1, S has a part of itself left out or has its reach within.
    tolerance
        Length of the residual at which a column is done, relative to its source.

    Returns
    -------
    NDArray[np.floating]
        Shape (n, q).

    References
    ----------
    Hestenes, Stiefel (1952), Methods of Conjugate Gradients for Solving Linear Systems.

    Examples
    --------
    >>> S = csr_array(np.array([[0.0, 1.0], [1.0, 0.0]]))
    >>> spread(S, np.array([[1.0], [0.0]]), alpha=0.5, tolerance=1e-9).round(6)
    array([[1.333333],
           [0.666667]])
    """
    solution = np.zeros_like(sources)
    residual = sources.copy()
    direction = sources.copy()
    length = _squares(residual)
    enough = length * tolerance**2
    for _ in range(STEPS):
        if (length <= enough).all():
            break
        image = direction - sources.dtype.type(alpha) * (S @ direction)
        step = _ratio(length, np.einsum("nq,nq->q", direction, image))
        solution += step * direction
        residual -= step * image
        shorter = _squares(residual)
        direction = residual + _ratio(shorter, length) * direction
        length = shorter
    return solution


def _squares(columns: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.asarray(np.einsum("nq,nq->q", columns, columns))


def _ratio(top: NDArray[np.floating], bottom: NDArray[np.floating]) -> NDArray[np.floating]:
    """Divide column by column, 0 where a column is solved and nothing is left of it."""
    return np.asarray(np.divide(top, bottom, out=np.zeros_like(top), where=bottom > 0))
