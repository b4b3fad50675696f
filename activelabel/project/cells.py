"""Cells as text and as numbers: the canonical text of any Arrow column, and the numbers that a column of text holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from activelabel.project.readers.thumbnails import PICTURE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["MISSING_NUMBERS", "as_numbers", "as_texts", "is_vectors", "mask_of", "number_block", "width"]

# what people write into a column of numbers where there is none; in a column of words these are words
MISSING_NUMBERS = ("", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "?", "-")
SHOWN_VALUES = 8


def as_texts(array: pa.Array) -> pa.Array:
    """Return the canonical text of each cell, null where it is missing.

    Text is itself, to the last space and leading zero. Numbers, truth values and times have the shortest text that
    reads back as the same value; a picture has its path; a vector the first of its values.

    Examples
    --------
    >>> as_texts(pa.array([1.0, None, 0.1])).to_pylist()
    ['1', None, '0.1']
    """
    if pa.types.is_string(array.type):
        return array
    if array.type == PICTURE:
        return pc.struct_field(array, "path")
    if is_vectors(array.type):
        return pa.array([_short(values) for values in array.to_pylist()], pa.string())
    return array.cast(pa.string())


def mask_of(found: pa.Array) -> NDArray[np.bool_]:
    """Return which cells a comparison is true of, shape (n,); of a missing one it is not.

    Examples
    --------
    >>> mask_of(pa.array([True, None, False])).tolist()
    [True, False, False]
    """
    return np.asarray(found.fill_null(False).to_numpy(zero_copy_only=False), dtype=bool)


def as_numbers(array: pa.Array, dtype: type[Any] = np.float32) -> NDArray[Any] | None:
    """Return a column as numbers of a dtype, NaN where it is missing or not finite; None if any cell is no number.

    Examples
    --------
    >>> as_numbers(pa.array(["1.5", "NA", " -2e3 "]))
    array([ 1.5e+00,      nan, -2.0e+03], dtype=float32)
    >>> as_numbers(pa.array(["1.5", "two"])) is None
    True
    """
    kind = array.type
    if pa.types.is_string(kind):
        return _parsed(array, dtype)
    is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    if not (is_number or pa.types.is_boolean(kind)):
        return None
    source = array.cast(pa.int8()) if pa.types.is_boolean(kind) else array
    return _finite(source.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False).astype(dtype))


def number_block(batch: pa.RecordBatch, columns: Sequence[str]) -> tuple[NDArray[np.float32], tuple[str, ...]]:
    """Return the columns side by side, float32 of shape (rows, p), and the names of those that are not numbers.

    A column that is not numbers is NaN throughout. A column of vectors takes as many places as it is wide.
    """
    arrays = [batch.column(name) for name in columns]
    if arrays and all(pa.types.is_string(each.type) for each in arrays):
        # one call for all columns: it runs beside the hashing, where a call for each would wait for it every time
        together = _parsed(pa.concat_arrays(arrays))
        if together is not None:
            return np.ascontiguousarray(together.reshape(len(arrays), -1).T), ()
    block = np.empty((batch.num_rows, sum(width(each.type) for each in arrays)), dtype=np.float32)
    failed, place = [], 0
    for name, array in zip(columns, arrays, strict=True):
        wide = width(array.type)
        if is_vectors(array.type):
            values = array.flatten().to_numpy(zero_copy_only=False).reshape(-1, wide)
            with np.errstate(over="ignore"):
                block[:, place : place + wide] = values
        else:
            numbers = as_numbers(array)
            block[:, place] = np.nan if numbers is None else numbers
            failed += [name] if numbers is None else []
        place += wide
    return _finite(block), tuple(failed)


def is_vectors(kind: pa.DataType) -> bool:
    """Whether each cell of a column holds a whole vector."""
    return bool(pa.types.is_fixed_size_list(kind))


def width(kind: pa.DataType) -> int:
    """Return how many numbers a cell of this type holds."""
    return int(kind.list_size) if is_vectors(kind) else 1


def _parsed(array: pa.Array, dtype: type[Any] = np.float32) -> NDArray[Any] | None:
    wanted = pa.from_numpy_dtype(dtype)
    try:
        # most columns are clean: one pass, and only the others are looked at for spaces and missing marks
        numbers = array.cast(wanted)
    except pa.ArrowInvalid:
        trimmed = pc.utf8_trim_whitespace(array)
        marks = pc.is_in(trimmed, value_set=pa.array(MISSING_NUMBERS))
        try:
            numbers = pc.if_else(marks, pa.scalar(None, pa.string()), trimmed).cast(wanted)
        except pa.ArrowInvalid:
            return None
    return _finite(numbers.to_numpy(zero_copy_only=False))


def _finite(numbers: NDArray[Any]) -> NDArray[Any]:
    infinite = np.isinf(numbers)
    return np.where(infinite, numbers.dtype.type(np.nan), numbers) if infinite.any() else numbers


def _short(values: list[float]) -> str:
    shown = " ".join(f"{value:.4g}" for value in values[:SHOWN_VALUES])
    return shown if len(values) <= SHOWN_VALUES else f"{shown} ... ({len(values)} numbers)"
