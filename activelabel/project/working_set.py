"""The working set of a pool too big to keep: a random sample of its units, found part by part, none knowing the others.

All units have one random order, that of the audit; the working set is its beginning. Whether a row belongs to it
follows from the row alone, but for where the order is cut: so parts can be read by anybody, in any order, and again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
import pyarrow as pa

from activelabel.errors import BadData
from activelabel.project.identity import audit_keys, unit_hashes
from activelabel.project.notes import Notes
from activelabel.project.pool import PoolCounts
from activelabel.project.readers.files import Reading, changed, check_columns, stamp_of
from activelabel.project.readers.partitions import ChunkRows, Partitions
from activelabel.project.readers.source import BATCH_ROWS, sliced, with_pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from activelabel.project.readers.files import Stamp
    from activelabel.project.readers.partitions import Chunk
    from activelabel.records.settings import Roles, Settings

__all__ = ["ALONE", "Runner", "WorkingSet", "draw_working_set", "rows_of"]

HIGHEST = 2**64 - 1
SPREAD = 6.0
"""Standard deviations above what is expected: a first pass that finds too few units is one in a billion."""

Common = TypeVar("Common")
Result = TypeVar("Result")


class Runner(Protocol):
    """Has the same work done on every part of a pool, by one process or by many.

    Attributes
    ----------
    peaks
        Worker -> the most bytes of memory it has had so far; empty where this process works alone.
    """

    @property
    def peaks(self) -> Mapping[str, int]:
        """The peaks."""
        ...

    def __call__(
        self, work: Callable[[Common, Chunk], Result], common: Common, chunks: Sequence[Chunk]
    ) -> Iterable[Result]:
        """Yield ``work(common, chunk)`` for every chunk, in any order."""
        ...


@dataclass(frozen=True, slots=True)
class Alone:
    """A `Runner` that is this process, taking one chunk after another."""

    peaks: Mapping[str, int] = field(default_factory=dict)

    def __call__(
        self, work: Callable[[Common, Chunk], Result], common: Common, chunks: Sequence[Chunk]
    ) -> Iterator[Result]:
        """Yield what comes of each chunk, in their order."""
        return (work(common, chunk) for chunk in chunks)


ALONE = Alone()


@dataclass(frozen=True, slots=True)
class WorkingSet:
    """Rows of a pool in the order of the pool, and what one pass over all of it has told.

    Attributes
    ----------
    rows
        At most 4,096 in a batch.
    notes
        Of all rows of the pool, not only of these.
    stamp
        Of the files.
    pool
        What these rows were drawn from.
    """

    rows: list[pa.RecordBatch]
    notes: Notes
    stamp: Stamp
    pool: PoolCounts

    @property
    def is_whole(self) -> bool:
        """Whether these are all rows of the pool, none of them chosen: there is no bigger pool to speak of then."""
        return not self.pool.visitors and sum(batch.num_rows for batch in self.rows) == self.pool.items


@dataclass(frozen=True, slots=True)
class Draw:
    """Which rows are wanted: those up to a place in the audit order, from 0 to `HIGHEST`, and some by name."""

    settings: Settings
    schema: pa.Schema
    last: int
    named: NDArray[np.bytes_]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The wanted rows of a chunk, the hash of each, and notes of all rows of the chunk."""

    chunk: str
    rows: pa.Table
    units: NDArray[np.bytes_]
    notes: Notes


