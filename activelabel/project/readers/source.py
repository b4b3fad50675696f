"""Open a data set of any format: one dict from format to reader, one protocol for what a reader gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from activelabel.errors import BadData
from activelabel.project.readers.arrays import Npy, Npz
from activelabel.project.readers.delimited import Delimited
from activelabel.project.readers.files import Reading, stamp_of
from activelabel.project.readers.jsonlines import JsonLines
from activelabel.project.readers.parquet import Parquet
from activelabel.project.readers.partitions import Partitions, is_partitioned
from activelabel.project.readers.pictures import PictureFolder, WithPictures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pyarrow as pa

__all__ = ["BATCH_ROWS", "FORMATS", "Source", "format_of", "open_source", "sliced", "with_pictures"]

BATCH_ROWS = 4096


class Source(Protocol):
    """A data set as it lies on disk: named columns, rows in file order, read in bounded memory.

    Attributes
    ----------
    names
        The columns, in file order.
    how
        The encoding and delimiter that were found or given; of meaning for text formats only.
    """

    names: tuple[str, ...]
    how: Reading

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows; columns are of native types, text where the format has none, null where a cell is missing.

        Raises
        ------
        BadData
            As soon as something in the file cannot be read without guessing, naming the place.
        """
        ...


def _tabs(path: Path, how: Reading) -> Source:
    return Delimited(path, Reading(how.encoding, how.delimiter or "\t"))


FORMATS: dict[str, Callable[[Path, Reading], Source]] = {
    "csv": Delimited,
    "tsv": _tabs,
    "jsonl": JsonLines,
    "parquet": Parquet,
    "npy": Npy,
    "npz": Npz,
    "images": PictureFolder,
    "partitions": Partitions,
}
WITHOUT_SUFFIX = {"images", "partitions"}
OTHER_SUFFIXES = {"tab": "tsv", "ndjson": "jsonl", "pq": "parquet"}


def format_of(path: Path) -> str:
    """Return the format of a file by its suffix; a folder is one of Parquet files, or of pictures.

    Raises
    ------
    BadData
        If there is nothing at `path`, or its suffix is none of those known.

    Examples
    --------
    >>> from pathlib import Path
    >>> format_of(Path("/tmp"))
    'images'
    """
    stamp_of(path)
    if is_partitioned(path):
        return "partitions"
    if path.is_dir():
        return "images"
    suffix = path.suffix.lower().lstrip(".")
    name = OTHER_SUFFIXES.get(suffix, suffix)
    if name not in FORMATS or name in WITHOUT_SUFFIX:
        known = ", ".join(sorted({*FORMATS, *OTHER_SUFFIXES} - WITHOUT_SUFFIX))
        hint = f"known are {known}, and a folder of pictures or of Parquet files"
        raise BadData(f"{path}: not a format this reads", hint)
    return name


def open_source(path: Path, *, encoding: str = "utf-8", delimiter: str = "", image_column: str = "") -> Source:
    """Open a data set.

    Parameters
    ----------
    path
        A file, a folder of pictures or of Parquet files, a pattern or URL of such files.
    encoding, delimiter
        For text formats; a delimiter of "" is looked for in the file, and a UTF-16 mark wins over `encoding`.
    image_column
        As for `with_pictures`.

    Raises
    ------
    BadData
        If it cannot be read as a data set.
    WrongUse
        If there is no such encoding or delimiter.
    """
    return with_pictures(FORMATS[format_of(path)](path, Reading(encoding, delimiter)), path, image_column)


def with_pictures(source: Source, path: Path, image_column: str) -> Source:
    """Return the source with the pictures that one of its columns leads to, as Arrow type `PICTURE`.

    A source whose column holds pictures already, or "" for the column, is left as it is.
    """
    if not image_column or isinstance(source, Npy | Npz):
        return source
    return WithPictures(source, image_column, path if path.is_dir() else path.parent)


def sliced(source: Source) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a source, `BATCH_ROWS` at most at a time."""
    for batch in source.batches():
        for start in range(0, batch.num_rows, BATCH_ROWS):
            yield batch.slice(start, BATCH_ROWS)
