"""Who an item is: a hash over the canonical text of its cells; a label belongs to a content, never to a place.

The hash does not change with the order of rows or columns, with quoting, line ends or a byte-order mark; it changes
with any character of any cell. Cells are set apart by their lengths, so that no content can pass for another one, and a
missing cell differs from an empty one.
"""

from __future__ import annotations

from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from activelabel.project.cells import as_texts, is_vectors, width
from activelabel.project.readers.thumbnails import PICTURE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = ["audit_key", "audit_keys", "item_id", "rows_in", "unit_hashes"]

HASH_BYTES = 10
MISSING_LENGTH = -1


def unit_hashes(batch: pa.RecordBatch, columns: Iterable[str]) -> NDArray[np.bytes_]:
    """Return the hash of each row: equal for exact duplicates, and for nothing else.

    Parameters
    ----------
    batch
        Rows of a source.
    columns
        The columns that make an item what it is, in any order. Text counts as written, a picture by the bytes of its
        file, a vector by its values.

    Returns
    -------
    NDArray[np.bytes_]
        Shape (rows,), 20 hex characters each (80 bits: among ten million rows, a chance of 4e-11 that any two collide).

    Examples
    --------
    >>> rows = pa.RecordBatch.from_pydict({"a": ["x", "xy", "x"], "b": ["yz", "z", "yz"]})
    >>> first, second, third = unit_hashes(rows, ["b", "a"])
    >>> first == third, first == second, len(first)
    (True, False, 20)
    """
    cells = [_identifying(batch.column(name)) for name in sorted(columns)]
    joined = pc.binary_join_element_wise(_lengths(cells), *cells, b"", null_handling="replace", null_replacement=b"")
    content = memoryview(joined.buffers()[2])
    digests = b"".join(
        [
            blake2b(content[start:end], digest_size=HASH_BYTES).digest()
            for start, end in pairwise(_offsets(joined).tolist())
        ]
    )
    return np.frombuffer(digests.hex().encode(), dtype=f"S{2 * HASH_BYTES}")


def item_id(unit: str, occurrence: int) -> str:
    """Return the id of one of the exact duplicates that make a unit, counted from 1.

    Examples
    --------
    >>> item_id("a3f0c2d4e5b6a7980123", 1)
    'a3f0c2d4e5b6a7980123-1'
    """
    return f"{unit}-{occurrence}"


def audit_key(seed: int, unit: str) -> bytes:
    """Return the key that puts a unit in its place in the audit order.

    The order of all units by this key is a random permutation that depends on the seed alone: adding rows to the data
    moves no unit past another.

    Examples
    --------
    >>> sorted(["aa", "bb", "cc"], key=lambda unit: audit_key(0, unit))
    ['aa', 'cc', 'bb']
    """
    return blake2b(unit.encode(), key=str(seed).encode()[:64], digest_size=16).digest()


def rows_in(units: NDArray[np.bytes_], wanted: NDArray[np.bytes_]) -> NDArray[np.intp]:
    """Return the place of each wanted hash among some, shape (r,); -1 where it is not there.

    Examples
    --------
    >>> rows_in(np.array([b"aa", b"cc"]), np.array([b"cc", b"bb"]))
    array([ 1, -1])
    """
    rows = np.searchsorted(units, wanted)
    found = units[np.minimum(rows, len(units) - 1)] == wanted
    return np.where(found, rows, -1)


def audit_keys(seed: int, units: NDArray[np.bytes_]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the keys of many units as two numbers each, shape (n,): the first decides, the second breaks ties."""
    keys = b"".join([audit_key(seed, unit.decode()) for unit in units.tolist()])
    high, low = np.frombuffer(keys, dtype=">u8").reshape(-1, 2).T.astype(np.uint64)
    return high, low


def _identifying(array: pa.Array) -> pa.Array:
    if array.type == PICTURE:
        return pc.struct_field(array, "digest").view(pa.binary())
    if is_vectors(array.type):
        # float64 and no minus zero: files saved as float32 and as float64 give the same ids where their values agree
        values = array.flatten().to_numpy(zero_copy_only=False).astype("<f8") + 0.0
        return _as_binary(values.reshape(-1, width(array.type)))
    return as_texts(array).view(pa.binary())


def _lengths(cells: list[pa.Array]) -> pa.Array:
    """Return the lengths of the cells of each row, 4 bytes each, -1 where one is missing."""
    lengths = np.diff(np.stack([_offsets(each) for each in cells])).astype("<i4")
    for place, each in enumerate(cells):
        if each.null_count:
            lengths[place, each.is_null().to_numpy(zero_copy_only=False)] = MISSING_LENGTH
    return _as_binary(np.ascontiguousarray(lengths.T))


def _as_binary(rows: NDArray[Any]) -> pa.Array:
    """Return the bytes of each row of a matrix as one cell."""
    fixed = pa.binary(rows.itemsize * rows.shape[1])
    return pa.Array.from_buffers(fixed, len(rows), [None, pa.py_buffer(rows)]).cast(pa.binary())


def _offsets(array: pa.Array) -> NDArray[np.int32]:
    return np.frombuffer(array.buffers()[1], dtype=np.int32)[array.offset : array.offset + len(array) + 1]