def draw_working_set(
    settings: Settings,
    wanted: Collection[str] = (),
    run: Runner = ALONE,
    on_rows: Callable[[int], None] | None = None,
) -> WorkingSet:
    """Return the first `settings.working_set` units of a pool in audit order, and others that are wanted.

    The pool is read once, or again where so many rows are duplicates that the first pass found too few units.

    Parameters
    ----------
    settings
        Of a pool in Parquet files.
    wanted
        Units that are to be among the rows wherever they stand in the order.
    run
        Who reads.
    on_rows
        Told how many rows were read so far.

    Raises
    ------
    BadData
        If the files cannot be read, lack a column, or have no rows.
    """
    path, most = Path(settings.data), settings.working_set or 0
    stamp, source = stamp_of(path), Partitions(path, Reading())
    check_columns(path, source.names, settings.roles.columns)
    chunks = source.chunks()
    items = sum(chunk.rows for chunk in chunks)
    if not items:
        raise BadData(f"{settings.data}: no rows", hint="a data set needs one row or more")
    for last in _farther(most / items, SPREAD * most**0.5 / items):
        draw = Draw(settings, source.schema, last, np.array(sorted(wanted), dtype="S20"))
        found = _followed(run(_drawn, draw, chunks), on_rows)
        ranked = _in_audit_order(draw, found)
        if len(ranked) >= most:
            break
    there = np.concatenate([each.units for each in found])
    visitors = np.setdiff1d(draw.named[np.isin(draw.named, there)], ranked[:most])
    kept = np.concatenate([ranked[:most], visitors])
    pool = PoolCounts(items, _units_about(draw, ranked, most), tuple(visitors.astype(str).tolist()))
    return WorkingSet(_only(found, kept), _summed(settings.roles, found), stamp, pool)


def rows_of(settings: Settings, chunk: Chunk, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a part of a pool, 4,096 at most at a time.

    Raises
    ------
    BadData
        If the file is gone, cannot be read, or has not the rows that it had.
    """
    source = with_pictures(ChunkRows(chunk, schema), Path(settings.data), settings.roles.image)
    rows = 0
    for batch in sliced(source):
        yield batch
        rows += batch.num_rows
    if rows != chunk.rows:
        raise changed(Path(chunk.path))


def _farther(share: float, more: float) -> Iterator[int]:
    """Yield places in the audit order before which this share of the units lies, and more; each farther, to the end."""
    share += more
    while share < 1.0:
        yield int(share * HIGHEST)
        share *= 4.0
    yield HIGHEST


def _drawn(draw: Draw, chunk: Chunk) -> Drawn:
    notes, settings = Notes(draw.settings.roles), draw.settings
    kept, units = [], [np.empty(0, dtype="S20")]
    for batch in rows_of(settings, chunk, draw.schema):
        notes.take(batch)
        hashes = unit_hashes(batch, settings.roles.identity)
        inside = (audit_keys(settings.seed, hashes)[0] <= np.uint64(draw.last)) | np.isin(hashes, draw.named)
        kept.append(batch.filter(pa.array(inside)))
        units.append(hashes[inside])
    return Drawn(chunk.name, pa.Table.from_batches(kept).combine_chunks(), np.concatenate(units), notes)


def _followed(coming: Iterable[Drawn], on_rows: Callable[[int], None] | None) -> list[Drawn]:
    """Return the chunks in the order of the pool."""
    found, done = [], 0
    for each in coming:
        found.append(each)
        done += each.notes.items
        if on_rows:
            on_rows(done)
    return sorted(found, key=lambda each: each.chunk)


def _in_audit_order(draw: Draw, found: Sequence[Drawn]) -> NDArray[np.bytes_]:
    """Return the units up to the place that was drawn to, first in the audit order first."""
    units = np.unique(np.concatenate([each.units for each in found]))
    high, low = audit_keys(draw.settings.seed, units)
    order = np.lexsort((low, high))
    return units[order[high[order] <= np.uint64(draw.last)]]


def _units_about(draw: Draw, ranked: NDArray[np.bytes_], most: int) -> int:
    """Return how many units the pool has: as counted where all were seen, else from the place of the last one drawn.

    References
    ----------
    Beyer, Haas, Reinwald, Sismanis, Gemulla (2007), On Synopses for Distinct-Value Estimation under Multiset
    Operations.
    """
    if draw.last == HIGHEST:
        return len(ranked)
    last = int(audit_keys(draw.settings.seed, ranked[most - 1 : most])[0][0])
    return max(most, round((most - 1) * HIGHEST / max(last, 1)))


def _only(found: Sequence[Drawn], kept: NDArray[np.bytes_]) -> list[pa.RecordBatch]:
    tables = [each.rows.filter(pa.array(np.isin(each.units, kept))) for each in found]
    batches: list[pa.RecordBatch] = pa.concat_tables(tables).combine_chunks().to_batches(BATCH_ROWS)
    return batches


def _summed(roles: Roles, found: Sequence[Drawn]) -> Notes:
    notes = Notes(roles)
    for each in found:
        notes.add(each.notes)
    return notes
