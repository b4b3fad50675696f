"""How often each content has come by in a file that is read once, however long it is."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Occurrences"]

COUNTED = "INSERT INTO seen VALUES (?, 1) ON CONFLICT (unit) DO UPDATE SET times = times + 1 RETURNING times"


class Occurrences:
    """Counts contents by their hash, in a few megabytes of memory: what is more lies in a nameless file.

    The file belongs to this process alone and is gone with it, whatever ends it.

    Examples
    --------
    >>> with Occurrences() as seen:
    ...     seen.count([b"aa", b"bb", b"aa"]), seen.count([b"aa"])
    ([1, 1, 2], [3])
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        # nothing here outlives a crash, so nothing has to be safe from one
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute("CREATE TABLE seen (unit BLOB PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID")

    def count(self, units: Iterable[bytes]) -> list[int]:
        """Return for each of these, counted in this order, which one of its kind it is, from 1 on."""
        self._db.execute("BEGIN")
        times = [self._db.execute(COUNTED, (unit,)).fetchone()[0] for unit in units]
        self._db.execute("COMMIT")
        return times

    def close(self) -> None:
        """Forget all."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()
