"""From the rows of a pool to rows that were not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.landmarks import landmarks_of, neighbour_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["extend"]


def extend(features: NDArray[np.float32], values: NDArray[np.float64], new: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return for new rows the weighted mean of the values at their 7 nearest rows of the pool, or of its landmarks.

    Parameters
    ----------
    features, values
        Shapes (n, d) and (n, k), n >= 1: the pool, and what is known of its rows.
    new
        Shape (r, d).

    Returns
    -------
    NDArray[np.float64]
        Shape (r, k).

    Examples
    --------
    >>> rows, known = np.array([[0.0], [1.0], [5.0]], dtype=np.float32), np.array([[1.0], [1.0], [0.0]])
    >>> extend(rows, known, np.array([[0.4], [900.0]], dtype=np.float32)).round(2).ravel().tolist()
    [0.83, 0.12]
    """
    landmarks = landmarks_of(features)
    if landmarks is not None:
        features, values = landmarks.features, values[landmarks.rows]
    return np.asarray(neighbour_weights(features, new) @ values)
