"""One row of the project's copy as what a card draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.project.cells import as_texts, is_vectors
from activelabel.project.readers.thumbnails import PICTURE
from activelabel.records.contents import Content, Picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa
    from numpy.typing import NDArray

    from activelabel.records.settings import Settings

__all__ = ["content_of", "rows_of", "shown_columns", "text_of"]


def content_of(
    settings: Settings, row: pa.RecordBatch, numbers: NDArray[np.float32], shades: tuple[float, float]
) -> Content:
    """Return what one item shows: texts first, then its other cells in file order, and its picture.

    Parameters
    ----------
    settings
        What each column is for; ignored, id and label columns are not shown.
    row
        One row, all columns.
    numbers
        Shape (p,), its numbers: the pixels, where they are one.
    shades
        The number that is black, and the one that is white.
    """
    roles = settings.roles
    fields = [(name, text_of(row, name)) for name in shown_columns(settings, row.schema.names)]
    picture, path = None, ""
    if roles.pixels:
        picture = _drawn(numbers, roles.pixels, shades)
    elif roles.image and row.schema.field(roles.image).type == PICTURE:
        found = row.column(roles.image)[0].as_py()
        picture = Picture(found["height"], found["width"], found["channels"], found["pixels"])
        path = found["path"]
        if found["fault"]:
            fields.insert(0, ("broken picture", found["fault"]))
    return Content(settings.modality, tuple(fields), picture, path)


def shown_columns(settings: Settings, names: list[str]) -> list[str]:
    """Return the columns whose cells are drawn as text, in the order to draw them."""
    roles = settings.roles
    hidden = {roles.id, roles.label, roles.known, roles.image, *roles.ignored, *roles.texts}
    if roles.pixels:
        hidden.update(roles.numbers)
    return [*roles.texts, *(name for name in names if name not in hidden)]


def text_of(row: pa.RecordBatch, name: str) -> str:
    """Return one cell of a row as text, "" where it is missing."""
    return as_texts(row.column(name))[0].as_py() or ""


def rows_of(batch: pa.RecordBatch, id_column: str) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield of each row its text in the id column, and (name, text) of its cells; vectors are left out."""
    fields = zip(batch.schema.names, batch.columns, strict=True)
    texts = {name: as_texts(cells).fill_null("").to_pylist() for name, cells in fields if not is_vectors(cells.type)}
    for place in range(batch.num_rows):
        user_id = texts[id_column][place] if id_column else ""
        yield user_id, tuple((name, cells[place]) for name, cells in texts.items())


def _drawn(numbers: NDArray[np.float32], size: tuple[int, int], shades: tuple[float, float]) -> Picture:
    dark, bright = shades
    scaled = (np.nan_to_num(numbers, nan=dark) - dark) * (255 / (bright - dark or 1))
    return Picture(*size, 1, np.rint(scaled).astype(np.uint8).tobytes())
