from dataclasses import replace

import numpy as np
import pytest

from activelabel.learning.accuracy import wilson
from activelabel.learning.assessment import Assessment, Carried
from activelabel.project.ledger import Ledger
from activelabel.records.events import Event
from activelabel.records.kinds import EventKind
from activelabel.reporting.propagated import Probed, propagated_labels

TRUTH = np.zeros(8, dtype=np.intp)
BY = np.array(["near"] * 5 + ["near-duplicate"] * 2 + [""])
FOUND = Assessment(
    TRUTH,
    TRUTH,
    np.array([0, 0, 1, 0, 1, 0, 0, -1]),
    0,
    0,
    100,
    90,
    propagated_units=4,
    propagated_items=9,
    audit_carried=Carried(BY, np.array([0.95, 0.95, 0.6, 0.95, 0.6, 0.8, 0.8, 0.0]), np.ones(8)),
    now_carried=Carried(np.array(["near", "near", "near", "cluster"]), np.array([0.95, 1.0, 0.6, 0.8]), np.arange(4.0)),
)


def test_each_kind_is_judged_by_the_audit_answers_that_fell_on_it():
    found = {part.by: part for part in propagated_labels(Ledger(), FOUND).parts if part.by}

    assert found.keys() == {"near", "near-duplicate", "cluster"}
    assert (found["near"].units, found["near"].items, found["near"].right) == (3, 3, wilson(3, 5))
    assert (found["near-duplicate"].units, found["near-duplicate"].right) == (0, wilson(2, 2))
    assert (found["cluster"].units, found["cluster"].items, found["cluster"].right) == (1, 3, None)


def test_each_band_of_confidence_says_how_right_it_is():
    found = [part for part in propagated_labels(Ledger(), FOUND).parts if not part.by]

    assert [(part.low, part.high, part.units) for part in found] == [(0.5, 0.7, 1), (0.7, 0.9, 1), (0.9, 1.0, 2)]
    assert [part.right for part in found] == [wilson(0, 2), wilson(2, 2), wilson(3, 3)]
    assert found[2].confidence == pytest.approx(0.975)


def test_labels_that_are_left_are_as_right_as_audit_rows_as_sure_are():
    right = np.arange(40) >= 12
    sure = np.where(right, 0.9, 0.5)
    found = Assessment(
        np.zeros(40, dtype=np.intp),
        np.zeros(40, dtype=np.intp),
        np.where(right, 0, 1),
        0,
        0,
        500,
        400,
        audit_carried=Carried(np.full(40, "near"), sure, np.ones(40)),
        now_carried=Carried(np.full(300, "near"), np.full(300, 0.9), np.ones(300)),
    )

    assert propagated_labels(Ledger(), found).right.value > 0.8
    assert propagated_labels(Ledger(), replace(found, now_carried=None)).right == wilson(28, 40)


def test_probes_of_clusters_are_told_apart_from_audit_answers():
    events = [
        Event("e1", 1, "ann", "", EventKind.CLASS_ADDED, "", {"class": "h", "name": "ham", "key": "h"}),
        *(
            Event(
                f"e{number}", number, "ann", "", EventKind.CLUSTER, "",
                {
                    "classes": ["h"], "members": [f"u{number}{n}" for n in range(size)],
                    "right": 9, "drawn": 10, "bound": b,
                },
            )
            for number, size, b in ((2, 30, 0.9), (3, 10, 0.5))
        ),
    ]  # fmt: skip

    assert propagated_labels(Ledger(events), FOUND).probed == Probed(18, 20, pytest.approx(0.8))
    assert propagated_labels(Ledger(), FOUND).probed is None
