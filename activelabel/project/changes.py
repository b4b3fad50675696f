"""What happened to the data file since the project's copy was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from activelabel.project.building import open_rows
from activelabel.project.cells import as_texts
from activelabel.project.identity import unit_hashes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from activelabel.records.settings import Settings

__all__ = ["Contents", "SourceChange", "compare", "read_contents"]

NAMED = 2


@dataclass(frozen=True, slots=True)
class SourceChange:
    """How a data file differs from the project's copy of it, in items.

    Attributes
    ----------
    new, gone
        Items that only the file has, and that only the copy has.
    changed
        Items whose id was kept while their content became another; they are not counted among new and gone.
    swapped
        Ids, two at most, that now stand by the content of another id: a sign that ids or texts were mixed up.
    """

    new: int
    gone: int
    changed: int
    swapped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """The hash of every item of a data set, shape (items,), and its text in the id column where there is one."""

    hashes: NDArray[np.bytes_]
    ids: pa.Array | None


def read_contents(settings: Settings, path: Path) -> Contents:
    """Return the contents of a file, read as the settings say.

    Raises
    ------
    BadData
        If it cannot be read, or lacks a column.
    """
    return _gathered(settings, open_rows(settings, path, settings.roles.columns))


def compare(old: Contents, new: Contents) -> SourceChange | None:
    """Return how `new` differs from `old`, None where it does not; the order of rows is no difference.

    Examples
    --------
    >>> old = Contents(np.array([b"aa", b"bb"]), pa.array(["1", "2"]))
    >>> compare(old, Contents(np.array([b"bb", b"cc", b"dd"]), pa.array(["2", "1", "3"])))
    SourceChange(new=1, gone=0, changed=1, swapped=())
    """
    hashes, places = np.unique(np.concatenate([old.hashes, new.hashes]), return_inverse=True)
    counts = [np.bincount(each, minlength=len(hashes)) for each in np.split(places, [len(old.hashes)])]
    difference = counts[1] - counts[0]
    added, gone = int(difference[difference > 0].sum()), int(-difference[difference < 0].sum())
    if old.ids is None or new.ids is None:
        return SourceChange(added, gone, 0) if added or gone else None
    moved, swapped = _by_id(old, new)
    changed = min(moved, added, gone)
    if not (added or gone or swapped):
        return None
    return SourceChange(added - changed, gone - changed, changed, swapped)


def _by_id(old: Contents, new: Contents) -> tuple[int, tuple[str, ...]]:
    """Return how many ids have a content that was not there before, and ids that have one that was another's."""
    ids: pa.Array = new.ids
    before = pc.index_in(ids, value_set=old.ids).to_numpy(zero_copy_only=False)
    is_kept = ~np.isnan(before.astype(np.float64))
    rows = np.flatnonzero(is_kept)
    differs = new.hashes[rows] != old.hashes[before[rows].astype(np.intp)]
    was_there = np.isin(new.hashes[rows], old.hashes)
    mixed = rows[differs & was_there]
    return int((differs & ~was_there).sum()), tuple(ids[int(row)].as_py() for row in mixed[:NAMED])


def _gathered(settings: Settings, batches: Iterable[pa.RecordBatch]) -> Contents:
    hashes, ids = [], []
    for batch in batches:
        hashes.append(unit_hashes(batch, settings.roles.identity))
        if settings.roles.id:
            ids.append(as_texts(batch.column(settings.roles.id)).fill_null(""))
    found = np.concatenate(hashes) if hashes else np.empty(0, dtype="S20")
    return Contents(found, pa.concat_arrays(ids) if ids else None)
