import numpy as np
import pytest

from activelabel.records.kinds import EventKind, LabelKind
from activelabel.session.answers import gathered
from activelabel.session.judging.mapping import mapped_pool
from activelabel.session.pipeline import learn
from activelabel.session.workshop import open_workshop


def mapped(blobs):
    ledger = blobs.ledger
    workshop = open_workshop(blobs.layout, ledger.settings)
    answers = gathered(workshop, ledger)
    return mapped_pool(workshop, ledger, answers, learn(workshop.ground, answers, 0))


def test_before_an_answer_no_point_has_a_label(blobs):
    found = mapped(blobs)

    assert len(found.items) == blobs.dataset.n_units
    assert {(point.label, point.kind) for point in found.items} == {(-1, None)}


def test_each_point_says_who_labelled_it_and_how_sure_the_model_is(blobs):
    blobs.answer(blobs.order[:12])
    blobs.answer(blobs.order[12:13], EventKind.BAD_ITEM)
    found = mapped(blobs)
    said = {event.item for event in blobs.ledger.answers.values() if event.kind is EventKind.LABEL}
    names = [known.name for known in blobs.ledger.classes.values()]
    human = [point for point in found.items if point.kind is LabelKind.HUMAN]

    assert {point.item.id for point in human} == said
    assert all(0 < point.sure <= 1 for point in found.items)
    assert {point.kind for point in found.items} >= {LabelKind.HUMAN, LabelKind.PROPAGATED}
    for point in human:
        row = blobs.dataset.row_of(point.item.unit)
        assert names[point.label] == blobs.true[row]


@pytest.mark.slow
def test_the_map_does_not_depend_on_what_was_read_before(blobs):
    blobs.answer(blobs.order[:12])
    one, other = mapped(blobs), mapped(blobs)

    assert np.array_equal([point.x for point in one.items], [point.x for point in other.items])
