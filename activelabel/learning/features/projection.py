"""Many columns onto few axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np
from sklearn.decomposition import PCA

from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Projection"]

AXES = 60
SAMPLE = 20_000
BLOCK = 16_384


class Projection:
    """Principal components, at most 60, scaled together so that a mean square is 1.

    The axes keep their proportions: the first says more than the last, and distances go on knowing that.
    """

    def __init__(self) -> None:
        self._mean = np.empty(0, dtype=np.float32)
        self._axes = np.empty((0, 0), dtype=np.float32)

    def fit(self, rows: NDArray[np.float32], rng: np.random.Generator) -> Self:
        """Learn the axes from the first 20,000 rows, which are a sample: rows come in the order of their hash."""
        sample = rows[:SAMPLE]
        if len(sample) < 2:  # one row has no axes: everything is at the middle
            self._mean, self._axes = sample.mean(axis=0), np.zeros((sample.shape[1], 1), dtype=np.float32)
            return self
        with one_thread(), np.errstate(invalid="ignore", divide="ignore"):  # rows that are all alike
            found = PCA(min(AXES, *sample.shape), random_state=int(rng.integers(2**31))).fit(sample)
        spread = float(found.singular_values_ @ found.singular_values_) / (len(sample) * found.n_components_)
        self._mean = found.mean_.astype(np.float32)
        self._axes = (found.components_.T / np.sqrt(spread or 1.0)).astype(np.float32)
        return self

    def transform(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return shape (n, at most 60) for rows (n, d)."""
        out = np.empty((len(rows), self._axes.shape[1]), dtype=np.float32)
        with one_thread():
            for start in range(0, len(rows), BLOCK):
                out[start : start + BLOCK] = (rows[start : start + BLOCK] - self._mean) @ self._axes
        return out
