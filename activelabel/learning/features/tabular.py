"""Tables of numbers, categories and dates as rows of one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, Self

import numpy as np

from activelabel.learning.features.levels import FEW_LEVELS, LevelEncoder
from activelabel.learning.features.numbers import NumberScaler
from activelabel.learning.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from activelabel.learning.features.projection import Projection
    from activelabel.records.contents import ColumnTable

__all__ = ["TabularFeaturizer"]

MANY_COLUMNS = 100
"""Columns above which they are projected onto 60 axes."""


class _Encoder(Protocol):
    """What turns one column, or all the numbers, into `width` columns of float32."""

    width: int

    def fit(self, column: NDArray[Any]) -> Self: ...

    def write(self, column: NDArray[Any], out: NDArray[np.float32]) -> None: ...


class _Part(NamedTuple):
    """An encoder and where in a table its cells stand."""

    encoder: _Encoder
    field: Literal["numbers", "categories", "dates"]
    name: str = ""

    def cells(self, table: ColumnTable) -> NDArray[Any]:
        """Return the column, or all the numbers."""
        return table.numbers if self.field == "numbers" else getattr(table, self.field)[self.name]


class TabularFeaturizer:
    """Numbers on one scale, categories by level or by their letters, dates by their parts.

    Beside the table and the features nothing of their size is held in memory; above 100 columns the features are
    projected onto 60 principal axes, and the unprojected ones are held besides while that is done.

    Examples
    --------
    >>> from activelabel.records.contents import ColumnTable
    >>> from activelabel.records.kinds import Modality
    >>> numbers = np.array([[1.0], [2.0], [3.0]], dtype=np.float32)
    >>> table = ColumnTable(Modality.TABLE, 3, ("length",), numbers)
    >>> TabularFeaturizer().fit_transform(table, np.random.default_rng(0)).round(2).tolist()
    [[-1.22...], [0.0], [1.22...]]
    """

    version = "tabular-2"

    def __init__(self) -> None:
        self._parts: list[_Part] = []
        self._projection: Projection | None = None

    def fit(self, table: ColumnTable, rng: np.random.Generator) -> Self:
        """Learn scales, levels and axes from n >= 1 rows."""
        self._learn(table, rng)
        return self

    def transform(self, table: ColumnTable) -> NDArray[np.float32]:
        """Return shape (n, d), d >= 1."""
        columns = self._columns(table)
        return columns if self._projection is None else self._projection.transform(columns)

    def fit_transform(self, table: ColumnTable, rng: np.random.Generator) -> NDArray[np.float32]:
        """Fit, and return the features of the same rows."""
        columns = self._learn(table, rng)
        if columns is None:
            return self._columns(table)
        return columns if self._projection is None else self._projection.transform(columns)

    def _learn(self, table: ColumnTable, rng: np.random.Generator) -> NDArray[np.float32] | None:
        """Fit all parts; return the columns where they had to be made on the way."""
        self._parts = list(_parts(table, rng))
        for part in self._parts:
            part.encoder.fit(part.cells(table))
        self._projection = None
        if sum(part.encoder.width for part in self._parts) <= MANY_COLUMNS:
            return None
        columns = self._columns(table)
        self._projection = load("features.projection:Projection")().fit(columns, rng)
        return columns

    def _columns(self, table: ColumnTable) -> NDArray[np.float32]:
        width = sum(part.encoder.width for part in self._parts)
        if not width:  # rows that are all alike, or without columns: one column that says so
            return np.zeros((table.n, 1), dtype=np.float32)
        out = np.empty((table.n, width), dtype=np.float32)
        start = 0
        for part in self._parts:
            stop = start + part.encoder.width
            part.encoder.write(part.cells(table), out[:, start:stop])
            start = stop
        return out


def _parts(table: ColumnTable, rng: np.random.Generator) -> Iterator[_Part]:
    """Yield an encoder for the numbers and for each other column; skrub is loaded only where it is needed."""
    yield _Part(NumberScaler(), "numbers")
    for name, column in table.categories.items():
        few = len(set(column.tolist())) <= FEW_LEVELS
        encoder = LevelEncoder() if few else load("features.dirty:NameEncoder")(int(rng.integers(2**31)))
        yield _Part(encoder, "categories", name)
    for name in table.dates:
        yield _Part(load("features.dirty:DateEncoder")(), "dates", name)
