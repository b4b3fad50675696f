from datetime import UTC, datetime, timedelta

import pytest

from activelabel.project.ledger import Ledger
from activelabel.records.events import Event
from activelabel.records.kinds import EventKind
from activelabel.reporting.timeline import timeline

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


def ledger(*said):
    """Fold answers given as (minutes after the start, kind, annotator, seconds)."""
    known = Event(
        "c", 0, "ann", START.isoformat(), EventKind.CLASS_ADDED, "", {"class": "c", "name": "owl", "key": "1"}
    )
    events = [
        Event(
            f"e{number:03}",
            number,
            annotator,
            (START + timedelta(minutes=minutes)).isoformat(timespec="milliseconds"),
            kind,
            f"u{number}-1",
            {"unit": f"u{number}", "seconds": seconds, "card": "audit", "classes": ["c"]},
        )
        for number, (minutes, kind, annotator, seconds) in enumerate(said, start=1)
    ]
    return Ledger([known, *events])


def test_before_an_answer_there_is_none():
    assert timeline(Ledger()) is None


def test_one_answer_is_one_stretch_and_one_sitting():
    found = timeline(ledger((0, EventKind.LABEL, "ann", 2.0)))

    assert len(found.stretches) == len(found.sittings) == 1
    assert found.sittings[0].start == found.sittings[0].end == "2026-03-01T09:00:00+00:00"


def test_half_an_hour_without_an_answer_ends_a_sitting_for_that_person_alone():
    found = timeline(
        ledger(
            (0, EventKind.LABEL, "ann", 2.0),
            (25, EventKind.SKIP, "bob", 3.0),
            (31, EventKind.NOT_SURE, "ann", 4.0),
            (50, EventKind.BAD_ITEM, "bob", 5.0),
        )
    )
    sittings = [(sitting.annotator, sitting.start[11:16], sitting.median) for sitting in found.sittings]

    assert sittings == [("ann", "09:00", 2.0), ("bob", "09:25", 4.0), ("ann", "09:31", 4.0)]
    assert found.sittings[1].given.skipped == found.sittings[1].given.bad == 1


@pytest.mark.parametrize(("minutes", "step"), [(1, 10), (50, 60), (60 * 24, 3_600), (60 * 24 * 365 * 3, 28 * 86_400)])
def test_stretches_are_as_short_as_sixty_of_them_allow_and_hold_every_answer(minutes, step):
    found = timeline(ledger(*((minutes * part / 10, EventKind.LABEL, "ann", 2.0) for part in range(11))))

    assert found.step == step
    assert len(found.stretches) <= 60
    assert sum(stretch.given.labels for stretch in found.stretches) == 11


def test_answers_merged_from_another_copy_come_in_order_of_time():
    found = timeline(ledger((10, EventKind.LABEL, "ann", 2.0), (0, EventKind.LABEL, "bob", 2.0)))

    assert found.stretches[0].start == "2026-03-01T09:00:00+00:00"
    assert [sitting.annotator for sitting in found.sittings] == ["bob", "ann"]
