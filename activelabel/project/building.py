"""One pass over a data set into the project's own copy: hashes, rows as read, and a float32 matrix, in bounded memory.

The copy is a folder of its own:

    items.arrow    every row as read, in file order, in batches of 4,096 at most
    numbers.npy    (items, p) float32 in file order: the columns of numbers, parsed
    index.npz      which items make which unit
    meta.json      what it was made from, and what was learned on the way; written last
"""

from __future__ import annotations

import json
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.lib import format as npy_format

from activelabel.errors import BadData
from activelabel.project.cells import as_texts
from activelabel.project.identity import unit_hashes
from activelabel.project.layout import COPY_FACTS
from activelabel.project.notes import Notes
from activelabel.project.readers.files import check_columns, stamp_of
from activelabel.project.readers.source import open_source, sliced, with_pictures
from activelabel.project.settings import settings_to_json
from activelabel.project.working_set import draw_working_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from numpy.typing import NDArray

    from activelabel.project.working_set import WorkingSet
    from activelabel.records.settings import Settings

__all__ = [
    "ITEMS",
    "NUMBERS",
    "VERSION",
    "folder_aside",
    "open_rows",
    "read_copy",
    "settings_key",
    "write_copy",
    "write_rows",
]

# of the layout of the copy and of everything that decides its content; another one is built again
VERSION = 1
ITEMS, NUMBERS, INDEX = "items.arrow", "numbers.npy", "index.npz"


def write_copy(
    settings: Settings,
    folder: Path,
    on_rows: Callable[[int], None] | None = None,
    drawn: WorkingSet | None = None,
) -> Settings:
    """Fill an empty folder from the data and return the settings as the data bore them out.

    A column of numbers in which a cell is no number becomes one of categories, in the settings that are returned.

    Parameters
    ----------
    settings
        Where the data is, how to read it, what each column is for.
    folder
        Exists and is empty.
    on_rows
        Told how many rows were read so far, after each batch.
    drawn
        The working set, where one is wanted and was drawn already.

    Raises
    ------
    BadData
        If the file cannot be read, has no rows, or lacks a column that has a role.
    """
    if settings.working_set:
        return _write_drawn(settings, folder, drawn or draw_working_set(settings, on_rows=on_rows))
    path = Path(settings.data)
    stamp = stamp_of(path)
    notes = Notes(settings.roles)
    rows = open_rows(settings, path, settings.roles.columns)
    hashes = _copied(rows, settings, folder, notes, on_rows)
    if not hashes:
        raise BadData(f"{path}: no rows", hint="a data set needs one row or more")
    corrected = replace(settings, roles=notes.corrected(path))
    learnt = {"keys": [settings_key(settings), settings_key(corrected)], "stamp": stamp, **notes.plain()}
    _write_index(corrected, folder, hashes, learnt)
    return corrected


def read_copy(folder: Path, settings: Settings) -> tuple[dict[str, Any], dict[str, NDArray[Any]]] | None:
    """Return what was learned on the way and the index of a copy, None where it was made for other settings.

    Raises
    ------
    OSError, ValueError, KeyError, TypeError, EOFError
        If there is none, or it is damaged.
    """
    made = json.loads((folder / COPY_FACTS).read_text(encoding="utf-8"))
    is_whole = all((folder / name).stat().st_size == size for name, size in made["sizes"].items())
    if made["version"] != VERSION or not is_whole or settings_key(settings) not in made["keys"]:
        return None
    with np.load(folder / INDEX, allow_pickle=False) as index:
        return made, dict(index)


def _write_drawn(settings: Settings, folder: Path, drawn: WorkingSet) -> Settings:
    corrected = replace(settings, roles=drawn.notes.corrected(Path(settings.data)))
    learnt = {
        "keys": [settings_key(settings), settings_key(corrected)],
        "stamp": drawn.stamp,
        **drawn.notes.plain(),
        # the roles are known by now: only what is a number is copied as one
        "kept": None,
        "pool": None if drawn.is_whole else asdict(drawn.pool),
    }
    write_rows(corrected, folder, iter(drawn.rows), learnt)
    return corrected


def write_rows(settings: Settings, folder: Path, rows: Iterator[pa.RecordBatch], learnt: Mapping[str, Any]) -> None:
    """Fill an empty folder with rows of which everything is known that a pass over the data tells."""
    _write_index(settings, folder, _copied(rows, settings, folder, Notes(settings.roles), None), learnt)


def _write_index(
    settings: Settings, folder: Path, hashes: Sequence[NDArray[np.bytes_]], learnt: Mapping[str, Any]
) -> None:
    """Write what belongs to the rows that were copied, whose hashes these are, batch by batch."""
    index = _index(np.concatenate(hashes), folder, settings.roles.id)
    index["batch_starts"] = np.cumsum([0, *(len(each) for each in hashes)])
    np.savez(folder / INDEX, allow_pickle=False, **index)
    made = {
        **learnt,
        "version": VERSION,
        "settings": settings_to_json(settings),
        "fingerprint": _fingerprint(index["unit_ids"], index["starts"]),
        "sizes": {name: (folder / name).stat().st_size for name in (ITEMS, NUMBERS, INDEX)},
    }
    (folder / COPY_FACTS).write_text(json.dumps(made), encoding="utf-8")


@contextmanager
def folder_aside(target: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the place of `target` when the block ends well, and vanishes when it does not.

    It is for caches: nothing is synced.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        yield aside
        shutil.rmtree(target, ignore_errors=True)
        aside.replace(target)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def open_rows(settings: Settings, path: Path, needed: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a file that is read the way the settings say, 4,096 at most at a time.

    Raises
    ------
    BadData
        If it cannot be read, or lacks a column that is needed.
    """
    plain = open_source(path, encoding=settings.encoding, delimiter=settings.delimiter)
    check_columns(path, plain.names, needed)
    yield from sliced(with_pictures(plain, path, settings.roles.image))


def settings_key(settings: Settings) -> str:
    """Return what must be equal for a copy to serve these settings: how the data is read, not where it lies."""
    read = [settings.format, settings.modality, settings.roles, settings.encoding, settings.delimiter]
    if settings.working_set:
        read += [settings.working_set, settings.seed]
    return blake2b(repr(read).encode(), digest_size=16).hexdigest()


def _copied(
    rows: Iterator[pa.RecordBatch],
    settings: Settings,
    folder: Path,
    notes: Notes,
    on_rows: Callable[[int], None] | None,
) -> list[NDArray[np.bytes_]]:
    """Write the rows and their numbers, and return their hashes, batch by batch."""
    hashes: list[NDArray[np.bytes_]] = []
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


def _fingerprint(unit_ids: NDArray[np.bytes_], starts: NDArray[np.intp]) -> str:
    digest = blake2b(unit_ids.tobytes(), digest_size=16)
    digest.update(np.diff(starts).astype("<i8").tobytes())
    return digest.hexdigest()
