"""The rows and numbers of the project's copy, in file order: one, some or all, without holding the rest in memory."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.lib import format as npy_format

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["KeptNumbers", "KeptRows"]


BLOCK_ROWS = 4096


class KeptRows:
    """An Arrow file of record batches; it stays open, so that a copy that takes its place is not mixed up with it.

    Parameters
    ----------
    path
        The file; it is mapped, so that a row costs only the pages it lies on.
    batch_starts
        Shape (batches + 1,): the place of the first row of each batch, and the number of rows.

    Raises
    ------
    ValueError
        If the file is damaged.
    """

    def __init__(self, path: Path, batch_starts: NDArray[np.intp]) -> None:
        self._file = pa.OSFile(str(path))
        self._starts = batch_starts
        self._mapped = pa.ipc.open_file(pa.memory_map(str(path)))
        if self._mapped.num_record_batches != len(batch_starts) - 1:
            raise ValueError(f"{path}: {self._mapped.num_record_batches} batches, {len(batch_starts) - 1} expected")

    @property
    def names(self) -> tuple[str, ...]:
        """The columns, in file order."""
        return tuple(self._mapped.schema.names)

    def one(self, place: int) -> pa.RecordBatch:
        """Return the row at a place in the file, all columns."""
        number = int(np.searchsorted(self._starts, place, side="right")) - 1
        return self._mapped.get_batch(number).slice(place - int(self._starts[number]), 1)

    def some(self, places: NDArray[np.intp]) -> Iterator[tuple[int, pa.RecordBatch]]:
        """Yield (i, the row at places[i], all columns) for every i, batch after batch, each read and let go.

        Rows from all over a mapped file would leave most of it in memory.
        """
        order = np.argsort(places, kind="stable")
        bounds = np.searchsorted(places[order], self._starts)
        batches = pa.ipc.open_file(self._file)
        for number, (low, high) in enumerate(pairwise(bounds)):
            if low < high:
                batch = batches.get_batch(number)
                for each in order[low:high].tolist():
                    yield each, batch.slice(int(places[each]) - int(self._starts[number]), 1)

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
        batches = pa.ipc.open_file(self._file)
        for number in range(batches.num_record_batches):
            yield batches.get_batch(number)


class KeptNumbers:
    """A .npy file of float32 of shape (n, p).

    It is read, not mapped: the pages that rows are picked from would stay in memory beside the rows.

    Raises
    ------
    ValueError
        If the file is damaged.
    """

    def __init__(self, path: Path) -> None:
        self._file = pa.OSFile(str(path))
        with path.open("rb") as file:
            npy_format.read_magic(file)
            self.shape, _, dtype = npy_format.read_array_header_1_0(file)
            self._head = file.tell()
        if len(self.shape) != 2 or dtype != np.float32:
            raise ValueError(f"{path}: {dtype} of shape {self.shape}")

    def one(self, place: int) -> NDArray[np.float32]:
        """Return the numbers at a place in the file, shape (p,)."""
        row: NDArray[np.float32] = self._block(place, 1)[0]
        return row

    def take(self, places: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return the numbers at these places, in their order, shape (q, p)."""
        order = np.argsort(places, kind="stable")
        ascending = places[order]
        found = np.empty((len(places), self.shape[1]), dtype=np.float32)
        for start in range(0, self.shape[0], BLOCK_ROWS):
            low, high = np.searchsorted(ascending, [start, start + BLOCK_ROWS])
            if low < high:
                found[order[low:high]] = self._block(start, BLOCK_ROWS)[ascending[low:high] - start]
        return found

    def _block(self, start: int, rows: int) -> NDArray[np.float32]:
        row_bytes = 4 * self.shape[1]
        count = min(rows, self.shape[0] - start)
        content = self._file.read_at(row_bytes * count, self._head + row_bytes * start)
        return np.frombuffer(content, dtype=np.float32).reshape(count, self.shape[1])
