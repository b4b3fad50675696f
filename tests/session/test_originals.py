"""Exact and near duplicates through the whole road: asked once, learnt from once, on one side of every split."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.datasets import load_digits

from activelabel.learning.decision import Decision
from activelabel.learning.features.choose import featurizer_for
from activelabel.project.claims import Claims
from activelabel.project.inspection import Wishes, inspect
from activelabel.project.layout import Layout
from activelabel.project.plan import PlanReader
from activelabel.project.recorded import ledger_of
from activelabel.project.store import Store
from activelabel.records.contents import ColumnTable
from activelabel.records.kinds import CardKind, Modality
from activelabel.records.settings import Algorithms
from activelabel.session.asker import Asker
from activelabel.session.instep import InStep
from activelabel.session.learner import Learner
from activelabel.session.lessons import Answers, Ground, Lesson
from activelabel.session.pipeline import learn, predict_without
from activelabel.session.reasons import contested
from activelabel.session.replies import Chosen
from activelabel.session.setup import create_project
from activelabel.session.simulate import Problem, split_of

QUICK = Algorithms(learner="logistic-regression")
NOISE = 1e-4


def thrice(rows, noise=NOISE):
    """Return each row three times with a little noise, mixed, and which row each was made from."""
    rng = np.random.default_rng(1)
    source = rng.permutation(np.repeat(np.arange(len(rows)), 3))
    return (rows[source] + noise * rng.normal(size=rows[source].shape)).astype(np.float32), source


@pytest.fixture
def ground():
    """Forty rows in two groups, each three times, and which row each was made from."""
    rows = np.random.default_rng(0).normal(size=(40, 5)) + 6 * (np.arange(40) % 2)[:, None]
    features, source = thrice(rows)
    return Ground(features, np.ones(120), None, QUICK, 0), source


def answers_to(rows, labels, n, also_closed=()):
    order = np.argsort(rows)
    closed = np.isin(np.arange(n), [*rows, *also_closed])
    return Answers(np.array(rows, dtype=np.intp)[order], np.array(labels, dtype=np.intp)[order], 2, closed)


def test_a_list_of_questions_has_one_row_of_each_set(ground):
    ground, source = ground
    lesson = learn(ground, answers_to([], [], 120), 100)

    assert sorted(source[lesson.questions]) == list(range(40))
    assert ground.distinct.weights.tolist() == [3] * 40


def test_a_row_is_not_asked_when_one_like_it_was_answered_in_any_way(ground):
    ground, source = ground
    labelled, not_sure = [0, 1, 2, 3], [4, 5]
    lesson = learn(ground, answers_to(labelled, source[labelled] % 2, 120, not_sure), 100)

    done = source[[*labelled, *not_sure]]
    assert not np.isin(source[lesson.questions], done).any()
    assert len(lesson.questions) == 40 - len(np.unique(done))


@pytest.mark.parametrize(
    "named", [QUICK, Algorithms(), Algorithms(propagator="cluster", learner="logistic-regression")]
)
def test_a_near_duplicate_has_the_label_of_the_answered_row_and_names_it(ground, named):
    ground, source = ground
    answered = np.unique(source, return_index=True)[1][:10]
    lesson = learn(replace(ground, algorithms=named), answers_to(answered, source[answered] % 2, 120), 0)

    for row in answered:
        alike = source == source[row]
        assert (lesson.propagation.sources[alike] == row).all()
        assert (lesson.propagation.proba[alike].argmax(axis=1) == source[row] % 2).all()
        assert lesson.propagation.proba[row].max() == 1
        assert (lesson.propagation.proba[np.setdiff1d(np.flatnonzero(alike), row)].max(axis=1) < 1).all()
    assert np.isin(lesson.propagation.sources[lesson.propagation.reached], answered).all()
    assert len(np.unique(lesson.proba, axis=0)) <= 40


def test_where_answers_to_near_duplicates_differ_most_win_and_each_keeps_its_own(ground):
    ground, source = ground
    alike, other = np.flatnonzero(source == 7), np.flatnonzero(source == 6)[:1]
    rows = [*alike, *other]
    lesson = learn(ground, answers_to(rows, [0, 1, 1, 0], 120), 0)
    without = learn(ground, answers_to(rows[1:], [1, 1, 0], 120), 0)

    assert lesson.propagation.proba[alike].tolist() == [[1, 0], [0, 1], [0, 1]]
    assert lesson.propagation.sources[alike].tolist() == alike.tolist()
    assert without.propagation.sources[alike[0]] == alike[1]
    assert (lesson.proba == without.proba).all()


def test_an_answer_never_judges_a_model_that_has_seen_one_like_it():
    rng = np.random.default_rng(0)
    features, source = thrice(rng.normal(size=(60, 30)))
    labels = rng.integers(0, 2, 60)[source]
    everything = np.arange(180)
    nearest = Algorithms(learner="nearest-neighbours")
    ground = Ground(features, np.ones(180), None, nearest, 0)
    answers = Answers(everything, labels, 2, everything >= 0)
    judged = predict_without(ground, answers, everything)

    # labels of noise cannot be foretold but from the row's own copies
    assert (judged == labels).mean() < 0.7


def test_groups_of_the_data_and_near_duplicates_stay_together(ground):
    ground, source = ground
    found = replace(ground, groups=source // 2).together

    assert len(np.unique(found)) == 20
    assert len(np.unique(ground.together)) == 40


def problem_of(rows, groups=None):
    table = ColumnTable(Modality.VECTORS, len(rows), ("a", "b", "c", "d", "e"), rows)
    return Problem(table, np.arange(len(rows)) % 2, ("even", "odd"), groups)


@pytest.mark.parametrize("grouped", [False, True])
def test_a_split_has_all_near_duplicates_on_one_side(ground, grouped):
    problem = problem_of(ground[0].features, np.arange(120) if grouped else None)
    split = split_of(problem, 0, 0.25)

    pool = {tuple(np.round(row, 2)) for row in split.ground.features}
    test = {tuple(np.round(row, 2)) for row in split.test}
    assert len(split.test) == 30
    assert pool.isdisjoint(test)


def test_near_duplicates_count_as_items_that_share_a_doubt():
    proba = np.array([[0.5, 0.5], [0.45, 0.55], [1.0, 0.0]])
    lesson = Lesson(np.array([0]), "margin", proba=proba, decision=Decision(np.ones(2)))
    found = contested(np.array([0]), lesson, ("a", "b"), np.array([3.0, 2.0, 5.0]))

    assert found[0].stands_for == 5


def write(path, rows, times):
    lines = [f"{x},{y},{number}" for number, (x, y) in enumerate([*rows] * times)]
    path.write_text("\n".join(["width,height,name", *lines]) + "\n", encoding="utf-8")
    return path


def make(folder, data):
    settings = replace(inspect(data, Wishes(id="name")).settings, data=str(data), algorithms=QUICK)
    create_project(folder, settings, ("red", "blue"), "ann")
    return Layout(folder)


def asked_of(layout, answers):
    """Answer the first cards by the sign of x; return what they showed, their kinds, and whether more may come."""
    shown, kinds = [], []
    store, claims, learner = Store(layout.labels), Claims(layout.claims), Learner(layout)
    asker = Asker(store, PlanReader(layout), claims, "ann", lambda: "2026-01-01T00:00:00.000+00:00")
    questions = InStep(asker, learner)
    ids = {known.name: known.id for known in asker.ledger.classes.values()}
    for _ in range(answers):
        card = questions.ask()
        if card is None:
            break
        shown.append((float(card.item.content.fields[0][1]), float(card.item.content.fields[1][1])))
        kinds.append(card.kind)
        questions.tell(card, Chosen(ids["red" if shown[-1][0] > 0 else "blue"]), 1.0)
    more = asker.more_to_come()
    for each in (store, claims, learner):
        each.close()
    return shown, kinds, more


@pytest.mark.slow
def test_a_file_with_each_row_three_times_asks_the_questions_of_the_file_with_each_row_once(tmp_path):
    rows = np.random.default_rng(0).normal(size=(50, 2)).round(4).tolist()
    asked = []
    for times in (1, 3):
        layout = make(tmp_path / f"project-{times}", write(tmp_path / f"rows-{times}.csv", rows, times))
        asked.append(asked_of(layout, 25)[0])

    assert asked[0] == asked[1]
    assert len(set(asked[0])) == 25


@pytest.mark.slow
def test_when_only_near_duplicates_are_left_the_audit_order_goes_on_to_the_end(tmp_path):
    rows, source = thrice(10 * np.random.default_rng(0).normal(size=(12, 2)))
    layout = make(tmp_path / "project", write(tmp_path / "rows.csv", rows.tolist(), 1))
    shown, kinds, more = asked_of(layout, 25)
    plans = PlanReader(layout)
    plans.refresh()

    originals = [source[np.abs(rows - card).sum(axis=1).argmin()] for card in shown]
    ranked = [original for original, kind in zip(originals, kinds, strict=True) if kind is not CardKind.AUDIT]
    assert more
    assert len(set(ranked)) == len(ranked)
    assert set(originals) == set(range(12))
    assert plans.plan.cards == ()
    rest, kinds, more = asked_of(layout, 100)
    assert len(rest) == 36 - 25
    assert set(kinds) == {CardKind.AUDIT}
    assert not more
    assert len(ledger_of(layout).answers) == 36


@pytest.mark.slow
def test_on_digits_three_times_nothing_is_wasted():
    pictures, labels = load_digits(return_X_y=True)
    names = tuple(f"x{place}" for place in range(64))
    table = ColumnTable(Modality.IMAGE, len(labels), names, pictures.astype(np.float32), pixels=(8, 8))
    once = featurizer_for(table).fit_transform(table, np.random.default_rng(0))
    features, source = thrice(once, noise=0.002)
    right = []
    for rows, number in ((once, np.arange(len(once))), (features, source)):
        ground = Ground(rows, np.ones(len(rows)), None, Algorithms(), 0)
        closed = np.zeros(len(rows), dtype=bool)
        lesson = learn(ground, Answers(np.empty(0, np.intp), np.empty(0, np.intp), 10, closed), 10)
        for _ in range(3):
            closed[lesson.questions] = True
            asked = np.flatnonzero(closed)
            lesson = learn(ground, Answers(asked, labels[number[asked]], 10, closed.copy()), 10)
        right.append((lesson.proba.argmax(axis=1) == labels[number]).mean())

        assert len(np.unique(number[asked])) == 30
    assert right[1] > right[0] - 0.02


def test_in_a_big_pool_near_duplicates_are_merged_once_there_is_an_answer(monkeypatch):
    monkeypatch.setattr("activelabel.learning.near_duplicates.SOON", 5)
    rows = np.random.default_rng(0).normal(size=(6, 2)).astype(np.float32)
    rows[4] = rows[1]
    ground = Ground(rows, np.ones(6), None, Algorithms(), 0)
    nothing = np.array([], dtype=np.intp)

    opening = learn(ground, Answers(nothing, nothing, 2, np.zeros(6, dtype=bool)), 6)
    later = learn(ground, Answers(np.array([0]), np.array([1]), 2, np.arange(6) == 0), 6)

    assert sorted(opening.questions) == [0, 1, 2, 3, 4, 5]
    assert sorted(later.questions) == [1, 2, 3, 5]
