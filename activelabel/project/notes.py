"""What one pass over the data learns beside hashes: which columns hold what they seemed to, and how to show them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from activelabel.errors import BadData
from activelabel.project.cells import as_texts, number_block
from activelabel.project.dates import FORMS, count_dates
from activelabel.project.readers.thumbnails import PICTURE

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from activelabel.records.settings import Roles

__all__ = ["Notes"]

FAULTS_NAMED = 20
# the side of the square that pictures of several sizes are brought to
UNEVEN_SIDE = 64


@dataclass
class Notes:
    """Kept while batches go by, in memory that does not grow with them.

    Attributes
    ----------
    items, width
        How many rows went by, and how many numbers each has.
    """

    roles: Roles
    items: int = 0
    width: int = 0
    _low: float = np.inf
    _high: float = -np.inf
    _demoted: set[str] = field(default_factory=set)
    _dates: dict[str, NDArray[np.intp]] = field(default_factory=dict)
    _shapes: set[tuple[int, int, int]] = field(default_factory=set)
    _faults: int = 0
    _faulty: list[tuple[str, str]] = field(default_factory=list)

    def take(self, batch: pa.RecordBatch) -> NDArray[np.float32]:
        """Note what a batch holds and return its numbers, of shape (rows, p)."""
        block, failed = number_block(batch, self.roles.numbers)
        self.items += batch.num_rows
        self.width = block.shape[1]
        self._demoted.update(failed)
        if self.roles.pixels and np.isfinite(block).any():
            self._low = min(self._low, float(np.nanmin(block)))
            self._high = max(self._high, float(np.nanmax(block)))
        for name in self.roles.dates:
            self._dates[name] = self._dates.get(name, 0) + np.array(count_dates(as_texts(batch.column(name))))
        if self.roles.image and batch.column(self.roles.image).type == PICTURE:
            self._take_pictures(batch.column(self.roles.image))
        return block

    def add(self, other: Notes) -> None:
        """Take in what was noted of the rows that follow."""
        self.items += other.items
        self.width = max(self.width, other.width)
        self._low, self._high = min(self._low, other._low), max(self._high, other._high)
        self._demoted |= other._demoted
        for name, counts in other._dates.items():
            self._dates[name] = self._dates.get(name, 0) + counts
        self._shapes |= other._shapes
        self._faults += other._faults
        self._faulty = [*self._faulty, *other._faulty][:FAULTS_NAMED]

    def corrected(self, path: Path) -> Roles:
        """Return the roles; what seemed to be numbers and is not is among the categories.

        Raises
        ------
        BadData
            If that is a pixel of a picture, which nothing can take the place of, or if no picture could be read.
        """
        if self.items and self._faults == self.items:
            first, fault = self._faulty[0]
            hint = "give pictures inside the folder of the data, or --image '' where the column holds none"
            raise BadData(f"{path}: not one picture can be read; {first!r}: {fault}", hint)
        moved = tuple(name for name in self.roles.numbers if name in self._demoted)
        if moved and self.roles.pixels:
            raise BadData(f"{path}: column {moved[0]!r} is a pixel, but not every cell in it is a number", "mend it")
        numbers = tuple(name for name in self.roles.numbers if name not in self._demoted)
        return replace(self.roles, numbers=numbers, categories=self.roles.categories + moved)

    def plain(self) -> dict[str, Any]:
        """Return what the copy must know, as JSON.

        kept: the places of the columns that are numbers, null for all. range: the darkest and brightest pixel.
        date_forms: how each column of dates is written. image_shape: the one shape of all pictures, or the shape to
        bring them to. faults, faulty: how many pictures could not be read, and the first of them with the reason.
        """
        names = self.roles.numbers
        channels = max((shape[2] for shape in self._shapes), default=1)
        uneven = (UNEVEN_SIDE, UNEVEN_SIDE, channels)
        return {
            "kept": [place for place, name in enumerate(names) if name not in self._demoted] if self._demoted else None,
            "range": [self._low, self._high] if self._low <= self._high else [0.0, 1.0],
            "date_forms": {name: FORMS[int(counts.argmax())] for name, counts in self._dates.items()},
            "image_shape": next(iter(self._shapes)) if len(self._shapes) == 1 else uneven,
            "faults": self._faults,
            "faulty": self._faulty,
        }

    def _take_pictures(self, pictures: pa.Array) -> None:
        is_broken = pc.not_equal(pc.struct_field(pictures, "fault"), "")
        broken = pictures.filter(is_broken)
        self._faults += len(broken)
        room = FAULTS_NAMED - len(self._faulty)
        self._faulty += [(each["path"], each["fault"]) for each in broken.slice(0, room).to_pylist()]
        whole = pictures.filter(pc.invert(is_broken))
        sides = [pc.struct_field(whole, name).to_pylist() for name in ("height", "width", "channels")]
        self._shapes.update(zip(*sides, strict=True))
