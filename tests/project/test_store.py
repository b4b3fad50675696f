"""The store keeps what it acknowledged, refuses what it cannot keep, and changes nothing."""

import random
import sqlite3

import pytest

from activelabel.errors import NotSaved, ProjectError
from activelabel.project.ledger import Ledger
from activelabel.project.schema import VERSION
from activelabel.project.store import Draft, Store
from activelabel.records.contents import Content, ItemRecord
from activelabel.records.kinds import EventKind, Modality

NOW = "2026-01-01T00:00:00.000+00:00"


def item(number: int) -> ItemRecord:
    return ItemRecord(f"u{number}-1", f"u{number}", Content(Modality.TEXT, (("text", f"text {number}"),)))


def label(number: int, class_id: str = "c1") -> Draft:
    return Draft(EventKind.LABEL, {"unit": f"u{number}", "classes": [class_id]}, item(number))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "labels.db"


def test_what_is_appended_is_read_back_in_order_after_reopening(path):
    with Store.create(path) as store:
        store.append("ann", NOW, [label(1), label(2)])
        store.append("ann", NOW, [label(3)])

    with Store(path) as store:
        events = store.events()
    assert [(event.counter, event.item) for event in events] == [(1, "u1-1"), (2, "u2-1"), (3, "u3-1")]
    assert events[0].data == {"unit": "u1", "classes": ["c1"]}


def test_a_label_can_be_read_without_the_data_set(path):
    with Store.create(path) as store:
        store.append("ann", NOW, [label(1)])

        assert store.item("u1-1") == item(1)
        assert list(store.items()) == [item(1)]
        assert store.item("never-1") is None


@pytest.mark.parametrize("change", ["DELETE FROM event", "UPDATE event SET annotator = 'eve'"])
def test_the_database_itself_refuses_to_change_an_event(path, change):
    with Store.create(path) as store:
        store.append("ann", NOW, [label(1)])
    db = sqlite3.connect(path)

    with pytest.raises(sqlite3.IntegrityError, match="never"):
        db.execute(change)
    db.close()


def test_a_batch_is_recorded_whole_or_not_at_all(path):
    bad = Draft(EventKind.LABEL, {"unit": object()}, item(2))
    with Store.create(path) as store:
        with pytest.raises(TypeError):
            store.append("ann", NOW, [label(1), bad])

        assert store.events() == []
        assert store.append("ann", NOW, [label(3)])[0].counter == 1


def test_nothing_is_acknowledged_while_another_program_holds_the_database(path, monkeypatch):
    monkeypatch.setattr("activelabel.project.store.BUSY_SECONDS", 0.05)
    with Store.create(path) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(NotSaved, match="locked by another program"):
            store.append("ann", NOW, [label(1)])
        other.execute("ROLLBACK")
        other.close()
        assert store.append("ann", NOW, [label(1)])


def test_a_project_moved_away_under_a_session_is_noticed_before_writing(path):
    with Store.create(path) as store:
        path.rename(path.with_name("elsewhere.db"))

        with pytest.raises(NotSaved, match="moved or deleted"):
            store.append("ann", NOW, [label(1)])


def test_a_missing_database_is_never_created_by_opening_it(path):
    with pytest.raises(ProjectError, match="missing"):
        Store(path)

    assert not path.exists()


@pytest.mark.parametrize("damage", [b"", b"not a database at all, but long enough to be one" * 50])
def test_a_damaged_database_is_refused_and_left_as_it_is(path, damage):
    path.write_bytes(damage)

    with pytest.raises(ProjectError):
        Store(path)
    assert path.read_bytes() == damage


