from activelabel.project.ledger import Ledger
from activelabel.project.store import Draft, Store
from activelabel.records.kinds import EventKind
from activelabel.reporting.tally import answer_counts, time_spent
from activelabel.session.undo import take_back

NOW = "2026-01-01T12:00:00.000+00:00"


def test_an_empty_project_has_no_counts_and_no_pace(blobs):
    counts, spent = answer_counts(blobs.ledger), time_spent(blobs.ledger)

    assert counts.in_force == counts.undone == 0
    assert counts.by_class == {"red": 0, "green": 0, "blue": 0}
    assert (spent.seconds, spent.median, spent.cards_an_hour) == (0, None, None)


def test_every_answer_is_counted_as_what_it_is(blobs):
    blobs.answer([0, 1, 2], colour="red", annotator="bob")
    blobs.answer([3], EventKind.SKIP)
    blobs.answer([4, 5], EventKind.NOT_SURE)
    blobs.answer([6], EventKind.BAD_ITEM)
    with Store(blobs.layout.labels) as store:
        take_back(store, "bob", 1, NOW)
        store.append("bob", NOW, [Draft(EventKind.NOTE, {"unit": "u", "text": "hm"}, blobs.dataset.item(0))])
    counts = answer_counts(blobs.ledger)

    assert (counts.labels, counts.skipped, counts.not_sure, counts.bad, counts.undone) == (2, 1, 2, 1, 1)
    assert counts.by_class == {"red": 2, "green": 0, "blue": 0}
    assert (counts.notes, counts.annotators, counts.in_force) == (1, ("ann", "bob"), 6)


def test_an_imported_label_that_was_answered_is_counted_once(blobs):
    classes = list(blobs.ledger.classes)
    units = [blobs.dataset.unit(row) for row in (0, 1)]
    with Store(blobs.layout.labels) as store:
        store.append("ann", NOW, [Draft(EventKind.IMPORTED, {"class": classes[0], "units": units})])
    blobs.answer([0])
    counts = answer_counts(blobs.ledger)

    assert (counts.labels, counts.imported) == (1, 1)


def test_labels_asked_for_again_are_counted_apart_and_their_time_with_the_rest(blobs):
    first = blobs.answer([0, 1, 2, 3], colour="red")
    blobs.answer([0, 1], colour="red", repeats=first[:2])
    blobs.answer([2], colour="blue", repeats=first[2:3])
    blobs.answer([3], EventKind.NOT_SURE, repeats=first[3:])
    counts = answer_counts(blobs.ledger)

    assert (counts.repeats, counts.repeats_same) == (3, 2)
    assert (counts.labels, counts.not_sure, counts.in_force) == (4, 0, 4)
    assert time_spent(blobs.ledger).seconds == 16.0


def test_time_counts_answers_that_were_taken_back(blobs):
    blobs.answer([0, 1, 2])
    with Store(blobs.layout.labels) as store:
        take_back(store, "ann", 1, NOW)
        ledger = Ledger(store.events())

    assert time_spent(ledger).seconds == 6.0
    assert (time_spent(ledger).median, time_spent(ledger).cards_an_hour) == (2.0, 1800.0)
