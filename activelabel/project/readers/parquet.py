"""Parquet files: flat columns keep their type, nested ones become JSON text, and no batch unpacks without a limit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from activelabel.errors import BadData
from activelabel.project.readers.files import Reading, changed, check_names, check_regular, unchanged
from activelabel.project.readers.jsonlines import canonical
from activelabel.project.readers.remote import remote_bytes, url_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["Parquet"]

BATCH_ROWS = 4096
BATCH_BYTES = 1 << 28


class Parquet:
    """A Parquet file, read a few thousand rows at a time.

    Attributes
    ----------
    path
        Where it lies.
    schema
        The columns as `batches` gives them; one that holds nothing at all is of type null, and read as text.
    group_rows
        How many rows each of its row groups has.

    Raises
    ------
    BadData
        If it is damaged or no Parquet file, has no columns, names a column twice, or holds texts that unpack to more
        than 256 MiB in a batch (a dictionary of huge texts is small on disk).
    """

    def __init__(self, path: Path, how: Reading) -> None:
        check_regular(path)
        self.path = path
        self.how = how
        self._packed: list[str] = []
        with self._open() as file:
            self.names: tuple[str, ...] = tuple(file.schema_arrow.names)
            self.schema: pa.Schema = pa.schema([(each.name, self._read_as(each.type)) for each in file.schema_arrow])
            group = file.metadata.row_group
            self.group_rows = tuple(group(each).num_rows for each in range(file.num_row_groups))
            # texts stay packed until their unpacked size has been added up
            self._packed = [each.name for each in file.schema_arrow if pa.types.is_string(each.type)]
        if not self.names:
            raise BadData(f"{path}: no columns", hint="a data set needs one column or more")
        check_names(path, self.names)

    def batches(self, groups: Sequence[int] | None = None) -> Iterator[pa.RecordBatch]:
        """Yield the rows in file order, of some row groups or of all; what is not flat comes as JSON text."""
        with unchanged(self.path), self._open() as file:
            if tuple(file.schema_arrow.names) != self.names:
                raise changed(self.path)
            try:
                for batch in file.iter_batches(BATCH_ROWS, groups):
                    yield pa.RecordBatch.from_arrays([self._flat(each) for each in batch.columns], names=self.names)
            except (pa.ArrowException, OSError) as error:
                raise BadData(f"{self.path}: damaged: {_first_line(error)}", hint="copy it again") from None

    def _open(self) -> pq.ParquetFile:
        try:
            url = url_of(self.path)
            return pq.ParquetFile(remote_bytes(url) if url else self.path, read_dictionary=self._packed)
        except (pa.ArrowException, OSError) as error:
            what = f"{self.path}: not a readable Parquet file: {_first_line(error)}"
            raise BadData(what, hint="is it a whole file, and Parquet?") from None

    def _read_as(self, kind: pa.DataType) -> pa.DataType:
        return kind if pa.types.is_null(kind) else self._flat(pa.nulls(0, kind)).type

    def _flat(self, array: pa.Array) -> pa.Array:
        kind = array.type
        if pa.types.is_dictionary(kind):
            self._check_unpacked(array)
            return self._flat(array.dictionary_decode())
        if pa.types.is_nested(kind):
            return pa.array([canonical(_plain(each)) for each in array.to_pylist()], pa.string())
        if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
            return pa.array([None if each is None else each.hex() for each in array.to_pylist()], pa.string())
        is_text = pa.types.is_large_string(kind) or pa.types.is_string_view(kind) or pa.types.is_null(kind)
        return array.cast(pa.string()) if is_text else array

    def _check_unpacked(self, array: pa.Array) -> None:
        if not pa.types.is_string(array.dictionary.type):
            return
        lengths = pc.binary_length(array.dictionary).take(array.indices)
        if (pc.sum(lengths.cast(pa.int64())).as_py() or 0) > BATCH_BYTES:
            what = f"too large: {BATCH_ROWS:,} rows unpack to more than {BATCH_BYTES >> 20} MiB of text"
            raise BadData(f"{self.path}: {what}", hint="cut the longest texts")


def _plain(value: object) -> object:
    """Return a value that `json` writes: what it does not know becomes text."""
    return None if value is None else json.loads(json.dumps(value, default=str))


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(".")