def test_a_database_damaged_anywhere_is_read_or_refused_and_left_as_it_is(path):
    added = Draft(EventKind.CLASS_ADDED, {"class": "c1", "name": "ham", "key": "1"})
    with Store.create(path) as store:
        store.append("ann", NOW, [added, *map(label, range(40))])
    whole, rng = path.read_bytes(), random.Random(0)
    refused = 0
    for _ in range(250):
        damaged = bytearray(whole)
        place, length = rng.randrange(len(whole)), rng.choice([1, 2, 50])
        damaged[place : place + length] = rng.randbytes(length)
        path.write_bytes(damaged[: len(whole)])
        try:
            with Store(path, readonly=True) as store:
                Ledger(store.events())
                list(store.items())
        except ProjectError:
            refused += 1
        assert path.read_bytes() == damaged[: len(whole)]

    assert refused > 20


def test_a_database_that_cannot_be_made_is_said_so(path, monkeypatch):
    monkeypatch.setattr("activelabel.project.store.SCHEMA", "CREATE TABLE nonsense;")

    with pytest.raises(NotSaved, match="no database can be made"):
        Store.create(path)


def test_a_database_of_a_newer_version_is_refused_by_number(path):
    Store.create(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version=999999")
    db.close()

    with pytest.raises(ProjectError, match="999999"):
        Store(path)


@pytest.fixture
def old(path):
    """Make a database of version 1, whose view knew nothing of blind repeats, with a label and a repeat of it."""
    with Store.create(path) as store:
        first = store.append("ann", NOW, [label(1, "c1")])[0]
        again = {"unit": "u1", "classes": ["c2"], "card": "blind-repeat", "repeats": first.uuid}
        store.append("ann", NOW, [Draft(EventKind.LABEL, again, item(1))])
    db = sqlite3.connect(path)
    view = db.execute("SELECT sql FROM sqlite_master WHERE name = 'answer_in_force'").fetchone()[0]
    view = view.replace("AND json_extract(e.data, '$.card') IS NOT 'blind-repeat'", "")
    db.executescript(f"DROP VIEW answer_in_force; {view}; PRAGMA user_version=1;")
    db.close()
    return path


def in_force(path):
    """Return the version of a database, and the classes in force as its view has them."""
    db = sqlite3.connect(path)
    classes = [row[0] for row in db.execute("SELECT class FROM answer_in_force")]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    db.close()
    return version, classes


def test_an_older_database_is_brought_up_to_date_after_a_copy_was_made(old):
    with Store(old) as store:
        events = store.events()

    assert len(events) == 2
    assert in_force(old) == (VERSION, ["c1"])
    copy = old.with_name("labels.schema-1.db")
    assert in_force(copy) == (1, ["c2"])
    with Store(copy, readonly=True) as store:
        assert store.events() == events


def test_a_reader_leaves_an_older_database_as_it_is(old):
    before = old.read_bytes()
    with Store(old, readonly=True) as store:
        assert len(store.events()) == 2

    assert old.read_bytes() == before
    assert not old.with_name("labels.schema-1.db").exists()


def test_a_database_that_cannot_be_brought_up_to_date_is_left_as_it_was(old, monkeypatch):
    monkeypatch.setattr("activelabel.project.migration.MIGRATIONS", ("DROP VIEW answer_in_force; CREATE nonsense;",))

    with pytest.raises(ProjectError, match="cannot be brought up to schema"):
        Store(old)
    assert in_force(old) == (1, ["c2"])


def test_after_closing_one_file_holds_everything(path):
    with Store.create(path) as store:
        store.append("ann", NOW, [label(1)])

    assert not path.with_name("labels.db-wal").exists()


def test_a_reader_sees_what_a_writer_has_committed_meanwhile(path):
    with Store.create(path) as writer, Store(path, readonly=True) as reader:
        writer.append("ann", NOW, [label(1)])

        assert [(event.item, event.counter) for event in reader.events()] == [("u1-1", 1)]


def test_text_that_is_not_valid_unicode_survives_the_round_trip(path):
    odd = ItemRecord("u-1", "u", Content(Modality.TEXT, (("text", "a\0b \ud800 \u202e"),)))
    with Store.create(path) as store:
        store.append("ann", NOW, [Draft(EventKind.SKIP, {"unit": "u"}, odd)])

        assert store.item("u-1") == odd
