import numpy as np
import pytest

from activelabel.project.store import Draft, Store
from activelabel.records.kinds import EventKind
from activelabel.session.answers import gathered
from activelabel.session.classes.changes import change_of
from activelabel.session.classes.edits import parse_edit
from activelabel.session.judging.assessment import assess, checkpoint_sizes, taught
from activelabel.session.judging.cross_judging import FOLDS
from activelabel.session.pipeline import predict_without
from activelabel.session.workshop import open_workshop

NOW = "2026-01-01T12:00:00.000+00:00"


def assessed(blobs, test=None, on_step=lambda done: None):
    ledger = blobs.ledger
    workshop = open_workshop(blobs.layout, ledger.settings)
    return assess(workshop, ledger, taught(workshop, ledger), test, on_step)


def test_before_an_answer_nothing_is_known(blobs):
    found = assessed(blobs)

    assert len(found.truth) == len(found.checkpoints) == found.propagated_units == 0
    assert found.left == found.population == 60


def test_only_the_answered_prefix_of_the_audit_order_judges(blobs):
    # row 5 of the order is open, so the answers after it are no audit answers
    blobs.answer([*blobs.order[:5], *blobs.order[6:20]])
    found = assessed(blobs)

    assert len(found.truth) == 5
    assert [("red", "green", "blue")[number] for number in found.truth] == list(blobs.true[blobs.order[:5]])


def test_not_sure_and_bad_audit_answers_are_counted_apart(blobs):
    blobs.answer(blobs.order[:8])
    blobs.answer([blobs.order[8]], EventKind.NOT_SURE)
    blobs.answer([blobs.order[9]], EventKind.BAD_ITEM)
    found = assessed(blobs)

    assert (len(found.truth), found.not_sure, found.bad, found.population, found.left) == (8, 1, 1, 59, 50)


def test_an_answer_never_judges_a_model_it_has_trained(blobs):
    # the one blue answer is an audit answer: without it, no model can know that there is blue
    blue = next(row for row in blobs.order if blobs.true[row] == "blue")
    prefix = blobs.order[: blobs.order.index(blue) + 1]
    blobs.answer(prefix)
    found = assessed(blobs)

    assert found.truth[-1] == 2
    assert found.predicted[-1] != 2
    assert found.carried[-1] != 2


def test_the_present_is_judged_as_the_plan_judges_it(blobs):
    blobs.answer(blobs.order[:15])
    ledger = blobs.ledger
    workshop = open_workshop(blobs.layout, ledger.settings)
    expected = predict_without(workshop.ground, gathered(workshop, ledger), np.array(blobs.order[:15]), FOLDS)

    assert assessed(blobs).predicted.tolist() == expected.tolist()


@pytest.mark.slow
def test_the_curve_judges_earlier_models_by_all_audit_answers_of_today(blobs):
    reds = [row for row in range(60) if blobs.true[row] == "red"][:12]
    blobs.answer([*reds, *(row for row in blobs.order[:30] if row not in reds)])
    steps = []
    found = assessed(blobs, on_step=steps.append)

    assert steps == list(range(len(found.checkpoints)))
    assert {len(point.predicted) for point in found.checkpoints} == {len(found.truth)}
    # the first ten answers knew red alone
    assert set(found.checkpoints[0].predicted) == {0}
    assert set(found.checkpoints[-1].predicted) == {0, 1, 2}
    assert found.checkpoints[0].kappa is None


def test_labels_reach_whole_blobs_and_twins_count_as_items(blobs):
    seen = [next(row for row in blobs.order if blobs.true[row] == colour) for colour in ("red", "green", "blue")]
    blobs.answer(seen)
    found = assessed(blobs)

    assert found.propagated_units == 57
    assert found.propagated_items == 64 - int(blobs.dataset.weights[seen].sum())


def test_another_file_is_judged_by_class_name_and_unknown_classes_are_wrong(blobs):
    blobs.answer(blobs.order[:30])
    table = blobs.dataset.table(np.array(blobs.order[30:36]))
    names = [*blobs.true[blobs.order[30:34]], "yellow", ""]
    held = assessed(blobs, (table, names)).held_out

    assert held.truth[:4].tolist() == held.predicted[:4].tolist()
    assert held.truth[4] == -1
    assert len(held.truth) == 5


@pytest.mark.parametrize("given", [1, 9, 10, 19, 20, 21, 57, 200, 1234])
def test_points_of_the_curve_are_ten_answers_apart_and_end_now(given):
    sizes = checkpoint_sizes(given, first=10)

    assert sizes[-1] == given
    assert min(np.diff(sizes), default=10) >= 10


def test_labels_that_came_with_the_data_teach_but_are_no_answers(blobs):
    seen = [next(row for row in blobs.order if blobs.true[row] == colour) for colour in ("red", "green", "blue")]
    ids = list(blobs.ledger.classes)
    drafts = [
        Draft(EventKind.IMPORTED, {"class": class_id, "units": [blobs.dataset.unit(row)]})
        for class_id, row in zip(ids, seen, strict=True)
    ]
    with Store(blobs.layout.labels) as store:
        store.append("ann", "2026-01-01T00:00:00.000+00:00", drafts)
    found = assessed(blobs)

    assert found.checkpoints == ()
    assert len(found.truth) == 0
    assert (found.propagated_units, found.population, found.left) == (57, 57, 57)


def test_a_test_file_may_call_a_class_what_it_was_called_before(blobs):
    blobs.answer(blobs.order[:12])
    with Store(blobs.layout.labels) as store:
        store.append("ann", NOW, change_of(parse_edit("rename red = crimson"), blobs.ledger).drafts)
    names = ["crimson" if name == "red" and row % 2 else name for row, name in enumerate(blobs.true)]
    found = assessed(blobs, (blobs.dataset.table(), [*names[:-1], "grey"]))

    assert [("red", "green", "blue")[number] for number in found.held_out.truth[:-1]] == list(blobs.true[:-1])
    assert found.held_out.truth[-1] == -1
