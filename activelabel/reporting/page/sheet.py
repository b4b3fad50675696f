"""The pictures of many items as one small picture, of which the page shows pieces."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from io import BytesIO
from math import ceil, isqrt
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from activelabel.records.contents import ItemRecord, Picture

__all__ = ["PictureSheet", "picture_sheet"]

TILE = 32
"""Pixels of a side at most: three thousand photographs are then under a megabyte."""

EXACT = 16
"""Up to this side pictures are kept pixel by pixel, as handwritten digits have to be."""

QUALITY = 60


@dataclass(frozen=True, slots=True)
class PictureSheet:
    """A picture of square tiles.

    Attributes
    ----------
    uri
        The whole, as a ``data:`` address.
    tile
        Pixels of a tile's side.
    columns, rows
        Tiles.
    place
        Item id -> number of its tile, row by row.
    """

    uri: str
    tile: int
    columns: int
    rows: int
    place: Mapping[str, int]

    @property
    def is_exact(self) -> bool:
        """Whether every pixel is one of the item's."""
        return self.tile <= EXACT

    def view_box(self, item_id: str) -> str:
        """Return where an item's tile is, as an SVG ``viewBox``."""
        row, column = divmod(self.place[item_id], self.columns)
        return f"{column * self.tile} {row * self.tile} {self.tile} {self.tile}"


def picture_sheet(items: Iterable[ItemRecord]) -> PictureSheet | None:
    """Return the pictures of the items that have one; None where none has."""
    drawn = {item.id: item.content.picture for item in items if item.content.picture}
    if not drawn:
        return None
    tile = min(TILE, max(max(picture.height, picture.width) for picture in drawn.values()))
    columns = isqrt(len(drawn) - 1) + 1
    rows = ceil(len(drawn) / columns)
    is_grey = all(picture.channels == 1 for picture in drawn.values())
    sheet = Image.new("L" if is_grey else "RGB", (columns * tile, rows * tile))
    for number, picture in enumerate(drawn.values()):
        small = _fitted(picture, tile)
        left, top = number % columns * tile, number // columns * tile
        sheet.paste(small, (left + (tile - small.width) // 2, top + (tile - small.height) // 2))
    return PictureSheet(_uri(sheet, tile), tile, columns, rows, {item: number for number, item in enumerate(drawn)})


def _fitted(picture: Picture, tile: int) -> Image.Image:
    mode = "L" if picture.channels == 1 else "RGB"
    image = Image.frombytes(mode, (picture.width, picture.height), picture.pixels)
    image.thumbnail((tile, tile))
    return image


def _uri(sheet: Image.Image, tile: int) -> str:
    kind = "PNG" if tile <= EXACT else "JPEG"
    file = BytesIO()
    sheet.save(file, kind, optimize=True, quality=QUALITY)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(file.getvalue()).decode()}"
