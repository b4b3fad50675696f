import json
from dataclasses import replace

import numpy as np
import pytest

from activelabel.learning.accuracy import wilson
from activelabel.learning.assessment import Assessment, Checkpoint, Foretold, HeldOut
from activelabel.project.ledger import Ledger
from activelabel.project.settings import settings_to_json
from activelabel.records.events import Event
from activelabel.records.kinds import EventKind, Modality
from activelabel.records.settings import Roles, Settings
from activelabel.reporting.summarise import Frame, summarise
from activelabel.reporting.summary import Biased

NONE = np.empty(0, np.intp)
NOTHING = Assessment(NONE, NONE, NONE, 0, 0, 900, 900)
FRAME = Frame("birds", 1000, 900, None)


def event(counter, kind, **data):
    return Event(f"e{counter}", counter, "ann", "2026-01-01", kind, "", data)


@pytest.fixture
def ledger():
    settings = Settings("/data/birds.csv", "csv", Modality.TABLE, Roles(("x",), numbers=("x",)))
    return Ledger(
        [
            event(1, EventKind.SETTINGS, **settings_to_json(settings)),
            *(
                event(n, EventKind.CLASS_ADDED, **{"class": f"c{n}", "name": f"bird {n}", "key": str(n)})
                for n in (2, 3)
            ),
            event(4, EventKind.IMPORTED, **{"class": "c3", "units": ["u8", "u9"]}),
            event(5, EventKind.LABEL, unit="u1", classes=["c2"], seconds=4.0),
        ]
    )


def judged(truth, predicted, **more):
    return replace(NOTHING, truth=np.array(truth), predicted=np.array(predicted), carried=np.array(predicted), **more)


def test_without_audit_answers_accuracy_is_unknown_and_says_how_many_would_tell(ledger):
    summary = summarise(ledger, NOTHING, FRAME)

    assert summary.accuracy.right is None
    assert (summary.accuracy.headline, summary.accuracy.answers_needed) == (False, 10)
    assert summary.confusion is summary.propagated.right is summary.accuracy.macro_f1 is None
    assert all(one.precision is one.recall is None for one in summary.classes)


def test_nine_audit_answers_give_an_interval_and_ten_a_headline(ledger):
    nine = summarise(ledger, judged([0] * 9, [0] * 9), FRAME).accuracy
    ten = summarise(ledger, judged([0] * 10, [0] * 10), FRAME).accuracy

    assert (nine.right.n, nine.headline, nine.answers_needed, nine.answers_until_narrow) == (9, False, 1, None)
    assert (ten.right.n, ten.headline, ten.answers_needed) == (10, True, 0)
    assert ten.answers_until_narrow > 0


def test_the_interval_knows_how_small_the_pool_is(ledger):
    census = summarise(ledger, judged([0] * 9, [0] * 8 + [1], population=9), FRAME).accuracy.right

    assert census.low == census.value == census.high


def test_not_sure_gives_a_worst_and_a_best_case(ledger):
    found = summarise(ledger, judged([0] * 8, [0] * 6 + [1] * 2, not_sure=2), FRAME).accuracy

    assert (found.worst.value, found.right.value, found.best.value) == (0.6, 0.75, 0.8)


def test_classes_have_labels_support_precision_and_recall(ledger):
    one, other = summarise(ledger, judged([0, 0, 0, 1], [0, 0, 1, 1]), FRAME).classes

    assert (one.labels, one.imported, one.support) == (1, 0, 3)
    assert (other.labels, other.imported, other.support) == (0, 2, 1)
    assert one.recall == wilson(2, 3)
    assert other.precision == wilson(1, 2)


def test_macro_f1_is_given_only_when_every_class_was_audited_three_times(ledger):
    none = summarise(ledger, judged([0] * 12, [0] * 12), FRAME).accuracy
    half = summarise(ledger, judged([0] * 10 + [1] * 2, [0] * 12), FRAME).accuracy
    whole = summarise(ledger, judged([0] * 9 + [1] * 3, [0] * 12), FRAME).accuracy

    assert (none.macro_f1, none.answers_until_macro_f1) == (None, None)
    assert (half.macro_f1, half.answers_until_macro_f1) == (None, 6)
    assert whole.macro_f1.value == pytest.approx((18 / 21) / 2)
    assert whole.answers_until_macro_f1 == 0


