import numpy as np
import pytest

from activelabel.learning.assessment import CarriedBy
from activelabel.project.store import Draft, Store
from activelabel.records.kinds import EventKind
from activelabel.session.answers import audited, drawn_from, gathered
from activelabel.session.judging.carrying import carried_now
from activelabel.session.judging.cross_judging import judge, judge_at_once
from activelabel.session.judging.present import present
from activelabel.session.pipeline import learn
from activelabel.session.workshop import open_workshop

COLOURS = ("red", "green", "blue")


def opened(blobs):
    ledger = blobs.ledger
    workshop = open_workshop(blobs.layout, ledger.settings)
    answers = gathered(workshop, ledger)
    return workshop, ledger, answers, learn(workshop.ground, answers, 0)


def presented(blobs):
    return present(*opened(blobs))[0]


def one_of_each(blobs, but=()):
    return [next(row for row in blobs.order[30:] if blobs.true[row] == colour and row not in but) for colour in COLOURS]


def say(blobs, kind, **data):
    with Store(blobs.layout.labels) as store:
        return store.append("ann", "2026-01-01T00:00:00.000+00:00", [Draft(kind, data)])


def judged_apart(workshop, answers, lesson, audit):
    return judge(workshop.ground, answers, np.array(audit), lesson)


def judged_at_once(workshop, answers, lesson, audit):
    return judge_at_once(workshop.ground, answers, np.array(audit), lesson)


either_way = pytest.mark.parametrize("judged_by", [judged_apart, judged_at_once])


@either_way
def test_no_row_is_foretold_by_a_model_that_saw_its_label(blobs, judged_by):
    chosen = one_of_each(blobs)
    blobs.answer([*blobs.order[:10], *chosen])
    # nothing else says that these are anything but what lies around them
    wrong = [row for row in blobs.order[30:] if blobs.true[row] == "red"][:2]
    blobs.answer(wrong, colour="blue")
    workshop, _, answers, lesson = opened(blobs)
    judged = judged_by(workshop, answers, lesson, blobs.order[:10])

    assert set(judged.predicted[wrong]) == {0}
    assert (judged.proba[wrong, 2] < 0.5).all()


@either_way
def test_rows_without_a_label_are_foretold_by_the_model_of_all_labels(blobs, judged_by):
    blobs.answer(blobs.order[:10])
    workshop, _, answers, lesson = opened(blobs)
    judged = judged_by(workshop, answers, lesson, blobs.order[:10])
    open_rows = blobs.order[10:]

    assert np.array_equal(judged.proba[open_rows], lesson.proba[open_rows])
    assert (judged.carried[open_rows] == -1).all()


@either_way
def test_audit_rows_that_teach_each_others_models_make_the_accuracy_less_sure(blobs, judged_by):
    # ten rows of three colours, most of which the others alone let one foretell
    blobs.answer(blobs.order[:10])
    workshop, ledger, answers, lesson = opened(blobs)
    found = judged_by(workshop, answers, lesson, blobs.order[:10])
    blobs.answer(blobs.order[10:40])
    later = judged_by(*(opened(blobs)[place] for place in (0, 2, 3)), blobs.order[:10])

    assert found.covariance > 0
    assert found.foretold(np.array(blobs.order[:10]), drawn_from(workshop, ledger)).covariance == found.covariance
    # of so many labels none depends on a single other one
    assert later.covariance < found.covariance / 10


def test_what_was_foretold_of_all_leaves_out_bad_items(blobs):
    blobs.answer(blobs.order[:12])
    blobs.answer([blobs.order[40]], EventKind.BAD_ITEM)
    workshop, ledger, *_ = opened(blobs)
    found = presented(blobs).foretold

    assert drawn_from(workshop, ledger).sum() == 59
    assert found.proba.shape == (12, 3)
    assert found.of_all.sum() == pytest.approx(1)
    assert 0 < found.sure_of_all <= 1


def test_a_label_given_to_a_cluster_is_judged_by_audit_answers_that_came_later(blobs):
    seen = one_of_each(blobs)
    blobs.answer(seen)
    members = blobs.order[:4]
    red = next(iter(blobs.ledger.classes))
    units = [blobs.dataset.unit(row) for row in members]
    say(blobs, EventKind.CLUSTER, classes=[red], members=units, bound=0.8, right=10, drawn=10, probe=[])
    blobs.answer(members[:3])
    found = presented(blobs)

    assert found.audit_carried.by[:3].tolist() == [CarriedBy.CLUSTER] * 3
    assert found.carried[:3].tolist() == [0, 0, 0]
    assert found.audit_carried.sure[:3].tolist() == [0.8] * 3
    # the one that nobody answered has its label now
    assert (found.now_carried.by == CarriedBy.CLUSTER).sum() == 1


def test_propagated_labels_are_counted_once_each_with_their_items(blobs):
    blobs.answer(one_of_each(blobs))
    workshop, _, answers, lesson = opened(blobs)
    found = carried_now(workshop, answers, lesson)

    assert len(found.by) == 57
    assert found.items.sum() == 64 - blobs.dataset.weights[answers.rows].sum()
    assert ((found.sure > 0) & (found.sure <= 1)).all()


def test_labels_that_the_others_contradict_are_named_but_none_of_the_audit_sample(blobs):
    reds = [row for row in blobs.order[30:] if blobs.true[row] == "red"]
    blobs.answer([*blobs.order[:20], *reds[:6], *one_of_each(blobs, reds[:6])])
    blobs.answer(reds[:1], colour="green")
    blobs.answer([next(row for row in blobs.order[:20] if blobs.true[row] == "red")], colour="green")
    found = presented(blobs)

    assert [(one.item, one.given, one.believed) for one in found.suspects] == [(blobs.dataset.item(reds[0]).id, 1, 0)]
    assert found.wrong >= 1
    assert 0 < found.foretold_right < 1


def test_an_answer_given_far_too_fast_is_named_with_its_item(blobs):
    blobs.answer(blobs.order[:25])
    last = blobs.order[25]
    unit, red = blobs.dataset.unit(last), next(iter(blobs.ledger.classes))
    draft = Draft(
        EventKind.LABEL,
        {"unit": unit, "card": "audit", "seconds": 0.1, "generation": 1, "classes": [red]},
        blobs.dataset.item(last),
    )
    with Store(blobs.layout.labels) as store:
        store.append("ann", "2026-01-01T00:00:00.000+00:00", [draft])
    (odd,) = presented(blobs).odd_paces

    assert (odd.item, odd.annotator, odd.seconds, odd.usual) == (blobs.dataset.item(last).id, "ann", 0.1, 2.0)


def test_a_label_that_came_with_the_data_and_was_changed_since_is_in_no_sample(blobs):
    units = [blobs.dataset.unit(row) for row in blobs.order[:2]]
    say(blobs, EventKind.IMPORTED, **{"class": next(iter(blobs.ledger.classes)), "units": units})
    blobs.answer([*blobs.order[:6], *one_of_each(blobs)])
    workshop, ledger, answers, _ = opened(blobs)
    sample = audited(workshop, ledger, answers)

    assert sample.rows.tolist() == blobs.order[2:6]
    assert sample.population == drawn_from(workshop, ledger).sum() == 58
