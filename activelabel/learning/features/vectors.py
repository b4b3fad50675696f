"""Embeddings that came with the data: taken as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.records.contents import ColumnTable

__all__ = ["VectorFeaturizer"]


class VectorFeaturizer:
    """Vectors as they are; a number that is missing or infinite becomes the mean of its column.

    Examples
    --------
    >>> from activelabel.records.contents import ColumnTable
    >>> from activelabel.records.kinds import Modality
    >>> numbers = np.array([[1.0, 7.0], [3.0, np.nan]], dtype=np.float32)
    >>> table = ColumnTable(Modality.VECTORS, 2, ("x", "y"), numbers)
    >>> VectorFeaturizer().fit_transform(table, np.random.default_rng(0)).tolist()
    [[1.0, 7.0], [3.0, 7.0]]
    """

    version = "vectors-1"

    def __init__(self) -> None:
        self._means = np.empty(0, dtype=np.float32)

    def fit(self, table: ColumnTable, rng: np.random.Generator) -> Self:
        """Learn the means of the finite numbers, 0 where a column has none."""
        finite = np.isfinite(table.numbers)
        sums = table.numbers.sum(axis=0, dtype=np.float64, where=finite)
        self._means = (sums / np.maximum(finite.sum(axis=0), 1)).astype(np.float32)
        return self

    def transform(self, table: ColumnTable) -> NDArray[np.float32]:
        """Return the vectors, shape (n, d): the table's own array where nothing had to be filled in."""
        finite = np.isfinite(table.numbers)
        return table.numbers if finite.all() else np.where(finite, table.numbers, self._means)

    def fit_transform(self, table: ColumnTable, rng: np.random.Generator) -> NDArray[np.float32]:
        """Fit, and return the vectors of the same items."""
        return self.fit(table, rng).transform(table)
