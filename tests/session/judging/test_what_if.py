from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from activelabel.project.store import Draft, Store
from activelabel.records.kinds import EventKind
from activelabel.records.settings import Algorithms
from activelabel.session.course import BATCH
from activelabel.session.judging.what_if import Told, _Replay, otherwise, what_if
from activelabel.session.lessons import Answers, Ground
from activelabel.session.pipeline import learn
from activelabel.session.workshop import open_workshop

NOW = "2026-01-01T12:00:00.000+00:00"


def tried(blobs, *strategies, on_step=lambda done: None):
    ledger = blobs.ledger
    return what_if(open_workshop(blobs.layout, ledger.settings), ledger, strategies, on_step)


def told_of(features, labels, order, audit, imported=()):
    """Return what is learnt from when these rows were labelled in this order."""
    rows = np.sort(np.concatenate([order, np.array(imported, dtype=np.intp)]).astype(np.intp))
    closed = np.isin(np.arange(len(features)), rows)
    answers = Answers(rows, labels[rows], int(labels.max()) + 1, closed)
    return Told(answers, np.array(order), np.array(audit), 0.0, len(features))


@pytest.fixture
def ground():
    rng = np.random.default_rng(5)
    features = rng.normal(0, 1, (120, 2)).astype(np.float32)
    features[60:, 0] += 8
    return Ground(features, np.ones(120), None, Algorithms(learner="logistic-regression"), 0)


HALVES = np.repeat([0, 1], 60)


def test_under_twenty_audit_answers_nothing_can_be_known(blobs):
    blobs.answer(blobs.order[:19])

    assert [(one.strategy, one.audited, one.trials) for one in tried(blobs, "random", "margin")] == [
        ("random", 19, ()),
        ("margin", 19, ()),
    ]


def test_not_sure_is_no_audit_answer_that_could_judge(blobs):
    blobs.answer(blobs.order[:19])
    blobs.answer([blobs.order[19]], EventKind.NOT_SURE)

    assert tried(blobs, "random")[0].trials == ()


def test_answers_asked_at_random_are_what_a_random_choice_would_have_given(blobs):
    blobs.answer(blobs.order[:40])
    found = tried(blobs, "random")[0]

    assert found.audited == 40
    assert all((trial.asked == trial.otherwise).all() for trial in found.trials)
    assert all(len(trial.asked) == 40 for trial in found.trials)


def test_a_random_choice_is_tried_up_to_the_audit_sample_without_a_fold(blobs):
    reds = [row for row in range(60) if blobs.true[row] == "red" and row not in blobs.order[:30]]
    blobs.answer([*reds, *blobs.order[:30]])
    found = tried(blobs, "random")[0]

    # about a fifth of them judge at a time
    assert 20 <= found.trials[-1].answers <= 24
    # the first answers knew red alone, a random choice more than that
    assert found.trials[0].otherwise.sum() > found.trials[0].asked.sum()


def test_an_answer_never_judges_a_model_it_has_trained(ground):
    labels = HALVES.copy()
    labels[7] = 2
    order = np.array([7, *range(0, 7), *range(60, 92)])
    audit = order[:25]
    found = otherwise(ground, told_of(ground.features, labels, order, audit), ["margin"])[0]

    # the only answer of its class is unknown to whoever judges it
    assert not any(trial.asked[0] or trial.otherwise[0] for trial in found.trials)


def test_a_replay_goes_up_to_half_of_the_known_answers_and_asks_none_that_is_unknown(ground):
    order = np.arange(0, 120, 2)
    told = told_of(ground.features, HALVES, order, order[:25])
    found = otherwise(ground, told, ["margin"])[0]
    replay = _Replay(ground, told, order[::2])
    replay.go_on(30)

    assert found.trials[-1].answers == 30
    assert sorted(replay.asked) == sorted(order[::2])


def test_a_replay_asks_by_the_strategy_that_is_named(ground):
    order = np.arange(0, 120, 2)
    told = told_of(ground.features, HALVES, order, order[:25])
    asked = {}
    for strategy in ("margin", "representative"):
        named = replace(ground, algorithms=replace(ground.algorithms, strategy=strategy))
        replay = _Replay(named, told, order)
        replay.go_on(BATCH)
        replay.go_on(BATCH)
        asked[strategy] = replay.asked

    assert asked["margin"][:BATCH] == asked["representative"][:BATCH]
    assert asked["margin"] != asked["representative"]


def test_labels_that_came_with_the_data_teach_every_side_and_are_not_asked(ground):
    order = np.arange(0, 60)
    told = told_of(ground.features, HALVES, order, order[:25], imported=[100, 101])
    replay = _Replay(ground, told, told.answers.rows)
    replay.go_on(BATCH)

    assert set(replay.asked) <= set(order.tolist())
    # nobody answered about the second half: only the two labels that came along know of it
    assert set(replay.lesson.predicted.tolist()) == {0, 1}


def test_of_near_duplicates_whichever_is_known_answers(ground):
    features = np.repeat(ground.features[::2], 2, axis=0)
    twins = replace(ground, features=features)
    order = np.arange(1, 120, 2)
    replay = _Replay(twins, told_of(features, HALVES, order, order[:25]), order)
    replay.go_on(BATCH)
    replay.go_on(BATCH)

    assert len(set(replay.asked)) == 20
    assert set(replay.asked) <= set(order.tolist())


def test_every_model_that_is_fitted_is_counted_and_the_line_as_it_was_asked_once(ground, monkeypatch):
    fitted, counted = [], []

    def counting(ground, answers, q):
        fitted.append(ground.algorithms.strategy)
        return learn(ground, answers, q)

    monkeypatch.setattr("activelabel.session.judging.what_if.learn", counting)
    order = np.arange(0, 120, 2)
    told = told_of(ground.features, HALVES, order, order[:25])
    found = otherwise(ground, told, ["margin", "entropy"], lambda: counted.append(1))

    assert [len(one.trials) for one in found] == [3, 3]
    assert Counter(fitted) == {"default": 5 * 3, "margin": 5 * 4, "entropy": 5 * 4}
    assert len(counted) == len(fitted)


@pytest.mark.slow
def test_the_same_comes_out_twice(blobs):
    blobs.answer(blobs.order[:40])
    steps = []
    first, second = (tried(blobs, "margin", on_step=steps.append)[0] for _ in range(2))

    assert len(first.trials) == 2
    assert steps == [*range(1, len(steps) // 2 + 1)] * 2 != []
    assert [trial.otherwise.tolist() for trial in first.trials] == [trial.otherwise.tolist() for trial in second.trials]


def test_what_was_said_to_a_whole_cluster_teaches_no_side(blobs):
    given = blobs.answer(blobs.order[:30])
    before = tried(blobs, "random")[0]
    blue = next(known.id for known in blobs.ledger.classes.values() if known.name == "blue")
    rest = [blobs.dataset.unit(row) for row in blobs.order[30:]]
    said = {"members": rest, "classes": [blue], "probe": [given[0].uuid], "bound": 0.7}
    with Store(blobs.layout.labels) as store:
        store.append("ann", NOW, [Draft(EventKind.CLUSTER, said, blobs.dataset.item(blobs.order[0]))])
    after = tried(blobs, "random")[0]

    assert [trial.otherwise.tolist() for trial in after.trials] == [trial.otherwise.tolist() for trial in before.trials]
