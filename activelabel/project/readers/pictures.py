"""Pictures on disk: a folder of them, or a table with a column of paths to them.

A path in the data leads to a file inside the folder of the table or nowhere: no absolute path, no address, no way out
through `..` or a link. A picture that cannot be read is no reason to stop; it becomes a blank that names its fault.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

from activelabel.errors import BadData
from activelabel.project.readers.files import Reading, stamp_of, unchanged
from activelabel.project.readers.thumbnails import PICTURE, Thumbnail, from_bytes, no_picture

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SUFFIXES", "PictureFolder", "WithPictures", "confined", "holds_pictures", "read_file"]

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp")
# a thumbnail is up to 27 kB, so that a batch stays under 8 MB
BATCH_ROWS = 256
LISTED_ROWS = 4096
MOST_BYTES = 1 << 26


class PictureFolder:
    """The pictures in a folder and its sub-folders: column `path`, and `label` if there is a sub-folder for each class.

    Hidden files and what is not named like a picture are left out. The label is the name of the folder that holds the
    picture; none lies outside of those. Rows are sorted by path.

    Raises
    ------
    BadData
        If there is no picture in it.
    """

    def __init__(self, path: Path, how: Reading) -> None:
        stamp_of(path)
        self._path = path
        self.how = how
        self._found = sorted(_listed(path))
        if not self._found:
            raise BadData(f"{path}: no pictures in this folder", hint=f"looked for {', '.join(SUFFIXES)}")
        folders = {PurePath(each).parent.name for each in self._found}
        # a folder for each class; a single one says nothing
        self.names: tuple[str, ...] = ("path", "label") if len(folders) > 1 and "" not in folders else ("path",)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield paths, relative to the folder, and labels as text; the pictures themselves are not opened."""
        with unchanged(self._path):
            for start in range(0, len(self._found), LISTED_ROWS):
                paths = self._found[start : start + LISTED_ROWS]
                columns = [paths, [PurePath(each).parent.name for each in paths]]
                yield pa.RecordBatch.from_arrays(
                    [pa.array(each, pa.string()) for each in columns[: len(self.names)]], names=self.names
                )


class _Table(Protocol):
    names: tuple[str, ...]
    how: Reading

    def batches(self) -> Iterator[pa.RecordBatch]: ...


class WithPictures:
    """A table whose column of paths is replaced by the pictures they lead to, as Arrow type `PICTURE`.

    Parameters
    ----------
    table
        Any source; `column` is one of its names.
    column
        The column that holds paths, relative to `root`.
    root
        The folder that no path may leave.
    """

    def __init__(self, table: _Table, column: str, root: Path) -> None:
        self._table = table
        self._column = column
        self._root = root
        self.names = table.names
        self.how = table.how

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows in file order, a few hundred at a time."""
        place = self.names.index(self._column)
        for batch in self._table.batches():
            for start in range(0, batch.num_rows, BATCH_ROWS):
                rows = batch.slice(start, BATCH_ROWS)
                pictures = [_picture(self._root, path or "") for path in rows.column(place).to_pylist()]
                yield rows.set_column(place, self._column, pa.array([each._asdict() for each in pictures], PICTURE))


def confined(root: Path, text: str) -> Path:
    """Return the regular file that `text` leads to from `root`, without leaving `root`.

    Raises
    ------
    ValueError
        If it leads elsewhere or nowhere; the message is the fault that is shown.

    Examples
    --------
    >>> confined(Path("/tmp"), "../etc/passwd")
    Traceback (most recent call last):
    ValueError: leads out of the folder
    """
    if not text:
        raise ValueError("no path")
    if "://" in text:
        raise ValueError("an address, not a path")
    inside = root.resolve()
    try:
        found = (inside / text).resolve()
        is_file = found.is_file()
    except (OSError, RuntimeError, ValueError):  # links in a circle, a name too long, a NUL
        raise ValueError("not a path that leads anywhere") from None
    if PurePath(text).is_absolute() or not found.is_relative_to(inside):
        raise ValueError("leads out of the folder")
    if not is_file:
        raise ValueError("not a file" if found.exists() else "not found")
    return found


def read_file(root: Path, text: str) -> bytes:
    """Return what is in the file that `text` leads to from `root`, 64 MiB at most.

    Raises
    ------
    ValueError
        If it leads nowhere, or the file cannot be read or is larger; the message is the fault that is shown.
    """
    file = confined(root, text)
    try:
        if file.stat().st_size > MOST_BYTES:
            raise ValueError(f"more than {MOST_BYTES >> 20} MiB")
        return file.read_bytes()
    except OSError as error:
        raise ValueError(error.strerror or str(error)) from None


def holds_pictures(folder: Path) -> bool:
    """Say whether there is a picture in a folder or below."""
    return next(_listed(folder), None) is not None


def _picture(root: Path, text: str) -> Thumbnail:
    try:
        content = read_file(root, text)
    except ValueError as error:
        return no_picture(text, str(error))
    return from_bytes(text, content)


def _listed(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root):  # links to folders are not followed
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                yield (Path(folder) / name).relative_to(root).as_posix()
