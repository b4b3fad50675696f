"""THE schema of labels.db: one text, one version, and the steps between versions.

History
-------
1   events, items, the view of answers in force
2   the view passes over blind repeats; a program of version 1 would take them for labels
3   events that rename, merge, split and describe classes, answer for clusters and flag items: a program of version 2
    would stop at them; the view passes over second looks that were put off
"""

from __future__ import annotations

__all__ = ["APPLICATION_ID", "MIGRATIONS", "SCHEMA", "VERSION"]

VERSION = 3
# marks the file as ours ("ALbl"), so that another program's database is never taken for a project
APPLICATION_ID = 0x414C626C

ANSWER_IN_FORCE = """
-- Each annotator's answer in force for each unit: the last one that was not withdrawn. Blind repeats only measure, and
-- to put off a second look changes no answer.
CREATE VIEW answer_in_force AS
    SELECT annotator, unit, item, kind, class, uuid FROM (
        SELECT e.annotator, json_extract(e.data, '$.unit') AS unit, e.item, e.kind,
               json_extract(e.data, '$.classes[0]') AS class, e.uuid,
               row_number() OVER (
                   PARTITION BY e.annotator, json_extract(e.data, '$.unit') ORDER BY e.counter DESC, e.uuid DESC
               ) AS place
        FROM event AS e
        WHERE e.kind IN ('label', 'skip', 'not-sure', 'bad-item') AND e.uuid NOT IN (SELECT uuid FROM withdrawn)
            AND json_extract(e.data, '$.card') IS NOT 'blind-repeat'
            AND (e.kind <> 'skip' OR ifnull(json_extract(e.data, '$.card'), '') NOT IN ('second-look', 'adjudication'))
    ) WHERE place = 1;
"""

SCHEMA = """
-- What was said and decided. Append-only: triggers refuse anything else.
CREATE TABLE event (
    uuid      TEXT PRIMARY KEY,          -- unique in the world, so that merging is a set union
    counter   INTEGER NOT NULL,          -- Lamport counter; order is (counter, uuid)
    annotator TEXT NOT NULL,
    time      TEXT NOT NULL,             -- UTC, ISO 8601; never used for order
    kind      TEXT NOT NULL,
    item      TEXT NOT NULL DEFAULT '',  -- item id, '' where the event is about no item
    data      TEXT NOT NULL              -- JSON, by kind
);
CREATE INDEX event_in_order ON event (counter, uuid);

-- What was shown, written when an item is first answered: a label can be read without the data file.
CREATE TABLE item (
    id      TEXT PRIMARY KEY,
    unit    TEXT NOT NULL,               -- hash of the content; exact duplicates share it
    user_id TEXT NOT NULL DEFAULT '',
    content TEXT NOT NULL                -- JSON
);

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

-- An undo withdraws its parent until a redo withdraws the undo.
CREATE VIEW withdrawn AS
    SELECT json_extract(u.data, '$.parent') AS uuid FROM event AS u
    WHERE u.kind = 'undo' AND NOT EXISTS (
        SELECT 1 FROM event AS r WHERE r.kind = 'redo' AND json_extract(r.data, '$.parent') = u.uuid
    );
"""
SCHEMA += ANSWER_IN_FORCE

# step i turns version i + 1 into i + 2; each runs in one transaction, after a copy of the file was made
MIGRATIONS: tuple[str, ...] = ("", "DROP VIEW answer_in_force;" + ANSWER_IN_FORCE)
