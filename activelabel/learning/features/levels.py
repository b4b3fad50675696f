"""A column of few categories, one column for each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FEW_LEVELS", "LevelEncoder"]

FEW_LEVELS = 30
"""Levels up to which each has its own column; names of more are compared by their letters."""

POOLED = "\x00seen once"


class LevelEncoder:
    """One column of 0 and 1 for each level, and one for all the levels that were seen once; missing is a level.

    A level not seen in `fit` counts as seen once, or as nothing where there was none such.

    Attributes
    ----------
    width
        Columns that come out; 0 where all rows are alike.

    Examples
    --------
    >>> colours = np.array(["red", "red", "blue", "blue", "teal", "mauve"], dtype=object)
    >>> encoder = LevelEncoder().fit(colours)
    >>> out = np.empty((6, encoder.width), dtype=np.float32)
    >>> encoder.write(colours, out)
    >>> out.tolist()
    [[0.0, 0.0, 1.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]
    """

    def __init__(self) -> None:
        self.width = 0
        self._places: dict[str, int] = {}

    def fit(self, column: NDArray[np.object_]) -> Self:
        """Learn the levels of shape (n,)."""
        counts = Counter(column.tolist())
        kept = {level if count > 1 else POOLED for level, count in counts.items()}
        self._places = {level: place for place, level in enumerate(sorted(kept))}
        self.width = len(self._places) if len(self._places) > 1 else 0
        return self

    def write(self, column: NDArray[np.object_], out: NDArray[np.float32]) -> None:
        """Write the columns of shape (n,) to `out` (n, width)."""
        out[:] = 0.0
        if not self.width:
            return
        otherwise = self._places.get(POOLED, -1)
        places = np.array([self._places.get(level, otherwise) for level in column.tolist()])
        known = np.flatnonzero(places >= 0)
        out[known, places[known]] = 1.0
