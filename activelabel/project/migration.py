"""An older database brought up to the present schema: copied first, then changed in one transaction."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from activelabel.errors import ProjectError
from activelabel.project.files import sync_folder
from activelabel.project.locks import waiting_turn
from activelabel.project.schema import MIGRATIONS, VERSION

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["bring_up_to_date"]


def bring_up_to_date(db: sqlite3.Connection, path: Path) -> None:
    """Take the steps from the version of a database to the present one; the file as it was stays beside it.

    Parameters
    ----------
    db
        Open for writing, outside a transaction.
    path
        Where it is: ``labels.db`` of version 1 is copied to ``labels.schema-1.db``.

    Raises
    ------
    ProjectError
        If it cannot be copied or changed. It is left as it was.
    """
    try:
        with waiting_turn(path.parent / "locks" / "commit"):
            # read under the lock: another session may have been first
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version < VERSION:
                _copy(db, path.with_name(f"{path.stem}.schema-{version}{path.suffix}"))
                steps = "\n".join(MIGRATIONS[version - VERSION :])
                db.executescript(f"BEGIN IMMEDIATE; {steps} PRAGMA user_version={VERSION}; COMMIT;")
    except (sqlite3.Error, OSError) as failure:
        if db.in_transaction:
            db.execute("ROLLBACK")
        hint = "the file was left as it is; free some space, or close what holds it"
        raise ProjectError(f"cannot be brought up to schema {VERSION} ({failure}): {path}", hint) from failure


def _copy(db: sqlite3.Connection, target: Path) -> None:
    aside = target.with_name(f".{target.name}")
    aside.unlink(missing_ok=True)  # of an attempt that was killed
    with closing(sqlite3.connect(aside)) as copy:
        db.backup(copy)  # committed, and so synced, by SQLite itself
    aside.replace(target)
    sync_folder(target.parent)
