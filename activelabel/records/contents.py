"""What an item is and shows, one by one and as columns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from activelabel.records.kinds import Modality

__all__ = ["ColumnTable", "Content", "ItemRecord", "Picture"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture, ready to draw.

    `pixels` holds height x width x channels bytes, row by row, 0 dark to 255 bright; channels is 1 (grey) or 3 (RGB).
    """

    height: int
    width: int
    channels: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Content:
    """What one item shows: its cells as text, in the order to draw them, and its picture if it has one."""

    modality: Modality
    fields: tuple[tuple[str, str], ...] = ()
    picture: Picture | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class ColumnTable:
    """The content of n items as named arrays: what `learning/features` is given, whatever the file was.

    numbers: shape (n, p) float32, NaN is missing, columns named by `number_names`.
    categories, dates, texts: column name -> shape (n,) of str, "" is missing. Dates are ISO 8601 text.
    images: shape (n, h, w) or (n, h, w, 3) uint8, all of one size, or None.
    pixels: (h, w) where the columns of `numbers` are the pixels of a picture, row by row, or None.
    """

    modality: Modality
    n: int
    number_names: tuple[str, ...]
    numbers: NDArray[np.float32]
    categories: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    dates: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    texts: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    images: NDArray[np.uint8] | None = None
    pixels: tuple[int, int] | None = None

    def take(self, rows: NDArray[np.intp]) -> ColumnTable:
        """Return the table of these rows, in this order."""
        return replace(
            self,
            n=len(rows),
            numbers=self.numbers[rows],
            categories={name: cells[rows] for name, cells in self.categories.items()},
            dates={name: cells[rows] for name, cells in self.dates.items()},
            texts={name: cells[rows] for name, cells in self.texts.items()},
            images=None if self.images is None else self.images[rows],
        )


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """One item as the project keeps it: its id, the unit it belongs to, and all it shows."""

    id: str
    unit: str
    content: Content
    user_id: str = ""
