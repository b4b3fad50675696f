"""NumPy files: rows of numbers, or a stack of pictures. Nothing is unpickled, no header believed unchecked."""

from __future__ import annotations

import math
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.lib import format as npy_format

from activelabel.errors import BadData
from activelabel.project.readers.files import Reading, check_regular, unchanged
from activelabel.project.readers.thumbnails import PICTURE, digest_of, from_array

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["Npy", "Npz"]

BATCH_BYTES = 1 << 22
MOST_BATCH_ROWS = 4096
# an .npz is unpacked in memory; above this an .npy, which is read in pieces, serves better
MOST_UNPACKED_BYTES = 1 << 30
FEATURE_NAMES = ("X", "x", "data", "features", "images", "arr_0")
LABEL_NAMES = ("y", "label", "labels", "target")


class _Rows:
    """Rows of one array as batches: column `vector` for (n, d), `picture` for (n, h, w) and (n, h, w, 3)."""

    def __init__(self, array: NDArray[Any], labels: pa.Array | None = None) -> None:
        self._array = array
        self._labels = labels
        self._column = "vector" if array.ndim == 2 else "picture"

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        low, high = self._range() if self._column == "picture" else (0.0, 1.0)
        for start, block in self._blocks():
            column = _pictures(block, low, high) if self._column == "picture" else _vectors(block)
            columns = {self._column: column}
            if self._labels is not None:
                columns["label"] = self._labels.slice(start, len(block))
            yield pa.RecordBatch.from_pydict(columns)

    def _blocks(self) -> Iterator[tuple[int, NDArray[Any]]]:
        row_bytes = self._array.itemsize * math.prod(self._array.shape[1:])
        rows = min(MOST_BATCH_ROWS, max(1, BATCH_BYTES // row_bytes))
        for start in range(0, len(self._array), rows):
            block = np.ascontiguousarray(self._array[start : start + rows])
            yield start, block.astype(np.uint8 if block.dtype == bool else block.dtype.newbyteorder("="))

    def _range(self) -> tuple[float, float]:
        finite = [block[np.isfinite(block)] for _, block in self._blocks()]
        held = [(float(each.min()), float(each.max())) for each in finite if each.size]
        return (min(low for low, _ in held), max(high for _, high in held)) if held else (0.0, 1.0)


class Npy:
    """A .npy file, mapped and read in pieces.

    Raises
    ------
    BadData
        If it holds Python objects (a pickle), complex numbers or text, or its header promises another size than the
        file has.
    """

    def __init__(self, path: Path, how: Reading) -> None:
        check_regular(path)
        self._path = path
        self.how = how
        with path.open("rb") as file:
            shape = _check_header(path, path.name, file, path.stat().st_size)
        self.names: tuple[str, ...] = (_column(path, shape),)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows in file order."""
        with unchanged(self._path):
            yield from _Rows(np.load(self._path, mmap_mode="r", allow_pickle=False))


class Npz:
    """A .npz file: one array of rows or pictures, and one of labels if there is one (`y`, `label`, `labels`, `target`).

    Raises
    ------
    BadData
        As for `Npy`; also if it unpacks to more than 1 GiB, or it is not clear which array is meant.
    """

    def __init__(self, path: Path, how: Reading) -> None:
        check_regular(path)
        self._path = path
        self.how = how
        shapes = self._shapes()
        self._features = self._choose(shapes)
        self.names: tuple[str, ...] = (_column(path, shapes[self._features]),)
        self._label = next((name for name in LABEL_NAMES if len(shapes.get(name, ())) == 1), "")
        if self._label:
            self.names = (*self.names, "label")
            rows, labels = shapes[self._features][0], shapes[self._label][0]
            if rows != labels:
                what = f"{path}: {self._features!r} has {rows:,} rows, {self._label!r} has {labels:,}"
                raise BadData(what, hint="give one label a row")

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows in file order."""
        with unchanged(self._path), self._damage():
            with np.load(self._path, allow_pickle=False) as arrays:
                labels = _texts(arrays[self._label]) if self._label else None
                rows = _Rows(arrays[self._features], labels)
            yield from rows

    def _shapes(self) -> dict[str, tuple[int, ...]]:
        with self._damage(), zipfile.ZipFile(self._path) as archive:
            members = [each for each in archive.infolist() if each.filename.endswith(".npy")]
            unpacked = sum(each.file_size for each in members)
            if unpacked > MOST_UNPACKED_BYTES:
                raise BadData(
                    f"{self._path}: too large: it unpacks to {unpacked >> 20:,} MiB, the limit is"
                    f" {MOST_UNPACKED_BYTES >> 20:,}",
                    hint="save the array as .npy, which is read in pieces",
                )
            shapes = {}
            for each in members:
                with archive.open(each) as file:
                    shapes[each.filename[:-4]] = _check_header(self._path, each.filename, file, each.file_size)
            return shapes

    @contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            yield
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise BadData(f"{self._path}: not a readable .npz file: {error}", hint="save it again") from None

    def _choose(self, shapes: dict[str, tuple[int, ...]]) -> str:
        wide = [name for name, shape in shapes.items() if len(shape) >= 2]
        named = [name for name in FEATURE_NAMES if name in wide]
        if not named and len(wide) != 1:
            held = ", ".join(f"{name} {shape}" for name, shape in shapes.items()) or "no arrays"
            raise BadData(f"{self._path}: which array holds the rows? it has {held}", hint="name it X")
        return named[0] if named else wide[0]


def _column(path: Path, shape: tuple[int, ...]) -> str:
    is_picture = len(shape) == 3 or (len(shape) == 4 and shape[3] in {1, 3})
    if len(shape) != 2 and not is_picture:
        raise BadData(f"{path}: an array of shape {shape}", hint="rows are (n, d), pictures (n, h, w) or (n, h, w, 3)")
    if 0 in shape:
        raise BadData(f"{path}: no rows: the array has shape {shape}", hint="a data set needs one row or more")
    return "picture" if is_picture else "vector"


def _check_header(path: Path, name: str, file: IO[bytes], size: int) -> tuple[int, ...]:
    """Return the shape that a .npy header promises, after comparing it with the bytes there are."""
    try:
        version = npy_format.read_magic(file)
        read = npy_format.read_array_header_1_0 if version == (1, 0) else npy_format.read_array_header_2_0
        shape, _, dtype = read(file)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError) as error:
        what = str(error).partition("\n")[0]
        raise BadData(f"{path}: {name}: not a .npy header: {what}", hint="save it with numpy.save") from None
    if dtype.hasobject:
        what = f"{path}: {name}: an object array (pickle) is refused: it could run code when loaded"
        raise BadData(what, hint="save it as float32")
    is_label = len(shape) == 1 and dtype.kind == "U"
    if (dtype.kind not in "fiub" or dtype.itemsize > 8) and not is_label:
        raise BadData(f"{path}: {name}: an array of type {dtype}", hint="save it as float32")
    promised = math.prod(shape) * dtype.itemsize
    if min(shape, default=0) < 0 or promised != size - file.tell():
        what = f"{path}: {name}: the header promises {promised:,} bytes, there are {size - file.tell():,}"
        raise BadData(what, hint="the file is cut off or damaged: copy it again")
    return shape


def _vectors(block: NDArray[Any]) -> pa.Array:
    return pa.FixedSizeListArray.from_arrays(pa.array(block.reshape(-1)), block.shape[1])


def _pictures(block: NDArray[Any], low: float, high: float) -> pa.Array:
    values = np.nan_to_num(block.astype(np.float64), nan=low, posinf=high, neginf=low)
    scaled = np.rint((values - low) * (255 / (high - low or 1))).astype(np.uint8)
    if scaled.ndim == 4 and scaled.shape[3] == 1:
        scaled = scaled[..., 0]
    # the values, not the grey levels, identify a picture: their scale may change when rows are added
    digests = [digest_of(row.tobytes()) for row in block.astype(np.float64) + 0.0]
    thumbnails = [from_array(picture, digest) for picture, digest in zip(scaled, digests, strict=True)]
    return pa.array([each._asdict() for each in thumbnails], PICTURE)


def _texts(labels: NDArray[Any]) -> pa.Array:
    return pa.array(labels.tolist()).cast(pa.string())