def test_propagated_labels_are_judged_only_where_they_reached(ledger):
    found = judged([0, 0, 1], [0, 0, 0], propagated_units=5, propagated_items=7)
    found = replace(found, carried=np.array([0, -1, 0]))
    summary = summarise(ledger, found, FRAME)

    assert summary.propagated.right == wilson(1, 2)
    assert (summary.propagated.units, summary.propagated.items) == (5, 7)


def test_a_class_the_project_has_not_counts_as_wrong_in_another_file(ledger):
    held = HeldOut(np.array([0, 1, -1, 0]), np.array([0, 1, 1, 0]))
    test = summarise(ledger, replace(NOTHING, held_out=held), replace(FRAME, test="more.csv")).test

    assert (test.path, test.rows, test.unknown, test.right.value) == ("more.csv", 4, 1, 0.75)
    assert test.macro_f1.value == pytest.approx((1 + 2 / 3 + 0) / 3)


def test_json_is_the_whole_tree_with_null_for_what_is_not_known(ledger):
    point = Checkpoint(1, np.array([0, 0]), None)
    summary = summarise(ledger, judged([0, 1], [0, 0], checkpoints=(point,)), FRAME)
    found = json.loads(summary.to_json())

    assert found["version"] == 2
    assert found["data"] == {
        "path": "/data/birds.csv", "format": "csv", "modality": "table", "items": 1000, "units": 900, "duplicates": 100,
        "drawn_from": None,
    }  # fmt: skip
    assert found["accuracy"]["right"]["n"] == 2
    assert found["classes"][1]["name"] == "bird 3"
    assert found["confusion"] == {"classes": ["bird 2", "bird 3"], "counts": [[1, 0], [1, 0]]}
    assert found["curve"][0]["kappa"] is found["test"] is None
    assert found["origin"]["generation"] == 0


def test_how_common_a_class_is_counts_labels_that_came_with_the_data(ledger):
    one, other = summarise(ledger, judged([0] * 8 + [1] * 2, [0] * 10, population=98), FRAME).classes

    assert one.share.value == pytest.approx(0.8 * 98 / 100)
    assert other.share.value == pytest.approx((0.2 * 98 + 2) / 100)
    assert one.answers_until_known == 3
    assert other.answers_until_known == 40


def test_what_models_foretold_makes_accuracy_and_shares_surer(ledger):
    truth = np.array([0, 1] * 20)
    predicted = np.where(np.arange(40) % 8, truth, 1 - truth)
    said = np.where(np.arange(40) % 8, 0.95, 0.55)
    proba = np.stack([np.where(predicted == 0, said, 1 - said), np.where(predicted == 1, said, 1 - said)], axis=1)
    foretold = Foretold(proba, said, np.array([0.5, 0.5]), 0.9)
    alone = summarise(ledger, judged(truth, predicted), FRAME)
    helped = summarise(ledger, judged(truth, predicted, foretold=foretold), FRAME)

    assert helped.accuracy.counted == alone.accuracy.counted == alone.accuracy.right
    assert width(helped.accuracy.right) < width(alone.accuracy.right)
    assert width(helped.classes[0].share) < 0.8 * width(alone.classes[0].share)


def width(estimate):
    return estimate.high - estimate.low


def test_figures_that_are_no_accuracy_are_under_that_name(ledger):
    foretold = Foretold(np.full((12, 2), 0.5), np.full(12, 0.5), np.array([0.5, 0.5]), 0.5)
    found = judged([0] * 12, [0] * 12, foretold=foretold, foretold_right=0.6, sure_now=0.9)

    assert summarise(ledger, found, FRAME).accuracy.biased == Biased(0.6, 0.9)
    assert summarise(ledger, NOTHING, FRAME).accuracy.biased is None
