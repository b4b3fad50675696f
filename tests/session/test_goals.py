"""What labels are to be good at: said in words, refused in one line, and kept to wherever a label is made."""

import numpy as np
import pytest
from session.classes.test_class_changes import Book

from activelabel.errors import WrongUse
from activelabel.learning.protocols import Goal
from activelabel.project.settings import settings_from_json, settings_to_json
from activelabel.records.kinds import Modality
from activelabel.records.settings import Algorithms, Roles, Settings
from activelabel.session.goals import check_measure, goal_of, goal_today
from activelabel.session.lessons import Answers, Ground
from activelabel.session.pipeline import learn, predict_without
from activelabel.session.reasons import contested, suggestions

NAMES = ("ham", "spam", "a:b", "Caf\u00e9")


@pytest.mark.parametrize(
    ("words", "goal"),
    [
        ("accuracy", Goal("accuracy")),
        ("macro-f1", Goal("macro-f1")),
        ("recall:spam", Goal("recall", 1)),
        ("recall: SPAM ", Goal("recall", 1)),
        ("recall:a:b", Goal("recall", 2)),
        ("recall:Cafe\u0301", Goal("recall", 3)),
    ],
)
def test_a_goal_is_found_by_its_words(words, goal):
    assert goal_of(words, NAMES) == goal


@pytest.mark.parametrize("words", ["", "recall", "recall:", "recall: ", "macro-f1:spam", "Accuracy", "precision:spam"])
def test_other_words_are_refused_and_the_right_ones_named(words):
    with pytest.raises(WrongUse, match="to optimise") as refusal:
        check_measure(words)

    assert refusal.value.hint == "accuracy, macro-f1, or recall:CLASS"


@pytest.mark.parametrize(
    ("name", "names", "hint"),
    [("eggs", NAMES, "ham, spam"), ("spma", NAMES, "try 'spam'"), ("eggs", (), "--classes A,B,C")],
)
def test_a_class_that_is_not_there_is_refused_and_those_that_are_named(name, names, hint):
    with pytest.raises(WrongUse, match=f"no class named '{name}'") as refusal:
        goal_of(f"recall:{name}", names)

    assert hint in refusal.value.hint


@pytest.mark.parametrize(
    ("edits", "goal"),
    [
        ([], Goal("recall", 1)),
        (["rename spam = junk"], Goal("recall", 1)),
        (["rename spam = junk", "add spam"], Goal("recall", 1)),
        (["merge eggs, spam = junk"], Goal("recall", 1)),
        (["rename spam = junk", "merge junk = ham"], Goal("recall", 0)),
        (["split spam = adverts, fraud"], Goal("accuracy")),
        (["split spam = spam, fraud"], Goal("recall", 1)),
    ],
)
def test_a_goal_follows_its_class_through_every_edit(edits, goal):
    book = Book("ham", "spam", "eggs")
    for edit in edits:
        book.edit(edit)

    assert goal_today("recall:Spam", book.ledger) == goal
    assert goal_today("macro-f1", book.ledger) == Goal("macro-f1")


def test_settings_from_before_there_were_goals_are_for_accuracy():
    before = settings_to_json(Settings("a.csv", "csv", Modality.TABLE, Roles(("x",), numbers=("x",))))
    del before["algorithms"]["optimise"]

    assert settings_from_json(before).algorithms == Algorithms()


@pytest.fixture(scope="module")
def overlapping():
    """Return two classes on one axis that overlap, the second one rare, every third row answered, and all labels."""
    rng = np.random.default_rng(0)
    labels = (np.arange(200) % 8 == 0).astype(np.intp)
    features = (rng.normal(size=(200, 1)) + 1.5 * labels[:, None]).astype(np.float32)
    rows = np.arange(0, 200, 3)
    closed = np.zeros(200, dtype=bool)
    closed[rows] = True
    ground = Ground(features, np.ones(200), None, Algorithms(learner="logistic-regression"), 0)
    return ground, Answers(rows, labels[rows], 2, closed), labels


def given(answers, goal):
    return Answers(answers.rows, answers.labels, answers.n_classes, answers.closed, goal=goal)


@pytest.mark.parametrize("goal", [Goal("macro-f1"), Goal("recall", 1)])
def test_a_goal_moves_labels_and_leaves_probabilities_alone(overlapping, goal):
    ground, answers, labels = overlapping
    plain, moved = learn(ground, answers, 0), learn(ground, given(answers, goal), 0)

    def found(lesson):
        return int((lesson.predicted[labels == 1] == 1).sum())

    assert moved.proba.tolist() == plain.proba.tolist()
    assert plain.predicted.tolist() == plain.proba.argmax(axis=1).tolist()
    assert found(moved) > found(plain)


def test_the_audit_judges_the_labels_that_the_goal_makes(overlapping):
    ground, answers, _ = overlapping
    for_recall = given(answers, Goal("recall", 1))

    plain, moved = (predict_without(ground, said, answers.rows) for said in (answers, for_recall))

    assert moved.sum() > plain.sum()


def test_a_propagated_label_is_spoken_for_by_a_label_of_its_class(overlapping):
    ground, answers, _ = overlapping
    lesson = learn(ground, given(answers, Goal("recall", 1)), 0)

    carried = lesson.decision.labels(lesson.propagation.proba)
    unlike = lesson.propagation.proba.argmax(axis=1) != carried
    speakers = lesson.propagation.sources[unlike]

    assert unlike.any()
    assert (answers.labels[np.searchsorted(answers.rows, speakers)] == carried[unlike]).all()


def test_a_suggestion_is_the_label_of_the_goal_with_its_own_probability(overlapping):
    ground, answers, _ = overlapping
    lesson = learn(ground, given(answers, Goal("recall", 1)), 0)
    unlike = np.flatnonzero(lesson.predicted != lesson.proba.argmax(axis=1))[:3]

    names = ["c-ham", "c-spam"]
    said, reasons = suggestions(unlike, lesson, names), contested(unlike, lesson, names, ground.weights)

    assert [suggestion.class_id for suggestion in said] == ["c-spam"] * 3
    assert [suggestion.probability for suggestion in said] == lesson.proba[unlike, 1].round(4).tolist()
    assert max(suggestion.probability for suggestion in said) < 0.5
    assert {why.contested for why in reasons} == {("c-spam", "c-ham")}


def test_a_suggestion_is_less_sure_while_a_listed_class_may_be_the_answer(overlapping):
    ground, answers, _ = overlapping
    lesson = learn(ground, given(answers, Goal()), 0)
    rows, names = np.arange(3), ["c-ham", "c-spam"]

    plain, wary = suggestions(rows, lesson, names), suggestions(rows, lesson, names, known=0.25)

    assert [guess.class_id for guess in wary] == [guess.class_id for guess in plain]
    assert [guess.probability for guess in wary] == pytest.approx([guess.probability / 4 for guess in plain], abs=1e-4)
