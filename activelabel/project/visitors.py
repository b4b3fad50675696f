"""Visitors: rows of the pool that join the working set, though the random order does not have them among the first."""

from __future__ import annotations

from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING

from activelabel.errors import BadData
from activelabel.project.building import folder_aside, write_rows
from activelabel.project.dataset import Dataset
from activelabel.project.layout import COPY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import pyarrow as pa

__all__ = ["join_visitors"]


def join_visitors(dataset: Dataset, cache: Path, rows: Iterable[pa.RecordBatch], units: Sequence[str]) -> Dataset:
    """Return the copy with some more rows behind its own, kept in `cache` in its place.

    Parameters
    ----------
    dataset
        A working set.
    cache
        Where it is kept.
    rows
        With all its columns, one for each of `units`.

    Raises
    ------
    BadData
        If what was written cannot be read back.
    """
    if dataset.pool is None:
        raise ValueError("all rows are there already")
    pool = asdict(dataset.pool) | {"visitors": [*dataset.pool.visitors, *units]}
    with folder_aside(cache / COPY) as aside:
        write_rows(dataset.settings, aside, chain(dataset.stream(), rows), {**dataset.learnt, "pool": pool})
    joined = Dataset.open(cache, dataset.settings)
    if joined is None:
        raise BadData(f"{cache / COPY}: what was just written cannot be read back", hint="is the disk full?")
    return joined
