"""The database of events: append, read back, never change.

The rules that make an answer durable: WAL with synchronous=FULL, one explicit BEGIN IMMEDIATE ... COMMIT an answer, the
file checked to be still the one that was opened, and nothing acknowledged before COMMIT has returned.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from activelabel.errors import NotSaved, ProjectError
from activelabel.project.contents import content_from_json, content_to_json
from activelabel.project.locks import waiting_turn
from activelabel.project.migration import bring_up_to_date
from activelabel.project.schema import APPLICATION_ID, MIGRATIONS, SCHEMA, VERSION
from activelabel.records.contents import ItemRecord
from activelabel.records.events import Event
from activelabel.records.kinds import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["Draft", "Store"]

BUSY_SECONDS = 5.0
CLOSING_MILLISECONDS = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before it is recorded: no identity and no place in the order yet."""

    kind: EventKind
    data: Mapping[str, Any]
    item: ItemRecord | None = None


class Store:
    """An open database of events.

    Parameters
    ----------
    path
        labels.db of a project. It must exist: only `Store.create` makes one. One of an older version is brought up to
        the present schema, after a copy was made.
    readonly
        Open for reading in short transactions, as the learner does beside a session. An older version stays as it is:
        its tables are those of today.

    Raises
    ------
    ProjectError
        If the file is missing, damaged, made by a newer version, or not one of ours. It is left as it is.
    """

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self.path = path
        self.readonly = readonly
        self._db, self._inode = _connect(path, readonly=readonly)

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make an empty database at a path where there is none, and open it.

        Raises
        ------
        NotSaved
            If the disk does not take it.
        """
        path.touch(exist_ok=False)
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)) as db:
                db.execute("PRAGMA journal_mode=WAL")
                db.executescript(
                    f"BEGIN; PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={VERSION}; {SCHEMA} COMMIT;"
                )
        except sqlite3.Error as failure:
            raise NotSaved(f"no database can be made: {_reason(failure)}: {path}", "free some space") from failure
        return cls(path)

    def append(self, annotator: str, time: str, drafts: Sequence[Draft]) -> list[Event]:
        """Record drafts as events, all or none; when this returns they are on disk.

        Raises
        ------
        NotSaved
            If they are not: locked by another program, disk full, project moved. Nothing was recorded then, as far
            as can be known, and the same call may be made again.
        """
        try:
            self._check_place()
            with waiting_turn(self.path.parent / "locks" / "commit"), self._transaction():
                return self._insert(annotator, time, drafts)
        except (sqlite3.Error, OSError) as failure:
            self._reopen()
            raise NotSaved(f"could not save: {_reason(failure)}: {self.path}", _advice(failure)) from failure

    def events(self, after: int = 0) -> list[Event]:
        """Return the events whose counter is above `after`, in order."""
        query = "SELECT uuid, counter, annotator, time, kind, item, data FROM event WHERE counter > ?"
        with self._explained():
            rows = self._db.execute(f"{query} ORDER BY counter, uuid", (after,)).fetchall()
            return [
                Event(uuid, counter, who, time, EventKind(kind), item, json.loads(data))
                for uuid, counter, who, time, kind, item, data in rows
            ]

    def item(self, item_id: str) -> ItemRecord | None:
        """Return what was shown for an item that was answered once; None for one that never was."""
        with self._explained():
            row = self._db.execute("SELECT unit, content, user_id FROM item WHERE id = ?", (item_id,)).fetchone()
            return ItemRecord(item_id, row[0], content_from_json(json.loads(row[1])), row[2]) if row else None

    def items(self) -> Iterator[ItemRecord]:
        """Yield what was shown for every item that was ever answered, by id."""
        with self._explained():
            for row in self._db.execute("SELECT id, unit, content, user_id FROM item ORDER BY id"):
                yield ItemRecord(row[0], row[1], content_from_json(json.loads(row[2])), row[3])

    def close(self) -> None:
        """Close, after moving everything into the one file, so that a plain copy of it is whole."""
        if not self.readonly:
            try:
                with waiting_turn(self.path.parent / "locks" / "commit"):
                    self._db.execute(f"PRAGMA busy_timeout={CLOSING_MILLISECONDS}")
                    self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except (sqlite3.Error, OSError):
                pass  # the log beside the file holds everything; the next close tries again
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def _insert(self, annotator: str, time: str, drafts: Sequence[Draft]) -> list[Event]:
        counter = self._db.execute("SELECT coalesce(max(counter), 0) FROM event").fetchone()[0]
        events = []
        for place, draft in enumerate(drafts, start=1):
            item_id = draft.item.id if draft.item else ""
            event = Event(uuid4().hex, counter + place, annotator, time, draft.kind, item_id, draft.data)
            if draft.item:
                row = (item_id, draft.item.unit, draft.item.user_id, _json(content_to_json(draft.item.content)))
                self._db.execute(
                    "INSERT INTO item (id, unit, user_id, content) VALUES (?,?,?,?) ON CONFLICT DO NOTHING", row
                )
            self._db.execute(
                "INSERT INTO event (uuid, counter, annotator, time, kind, item, data) VALUES (?,?,?,?,?,?,?)",
                (event.uuid, event.counter, annotator, time, draft.kind.value, item_id, _json(draft.data)),
            )
            events.append(event)
        return events

    def _check_place(self) -> None:
        # SQLite writes into an unlinked file without a word: see that the path still leads to the file we hold
        if not self.path.exists() or self.path.stat().st_ino != self._inode:
            raise FileNotFoundError("the project was moved or deleted")

    def _reopen(self) -> None:
        # after a failed sync the state of the pages in memory is unknown: never retry on the same connection
        try:
            fresh = _connect(self.path, readonly=self.readonly)
        except (ProjectError, OSError):
            return
        self._db.close()
        self._db, self._inode = fresh

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, ValueError, KeyError, TypeError) as failure:
            # SQLite checks its own structure, not what is written in a cell
            raise _damaged(self.path, failure) from failure


def _connect(path: Path, *, readonly: bool) -> tuple[sqlite3.Connection, int]:
    if not path.is_file():
        raise ProjectError(f"the labels are missing: {path}", "put labels.db back from a backup")
    mode = "ro" if readonly else "rw"
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
        db.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")
        for setting in ("foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON", "synchronous=FULL"):
            db.execute(f"PRAGMA {setting}")
        db.execute("PRAGMA fullfsync=ON")  # macOS: an fsync alone leaves data in the drive's own memory
        found = tuple(db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    except (sqlite3.DatabaseError, UnicodeDecodeError) as failure:
        # Python cannot even quote what SQLite says of some damaged headers
        raise _damaged(path, failure) from failure
    _check_version(path, *found)
    if not readonly and found[1] < VERSION:
        bring_up_to_date(db, path)
    return db, path.stat().st_ino


def _check_version(path: Path, application: int, version: int) -> None:
    if application != APPLICATION_ID:
        hint = "the file was left as it is; put a backup in its place"
        raise ProjectError(f"not a database of activelabel: {path}", hint)
    if version > VERSION:
        message = f"made by a newer version (schema {version}, this one knows {VERSION}): {path}"
        raise ProjectError(message, "upgrade activelabel; the file was left as it is")
    if version < VERSION - len(MIGRATIONS):
        message = f"schema {version} has no way up to {VERSION} among {len(MIGRATIONS)} steps: {path}"
        raise ProjectError(message, "the file was left as it is; put a backup in its place")


def _damaged(path: Path, failure: Exception) -> ProjectError:
    hint = "the file was left as it is; put a backup in its place"
    return ProjectError(f"the labels cannot be read ({failure}): {path}", hint)


def _reason(failure: Exception) -> str:
    text = str(failure)
    if "locked" in text or "busy" in text:
        return "the database is locked by another program"
    if "full" in text:
        return "the disk is full"
    if "readonly" in text:
        return "the project is read-only"
    return text


def _advice(failure: Exception) -> str:
    if isinstance(failure, FileNotFoundError):
        return "put the project back; all earlier answers are in it"
    return "nothing was lost; press the key again, or leave and come back"


def _json(data: object) -> str:
    # a lone surrogate cannot be stored as UTF-8: escaped JSON carries it unharmed
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"))
