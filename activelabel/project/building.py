"""One pass over a data set into the project's own copy: hashes, rows as read, and a float32 matrix, in bounded memory.

The copy is a folder of its own:

    items.arrow    every row as read, in file order, in batches of 4,096 at most
    numbers.npy    (items, p) float32 in file order: the columns of numbers, parsed
    index.npz      which items make which unit
    meta.json      what it was made from, and what was learned on the way; written last
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.lib import format as npy_format

from activelabel.errors import BadData
from activelabel.project.cells import as_texts
from activelabel.project.identity import unit_hashes
from activelabel.project.notes import Notes
from activelabel.project.readers.files import stamp_of
from activelabel.project.readers.source import open_source, with_pictures
from activelabel.project.settings import settings_to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    from numpy.typing import NDArray

    from activelabel.records.settings import Roles, Settings

__all__ = [
    "INDEX",
    "ITEMS",
    "META",
    "NUMBERS",
    "VERSION",
    "check_columns",
    "columns_of",
    "open_rows",
    "settings_key",
    "write_copy",
]

# of the layout of the copy and of everything that decides its content; another one is built again
VERSION = 1
ITEMS, NUMBERS, INDEX, META = "items.arrow", "numbers.npy", "index.npz", "meta.json"
BATCH_ROWS = 4096


def write_copy(settings: Settings, folder: Path, on_rows: Callable[[int], None] | None = None) -> Settings:
    """Fill an empty folder from the data file and return the settings as the data bore them out.

    A column of numbers in which a cell is no number becomes one of categories, in the settings that are returned.

    Parameters
    ----------
    settings
        Where the data is, how to read it, what each column is for.
    folder
        Exists and is empty.
    on_rows
        Told how many rows were read so far, after each batch.

    Raises
    ------
    BadData
        If the file cannot be read, has no rows, or lacks a column that has a role.
    """
    path = Path(settings.data)
    stamp = stamp_of(path)
    notes = Notes(settings.roles)
    hashes = _copied(settings, folder, notes, on_rows)
    if not hashes:
        raise BadData(f"{path}: no rows", hint="a data set needs one row or more")
    index = _index(np.concatenate(hashes), folder, settings.roles.id)
    index["batch_starts"] = np.cumsum([0, *(len(each) for each in hashes)])
    np.savez(folder / INDEX, allow_pickle=False, **index)
    corrected = replace(settings, roles=notes.corrected(path))
    made = {
        "version": VERSION,
        "keys": [settings_key(settings), settings_key(corrected)],
        "settings": settings_to_json(corrected),
        "fingerprint": _fingerprint(index["unit_ids"], index["starts"]),
        "stamp": stamp,
        "sizes": {name: (folder / name).stat().st_size for name in (ITEMS, NUMBERS, INDEX)},
        **notes.plain(),
    }
    (folder / META).write_text(json.dumps(made), encoding="utf-8")
    return corrected


def open_rows(settings: Settings, path: Path, needed: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a file that is read the way the settings say, 4,096 at most at a time.

    Raises
    ------
    BadData
        If it cannot be read, or lacks a column that is needed.
    """
    plain = open_source(path, encoding=settings.encoding, delimiter=settings.delimiter)
    check_columns(path, plain.names, needed)
    for batch in with_pictures(plain, path, settings.roles.image).batches():
        for start in range(0, batch.num_rows, BATCH_ROWS):
            yield batch.slice(start, BATCH_ROWS)


def check_columns(path: Path, names: Sequence[str], needed: Sequence[str]) -> None:
    """Raise BadData if one of the columns that are needed is not there."""
    if lacking := [name for name in needed if name not in names]:
        raise BadData(f"{path}: no column named {lacking[0]!r}", hint="the project was made from data that has it")


def settings_key(settings: Settings) -> str:
    """Return what must be equal for a copy to serve these settings: how the data is read, not where it lies."""
    read = [settings.format, settings.modality, settings.roles, settings.encoding, settings.delimiter]
    return blake2b(repr(read).encode(), digest_size=16).hexdigest()


def _copied(
    settings: Settings, folder: Path, notes: Notes, on_rows: Callable[[int], None] | None
) -> list[NDArray[np.bytes_]]:
    """Write the rows and their numbers, and return their hashes, batch by batch."""
    hashes: list[NDArray[np.bytes_]] = []
    rows = open_rows(settings, Path(settings.data), columns_of(settings.roles))
    # parsing runs outside the interpreter's lock, hashing inside: a second thread takes the one off the other
    with (
        ThreadPoolExecutor(1) as second,
        (folder / NUMBERS).open("wb") as matrix,
        pa.OSFile(str(folder / ITEMS), "wb") as sink,
    ):
        _write_header(matrix, 0, 0)
        writer = None
        for batch in _read_ahead(rows, second):
            numbers = second.submit(notes.take, batch)
            writer = writer or pa.ipc.new_file(sink, batch.schema)
            writer.write_batch(batch)
            hashes.append(unit_hashes(batch, settings.roles.identity))
            matrix.write(numbers.result().tobytes())
            if on_rows:
                on_rows(notes.items)
        if writer:
            writer.close()
        matrix.seek(0)
        _write_header(matrix, notes.items, notes.width)
    # Arrow keeps what its batches used; what is computed next would come on top of it
    pa.default_memory_pool().release_unused()
    return hashes


def _read_ahead(batches: Iterator[pa.RecordBatch], second: ThreadPoolExecutor) -> Iterator[pa.RecordBatch]:
    """Yield the same batches, the next one being read while this one is worked on."""
    coming = second.submit(next, batches, None)
    while (batch := coming.result()) is not None:
        coming = second.submit(next, batches, None)
        yield batch


def _write_header(matrix: BinaryIO, rows: int, width: int) -> None:
    # the format pads its header, so that the shape can be filled in at the end without moving what follows
    shape = {"descr": "<f4", "fortran_order": False, "shape": (rows, width)}
    npy_format.write_array_header_1_0(matrix, shape)


def _index(hashes: NDArray[np.bytes_], folder: Path, id_column: str) -> dict[str, NDArray[Any]]:
    """Return the units sorted by hash, and the items of each: `members[starts[row] : starts[row + 1]]`.

    Twins are in the order of the id column where there is one, else of the file.
    """
    unit_ids, rows, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    starts = np.concatenate([[0], np.cumsum(counts)])
    members = np.argsort(rows, kind="stable")
    if id_column and len(unit_ids) < len(hashes):
        ids = _id_texts(folder, id_column)
        for row in np.flatnonzero(counts > 1):
            twins = members[starts[row] : starts[row + 1]]
            members[starts[row] : starts[row + 1]] = sorted(twins, key=lambda item: (ids[item].as_py(), item))
    return {"unit_ids": unit_ids, "members": members, "starts": starts}


def _id_texts(folder: Path, column: str) -> pa.ChunkedArray:
    with pa.ipc.open_file(folder / ITEMS) as items:
        batches = (items.get_batch(place) for place in range(items.num_record_batches))
        return pa.chunked_array([as_texts(each.column(column)).fill_null("") for each in batches])


def columns_of(roles: Roles) -> tuple[str, ...]:
    """Return every column that has a role."""
    single = (roles.image, roles.id, roles.label, roles.group, roles.known)
    return (*roles.identity, *(name for name in single if name))


def _fingerprint(unit_ids: NDArray[np.bytes_], starts: NDArray[np.intp]) -> str:
    digest = blake2b(unit_ids.tobytes(), digest_size=16)
    digest.update(np.diff(starts).astype("<i8").tobytes())
    return digest.hexdigest()
