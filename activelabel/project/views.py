"""Views: pictures larger than their thumbnails, for terminals that can show them.

A view is a JPEG file of its own in the cache, made when its unit is first planned: neither the plan nor the labels grow
by it. Whoever draws a card may find none, and shows the thumbnail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from activelabel.project.files import written_aside
from activelabel.project.readers.pictures import read_file
from activelabel.project.readers.thumbnails import LONGER_SIDE, PICTURE, digest_of, view_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

__all__ = ["write_views"]


def write_views(folder: Path, data: Path, units: Sequence[str], pictures: pa.ChunkedArray) -> None:
    """Write a view for every picture whose own file says more than its thumbnail and is as it was.

    Parameters
    ----------
    folder
        Where to write UNIT.jpg; made if it is not there. What is there is left as it is.
    data
        The file or folder that the pictures belong to: their paths start from it, and do not leave it.
    units
        Of the pictures, in their order.
    pictures
        Arrow type `PICTURE`; of another type nothing is written.
    """
    if pictures.type != PICTURE:
        return
    root = data if data.is_dir() else data.parent
    folder.mkdir(exist_ok=True)
    for unit, picture in zip(units, pictures.to_pylist(), strict=True):
        file = folder / f"{unit}.jpg"
        shrunk = LONGER_SIDE in {picture["height"], picture["width"]}
        if shrunk and not file.exists() and (view := _view(root, picture)):
            with written_aside(file, durable=False) as target:
                target.write(view)


def _view(root: Path, picture: Mapping[str, Any]) -> bytes:
    try:
        content = read_file(root, picture["path"])
    except ValueError:  # gone since it was read, or never a file: a picture inside the data
        return b""
    # another picture under the same path must not be shown for this one
    return view_of(content) if digest_of(content) == picture["digest"] else b""
