"""The project's rows as the typed columns that learning is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from activelabel.project.cells import as_texts
from activelabel.project.dates import to_iso
from activelabel.project.readers.thumbnails import BLANK_GREY, PICTURE
from activelabel.records.contents import ColumnTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from activelabel.records.settings import Settings

__all__ = ["TableSchema", "column_table", "number_names", "string_columns"]


@dataclass(frozen=True, slots=True)
class TableSchema:
    """How rows of any file become what is learnt from, as the rows of the project did; small, and without its rows.

    Attributes
    ----------
    settings
        What each column is for.
    width
        How many numbers are learnt from in a row.
    learnt
        As for `column_table`.
    """

    settings: Settings
    width: int
    learnt: Mapping[str, Any]

    def table(self, rows: pa.Table, numbers: NDArray[np.float32]) -> ColumnTable:
        """Return rows as read, whose numbers have shape (n, `width`), as named arrays."""
        return column_table(self.settings, rows, numbers, self.learnt)


def column_table(
    settings: Settings, rows: pa.Table, numbers: NDArray[np.float32], learnt: Mapping[str, Any]
) -> ColumnTable:
    """Return rows as named arrays.

    Parameters
    ----------
    settings
        What each column is for.
    rows
        As read, in the order that is wanted; columns of numbers may be absent.
    numbers
        Shape (n, p), the columns of numbers of the same rows.
    learnt
        `date_forms` and `image_shape`, as the pass over the whole data set found them.
    """
    roles = settings.roles
    forms: Mapping[str, str] = learnt["date_forms"]
    texts = {name: as_texts(_whole(rows, name)) for name in (*roles.categories, *roles.dates, *roles.texts)}
    dates = {name: to_iso(texts[name], forms[name]) for name in roles.dates}
    is_drawn = roles.image and rows.schema.field(roles.image).type == PICTURE
    return ColumnTable(
        modality=settings.modality,
        n=len(numbers),
        number_names=number_names(roles.numbers, numbers.shape[1]),
        numbers=numbers,
        categories={name: _strings(texts[name]) for name in roles.categories},
        dates={name: _strings(cells) for name, cells in dates.items()},
        texts={name: _strings(texts[name]) for name in roles.texts},
        images=_images(_whole(rows, roles.image), learnt["image_shape"]) if is_drawn else None,
        pixels=roles.pixels,
    )


def string_columns(settings: Settings) -> list[str]:
    """Return the names of the columns that `column_table` needs beside the numbers."""
    roles = settings.roles
    return [*roles.categories, *roles.dates, *roles.texts, *([roles.image] if roles.image else [])]


def number_names(columns: Sequence[str], count: int) -> tuple[str, ...]:
    """Return a name for each number of a row: its column, or its place where one column holds them all.

    Examples
    --------
    >>> number_names(["a", "b"], 2), number_names(["v"], 3)
    (('a', 'b'), ('v_0', 'v_1', 'v_2'))
    """
    if count == len(columns):
        return tuple(columns)
    return tuple(f"{columns[0]}_{place}" for place in range(count))


def _whole(rows: pa.Table, name: str) -> pa.Array:
    return rows.column(name).combine_chunks()


def _strings(cells: pa.Array) -> NDArray[np.object_]:
    found: NDArray[np.object_] = cells.fill_null("").to_numpy(zero_copy_only=False)
    return found


def _images(pictures: pa.Array, shape: Sequence[int]) -> NDArray[np.uint8]:
    """Return pictures of one shape (h, w, channels), shape (n, h, w) or (n, h, w, 3); unreadable ones are grey."""
    height, wide, channels = shape
    images = np.full((len(pictures), height, wide, channels), BLANK_GREY, dtype=np.uint8)
    for place, picture in enumerate(pictures):
        found = picture.as_py()
        if not found["fault"]:
            images[place] = _fitted(found, height, wide, channels)
    return images[..., 0] if channels == 1 else images


def _fitted(picture: Mapping[str, Any], height: int, wide: int, channels: int) -> NDArray[np.uint8]:
    own = (picture["height"], picture["width"], picture["channels"])
    pixels = np.frombuffer(picture["pixels"], dtype=np.uint8).reshape(own)
    if own == (height, wide, channels):
        return pixels
    image = Image.fromarray(pixels[..., 0] if own[2] == 1 else pixels)
    fitted = np.asarray(image.convert("L" if channels == 1 else "RGB").resize((wide, height)))
    return fitted.reshape(height, wide, channels)
