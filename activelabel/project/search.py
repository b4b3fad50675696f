"""Items looked up by what they say: by the beginning of an id, or by any part of their text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from activelabel.project.cells import as_texts, mask_of
from activelabel.project.folding import folded_text
from activelabel.project.identity import item_id
from activelabel.project.showing import shown_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from activelabel.project.dataset import Dataset

__all__ = ["Hit", "Hits", "ItemSearch", "folded"]

KEPT: Final = 1 << 28  # bytes of texts of which the folded form is kept between two searches
LONGEST_LINE: Final = 200  # characters of a hit
SOUGHT_IN: Final = 5_000  # characters of an item in which its line is sought
BEFORE: Final = 20  # characters shown before what was found
HASH_CHARACTERS: Final = frozenset("0123456789abcdef-")


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that was found: its id, how people call it, and a line of what it says."""

    id: str
    name: str
    line: str


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found: the first items, and how many there are in all."""

    shown: tuple[Hit, ...]
    total: int


def folded(texts: pa.Array) -> pa.Array:
    """Return each text as `folded_text` has it, null where it is null.

    Examples
    --------
    >>> folded(pa.array(["Café", "STRASSE", None])).to_pylist()
    ['cafe', 'strasse', None]
    """
    lower = pc.utf8_trim_whitespace(pc.utf8_lower(texts))
    beyond = pc.invert(pc.string_is_ascii(texts)).fill_null(False)
    # Arrow has no word for case folding; of the others it makes a million in a tenth of a second
    return pc.replace_with_mask(lower, beyond, pa.array(map(folded_text, texts.filter(beyond).to_pylist()), texts.type))


class ItemSearch:
    """The search among the items of a data set.

    Texts, categories, dates, the paths of pictures and the id column are looked through, in memory that does not grow
    with long texts.

    Parameters
    ----------
    dataset
        The project's copy.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        roles = dataset.settings.roles
        self._columns = [*roles.texts, *roles.categories, *roles.dates, *([roles.image] if roles.image else [])]
        self._rows = dataset.rows_of_items()
        self._cells: dict[str, pa.ChunkedArray] = {}
        self._kept: dict[str, list[pa.Array]] = {}

    def find(self, typed: str, most: int) -> Hits:
        """Return the items that fit, each unit once: the id column first, then texts, then the ids of activelabel.

        Parameters
        ----------
        typed
            The beginning of an id, or any part of a text, in any case and with or without accents.
        most
            Hits to show at most.
        """
        wanted = folded_text(typed)
        if not wanted:
            return Hits((), 0)
        places = np.concatenate([self._named_so(wanted), self._saying(wanted), self._hashed_so(wanted)])
        first = np.sort(np.unique(self._rows[places], return_index=True)[1])
        return Hits(tuple(self._hit(int(place), wanted) for place in places[first[:most]]), len(first))

    def row_named(self, name: str) -> int | None:
        """Return the row of the item with exactly this id, of ours or in the id column; None if there is none."""
        unit, _, occurrence = name.partition("-")
        row = self._dataset.row_of(unit)
        if row is not None and occurrence in {"", *map(str, range(1, int(self._dataset.weights[row]) + 1))}:
            return row
        named = self._dataset.settings.roles.id
        if not named:
            return None
        texts = pa.chunked_array([as_texts(chunk) for chunk in self._column(named).chunks], pa.string())
        place: int = pc.index(texts, pa.scalar(name)).as_py()
        return int(self._rows[place]) if place >= 0 else None

    def _named_so(self, wanted: str) -> NDArray[np.intp]:
        """Return the places of the items whose user id begins so, those that are called so first."""
        named = self._dataset.settings.roles.id
        if not named:
            return np.empty(0, dtype=np.intp)
        whole, begun = [], []
        for chunk in self._folded(named):
            whole.append(mask_of(pc.equal(chunk, wanted)))
            begun.append(mask_of(pc.starts_with(chunk, wanted)))
        called = np.flatnonzero(np.concatenate(whole))
        return np.concatenate([called, np.flatnonzero(np.concatenate(begun))])

    def _saying(self, wanted: str) -> NDArray[np.intp]:
        found = np.zeros(len(self._rows), dtype=bool)
        for name in self._columns:
            found |= np.concatenate([mask_of(pc.match_substring(chunk, wanted)) for chunk in self._folded(name)])
        return np.flatnonzero(found)

    def _hashed_so(self, wanted: str) -> NDArray[np.intp]:
        if not set(wanted) <= HASH_CHARACTERS:
            return np.empty(0, dtype=np.intp)
        unit, _, _ = wanted.partition("-")
        units = self._dataset.unit_ids
        low, high = np.searchsorted(units, [np.bytes_(unit.encode()), np.bytes_(f"{unit}g".encode())])
        return np.flatnonzero((self._rows >= low) & (self._rows < high))

    def _folded(self, name: str) -> Iterator[pa.Array]:
        if name in self._kept:
            yield from self._kept[name]
            return
        cells = self._column(name)
        made: list[pa.Array] = []
        is_kept = cells.nbytes <= KEPT
        for chunk in cells.chunks:
            found = folded(as_texts(chunk))
            made += [found] if is_kept else []
            yield found
        if is_kept:
            self._kept[name] = made

    def _hit(self, place: int, wanted: str) -> Hit:
        dataset = self._dataset
        unit = dataset.unit(int(self._rows[place]))
        named = dataset.settings.roles.id
        name = self._cell(named, place) if named else ""
        return Hit(item_id(unit, 1), name or unit[:8], self._line(place, wanted))

    def _line(self, place: int, wanted: str) -> str:
        names = [*shown_columns(self._dataset.settings, list(self._dataset.names)), self._dataset.settings.roles.image]
        cells = (self._cell(name, place) for name in names if name)
        line = ", ".join(" ".join(cell.split()) for cell in cells if cell)
        at = folded_text(line).find(wanted)
        begin = max(0, at - BEFORE) if at > 2 * BEFORE else 0
        return ("... " if begin else "") + line[begin : begin + LONGEST_LINE]

    def _cell(self, name: str, place: int) -> str:
        cell = as_texts(self._column(name).slice(place, 1).combine_chunks())[0].as_py() or ""
        return str(cell)[:SOUGHT_IN]

    def _column(self, name: str) -> pa.ChunkedArray:
        if name not in self._cells:
            self._cells[name] = self._dataset.cells(name)
        return self._cells[name]
