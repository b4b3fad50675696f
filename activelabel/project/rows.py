"""The rows of the project's copy, in file order: one, some or all of them, without holding the rest in memory."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["KeptRows"]


class KeptRows:
    """An Arrow file of record batches.

    Parameters
    ----------
    path
        The file; it stays mapped, so that a row costs only the pages it lies on.
    batch_starts
        Shape (batches + 1,): the place of the first row of each batch, and the number of rows.

    Raises
    ------
    ValueError
        If the file is damaged.
    """

    def __init__(self, path: Path, batch_starts: NDArray[np.intp]) -> None:
        self._path = path
        self._starts = batch_starts
        self._mapped = pa.ipc.open_file(pa.memory_map(str(path)))
        if self._mapped.num_record_batches != len(batch_starts) - 1:
            raise ValueError(f"{path}: {self._mapped.num_record_batches} batches, {len(batch_starts) - 1} expected")

    def one(self, place: int) -> pa.RecordBatch:
        """Return the row at a place in the file, all columns."""
        number = int(np.searchsorted(self._starts, place, side="right")) - 1
        return self._mapped.get_batch(number).slice(place - int(self._starts[number]), 1)

    def take(self, places: NDArray[np.intp], columns: Sequence[str]) -> pa.Table:
        """Return some columns of the rows at these places, in their order."""
        if not columns:
            return pa.table({})
        order = np.argsort(places, kind="stable")
        ascending = places[order]
        bounds = np.searchsorted(ascending, self._starts)
        found = [
            self._mapped.get_batch(number).select(columns).take(ascending[low:high] - self._starts[number])
            for number, (low, high) in enumerate(pairwise(bounds))
            if low < high
        ]
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
        schema = pa.schema([self._mapped.schema.field(name) for name in columns])
        return pa.Table.from_batches(found, schema).take(back)

    def column(self, name: str) -> pa.ChunkedArray:
        """Return one column of all rows, in file order."""
        place = self._mapped.schema.get_field_index(name)
        return pa.chunked_array([self._mapped.get_batch(each).column(place) for each in range(len(self._starts) - 1)])

    def stream(self) -> Iterator[pa.RecordBatch]:
        """Yield all rows in file order, each batch read and let go."""
        with pa.OSFile(str(self._path)) as file, pa.ipc.open_file(file) as batches:
            for number in range(batches.num_record_batches):
                yield batches.get_batch(number)
