"""Which item is on whose screen: so that a killed session resumes on its card, and two people never share one.

A cache: losing it costs at worst one item answered twice.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Claims"]

SCHEMA = "CREATE TABLE IF NOT EXISTS claim (annotator TEXT PRIMARY KEY, unit TEXT NOT NULL, card TEXT NOT NULL)"


class Claims:
    """The claims of a project, in `cache/claims.db`. A damaged or missing file is an empty one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = self._open()

    def claim(self, annotator: str, unit: str, card: Mapping[str, Any]) -> None:
        """Record that a unit is on the screen of an annotator, in place of what was there before."""
        row = (annotator, unit, json.dumps(card))
        self._try(
            "INSERT INTO claim VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET unit = excluded.unit, card = excluded.card",
            row,
        )

    def release(self, annotator: str) -> None:
        """Record that nothing is on the screen of an annotator any more."""
        self._try("DELETE FROM claim WHERE annotator = ?", (annotator,))

    def mine(self, annotator: str) -> dict[str, Any] | None:
        """Return the card that was on the screen of an annotator when the last session ended, if any."""
        found = self._try("SELECT card FROM claim WHERE annotator = ?", (annotator,))
        return json.loads(found[0][0]) if found else None

    def of_others(self, annotator: str) -> set[str]:
        """Return the units on the screens of everybody else."""
        return {row[0] for row in self._try("SELECT unit FROM claim WHERE annotator <> ?", (annotator,))}

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._path, isolation_level=None, timeout=0.2)
        try:
            db.execute("PRAGMA synchronous=OFF")
            db.execute(SCHEMA)
        except sqlite3.DatabaseError:
            db.close()
            self._path.unlink(missing_ok=True)
            db = sqlite3.connect(self._path, isolation_level=None, timeout=0.2)
            db.execute(SCHEMA)
        return db

    def _try(self, query: str, values: tuple[str, ...]) -> list[tuple[str, ...]]:
        # a claim is a courtesy: when the file is busy or gone, labelling goes on without it
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error:
            return []
