"""Files behind a URL, by fsspec: what lies there, how big it is, its bytes. Loaded when the first URL is met."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from activelabel.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

__all__ = ["remote_bytes", "remote_files", "remote_stamp", "url_of"]

FOLDED_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/([^/].*)")


def url_of(path: Path) -> str:
    """Return the URL that a path was made from, "" for a path of this machine.

    A `Path` folds the two slashes of a URL into one; that is all it does to the addresses of files, and is undone here.

    Examples
    --------
    >>> from pathlib import Path
    >>> url_of(Path("s3://bucket/pool/*.parquet")), url_of(Path("file:///data/pool")), url_of(Path("/data/pool"))
    ('s3://bucket/pool/*.parquet', 'file:///data/pool', '')
    """
    found = FOLDED_URL.fullmatch(str(path))
    if not found:
        return ""
    protocol, rest = found.groups()
    return f"{protocol}://{'/' if protocol == 'file' else ''}{rest}"


def remote_files(url: str, is_wanted: Callable[[str], bool]) -> list[str]:
    """Return the URLs of the files of wanted names that a pattern fits, or in a folder; else the URL itself.

    Raises
    ------
    BadData
        If nothing is there, it cannot be reached, or what reads it is not installed.
    """
    with _files(url) as (files, place):
        if "*" not in place and not files.isdir(place):
            files.info(place)
            return [url]
        found = files.glob(place if "*" in place else f"{place.rstrip('/')}/*", detail=True)
        return sorted(
            files.unstrip_protocol(each)
            for each, facts in found.items()
            if facts["type"] == "file" and is_wanted(each.rpartition("/")[2])
        )


def remote_stamp(url: str) -> tuple[int, int]:
    """Return the size of a file in bytes and when it was changed, in nanoseconds; 0 where its keeper does not say.

    Raises
    ------
    BadData
        As for `remote_files`.
    """
    with _files(url) as (files, place):
        size = int(files.size(place) or 0)
        try:
            return size, int(files.modified(place).timestamp() * 1e9)
        except (NotImplementedError, KeyError):
            return size, 0


def remote_bytes(url: str) -> BinaryIO:
    """Return a file opened for reading; it can be read from any place.

    Raises
    ------
    BadData
        As for `remote_files`.
    """
    with _files(url) as (files, place):
        opened: BinaryIO = files.open(place, "rb")
        return opened


@contextmanager
def _files(url: str) -> Iterator[tuple[Any, str]]:
    """Yield the file system of a URL and the place in it; what goes wrong with either is the data's fault."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise BadData(f"{url}: reading URLs needs fsspec", hint="pip install 'activelabel[dask]'") from None
    try:
        yield url_to_fs(url)
    except ImportError as error:  # of the one package that speaks this protocol
        raise BadData(f"{url}: {error}", hint="install that package, or copy the files here") from None
    except FileNotFoundError:
        raise BadData(f"{url}: not found", hint="check the path of the data") from None
    except (OSError, ValueError) as error:
        raise BadData(f"{url}: {error}", hint="check the address and whether you may read there") from None
