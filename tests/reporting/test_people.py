import pytest

from activelabel.learning.accuracy import wilson
from activelabel.records.kinds import EventKind
from activelabel.reporting.people import people


def test_before_an_answer_nothing_is_known(blobs):
    found = people(blobs.ledger)

    assert (found.answers, found.themselves, found.wrong, found.each_other) == ({}, None, None, None)


def test_people_are_listed_in_the_order_of_their_first_answers(blobs):
    blobs.answer(blobs.order[:3], annotator="zoe")
    blobs.answer(blobs.order[3:8], annotator="ann")

    assert list(people(blobs.ledger).answers.items()) == [("zoe", 3), ("ann", 5)]


def test_agreement_with_oneself_is_that_of_blind_repeats(blobs):
    given = blobs.answer(blobs.order[:20])
    blobs.answer(blobs.order[:20][:16], repeats=given[:16])
    wrong = [row for row in blobs.order[16:20] if blobs.true[row] != "blue"]
    blobs.answer(wrong, colour="blue", repeats=[given[blobs.order.index(row)] for row in wrong])
    found = people(blobs.ledger)
    n = 16 + len(wrong)

    assert found.themselves == wilson(16, n)
    # two answers differ about twice as often as one is wrong
    assert found.wrong.value == pytest.approx(len(wrong) / n / 2, rel=0.15)
    assert found.wrong.low < found.wrong.value < found.wrong.high


def test_agreement_with_each_other_is_that_of_the_last_labels_of_two_on_one_item(blobs):
    rows = blobs.order[:6]
    reds = [row for row in rows if blobs.true[row] == "red"]
    blobs.answer(rows, colour="green", annotator="ann")
    blobs.answer(rows, annotator="ann")
    blobs.answer(rows, annotator="bob")
    blobs.answer(reds, colour="blue", annotator="cem")
    blobs.answer(blobs.order[6:9], EventKind.NOT_SURE, annotator="bob")
    found = people(blobs.ledger).each_other

    assert found == wilson(6, 6 + 2 * len(reds))
