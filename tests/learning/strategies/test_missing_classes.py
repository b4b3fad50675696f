from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activelabel.learning.protocols import Goal, Pool
from activelabel.learning.strategies.adaptive import adaptive, may_be_found
from activelabel.learning.strategies.diversity import margin_diversity
from activelabel.learning.strategies.graph_herding import graph_herding
from activelabel.learning.strategies.ranking import interleaved
from activelabel.learning.strategies.rare_classes import class_border, rare_classes
from activelabel.learning.strategies.unseen_classes import have_a_clue, unseen_classes


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def knowing(pool: Pool, rows: np.ndarray, labels: np.ndarray, n_classes: int) -> Pool:
    """The pool with these labels, and a model that wavers between the first two classes."""
    askable = np.ones(len(pool), dtype=bool)
    askable[rows] = False
    proba = np.zeros((len(pool), n_classes))
    proba[:, 0] = np.linspace(0.5, 1.0, len(pool))
    proba[:, 1] = 1.0 - proba[:, 0]
    order = np.argsort(rows)
    return replace(pool, labelled=rows[order], labels=labels[order], n_classes=n_classes, askable=askable, proba=proba)


@pytest.fixture
def one_missing(fresh, blobs) -> Pool:
    """The blobs with twenty labels of the first two groups; the third, of ten rows, is listed and has none."""
    rows = np.flatnonzero(blobs[1] < 2)[:20]
    return knowing(fresh, rows, blobs[1][rows], 3)


# --- where missing classes are looked for ---


def test_a_group_without_a_label_is_asked_before_rows_that_lie_alone(blobs):
    odd = np.array([[0, 0, 300, 0], [0, 0, 0, -300], [-300, 0, 0, 0]], dtype=np.float32)
    features = np.concatenate([blobs[0], odd])
    n, nothing = len(features), np.empty(0, dtype=np.intp)
    empty = Pool(features, nothing, nothing, 3, np.ones(n, dtype=bool), np.ones(n))
    rows = np.flatnonzero(blobs[1] < 2)[:8]
    known = knowing(empty, rows, blobs[1][rows], 3)

    first = unseen_classes(known, 1, rng())

    assert blobs[1][first].tolist() == [2]


def test_rows_that_are_asked_together_lie_apart(fresh, blobs):
    rows = np.flatnonzero(blobs[1] == 0)[:2]

    asked = unseen_classes(knowing(fresh, rows, blobs[1][rows], 3), 2, rng())

    assert set(blobs[1][asked].tolist()) == {1, 2}


EAST, NORTH, WEST, SOUTH, SILENT = (1, 0), (0, 1), (-1, 0), (0, -1), (np.nan, np.nan)


def hinted(pool: Pool, *hints: tuple[float, float]) -> Pool:
    """The pool with what the names of its classes say in its first two features."""
    return replace(pool, hints=np.array(hints, dtype=np.float32), n_classes=len(hints))


@pytest.fixture
def compass() -> Pool:
    """Sixteen rows around a circle, from the east on, and a labelled one above it; four classes are listed."""
    angles = np.arange(16) * np.pi / 8
    circle = np.column_stack([np.cos(angles), np.sin(angles), np.zeros(16)])
    features = np.concatenate([circle, [[0, 0, 1]]]).astype(np.float32)
    nothing = np.empty(0, dtype=np.intp)
    empty = Pool(features, nothing, nothing, 4, np.ones(17, dtype=bool), np.ones(17))
    return knowing(empty, np.array([16]), np.array([0]), 4)


def test_each_missing_class_gets_the_row_that_is_most_like_its_name(compass):
    asked = unseen_classes(hinted(compass, EAST, NORTH, WEST, SOUTH), 6, rng())

    assert set(asked[:3].tolist()) == {4, 8, 12}
    assert set(asked[3:].tolist()) <= {3, 5, 7, 9, 11, 13}


def test_a_name_is_no_reason_to_ask_what_is_like_a_label_already(compass):
    askable = compass.askable.copy()
    askable[4] = False
    # the name points between the east and the label in the north: of the rows in the east, the one away from the label
    northern = replace(hinted(compass, EAST, (1, 1)), labelled=np.array([4]), askable=askable)

    assert unseen_classes(northern, 1, rng()).tolist() == [15]


def test_a_missing_class_whose_name_says_nothing_gets_every_other_question(compass):
    pool = hinted(compass, SILENT, NORTH, SILENT, SILENT)
    without = unseen_classes(replace(pool, hints=None), 2, rng())

    asked = unseen_classes(pool, 4, rng())

    assert asked[:2].tolist() == [without[0], 4]


def test_names_that_all_say_nothing_are_no_names(compass):
    silent = hinted(compass, SILENT, SILENT, SILENT, SILENT)

    assert unseen_classes(silent, 9, rng()).tolist() == unseen_classes(compass, 9, rng()).tolist()


# --- the share of the default's questions ---


def test_the_default_looks_for_a_missing_class_with_one_question_in_five(one_missing, blobs):
    asked = adaptive(one_missing, 20, rng())
    searched = unseen_classes(one_missing, 4, rng())

    assert asked[4::5].tolist() == searched.tolist()
    assert blobs[1][asked[4]] == 2


def test_the_default_does_not_look_for_classes_when_all_are_known(one_missing):
    two = replace(one_missing, n_classes=2, proba=one_missing.proba[:, :2])

    assert adaptive(two, 10, rng()).tolist() == margin_diversity(two, 10, rng()).tolist()


def test_the_default_does_not_look_for_classes_without_a_clue(one_missing, blobs):
    everywhere = np.array([np.flatnonzero(blobs[1] == group)[0] for group in range(3)])
    rows = np.union1d(one_missing.labelled, everywhere)
    joined = knowing(one_missing, rows, np.arange(len(rows)) % 2, 3)  # every part has a label, none of them of class 2

    assert adaptive(joined, 10, rng()).tolist() == graph_herding(joined, 10, rng()).tolist()


def test_a_name_is_a_clue_where_nothing_lies_apart(compass):
    rows = np.arange(0, 17, 2)[:8]
    joined = knowing(compass, np.append(rows, 16), np.arange(9) % 3, 4)

    assert not have_a_clue(joined)
    assert not have_a_clue(hinted(joined, EAST, EAST, EAST, SILENT))
    assert have_a_clue(hinted(joined, SILENT, SILENT, SILENT, WEST))


def with_counts(pool: Pool, *counts: int, n_classes: int) -> Pool:
    labels = np.repeat(np.arange(len(counts)), counts)
    return replace(pool, labelled=np.arange(len(labels)), labels=labels, n_classes=n_classes)


def test_a_class_that_is_nowhere_costs_eight_questions(fresh):
    asked = [m for m in range(10, 200) if may_be_found(with_counts(fresh, 5, m - 5, n_classes=3))]

    assert asked == list(range(10, 51))  # ten first questions, then one in five of forty


def test_a_class_that_was_found_lately_keeps_the_search_up(fresh):
    found = [may_be_found(with_counts(fresh, 40, 40, *[1] * lately, n_classes=5)) for lately in range(3)]

    assert found == [False, True, True]


@given(st.integers(0, 40), st.integers(0, 12), st.integers(2, 6))
def test_any_run_of_an_interleaved_list_holds_its_share(main, side, every):
    main, side = np.arange(main), 1000 + np.arange(side)

    rows = interleaved(main, side, every)

    assert sorted(rows.tolist()) == [*main.tolist(), *side.tolist()]
    both = rows[: every * min(len(main) // (every - 1), len(side))]
    runs = [both[start : start + every] for start in range(len(both) - every + 1)]
    assert all((run >= 1000).sum() == 1 for run in runs)


# --- goals ---


@pytest.mark.parametrize(
    ("goal", "strategy"),
    [(Goal(), margin_diversity), (Goal("macro-f1"), rare_classes), (Goal("recall", 1), class_border)],
)
def test_the_goal_decides_what_the_default_asks_once_the_classes_are_known(one_missing, goal, strategy):
    known = replace(one_missing, n_classes=2, proba=one_missing.proba[:, :2], goal=goal)

    assert adaptive(known, 10, rng()).tolist() == strategy(known, 10, rng()).tolist()


def test_of_equal_doubts_those_about_a_rare_class_come_first(fresh):
    proba = np.tile([0.98, 0.01, 0.01], (60, 1))
    common, rare = np.arange(0, 12), np.arange(12, 16)
    proba[16:36] = [0.01, 0.98, 0.01]
    proba[common] = [0.5, 0.5, 0.0]
    proba[rare] = [0.5, 0.0, 0.5]
    pool = replace(fresh, proba=proba)

    assert set(rare_classes(pool, 4, rng()).tolist()) & set(rare.tolist())
    assert not set(margin_diversity(pool, 1, rng()).tolist()) & set(rare.tolist())


def test_for_the_recall_of_a_class_rows_are_asked_that_would_be_missed(fresh):
    chance = np.concatenate([np.linspace(0.9, 0.0, 40), np.zeros(20)])
    proba = np.column_stack([1.0 - chance, chance, np.zeros(60)])
    proba[40:50] = [0.5, 0.0, 0.5]  # doubts about others
    labels = np.repeat([0, 1, 2], 3)
    known = replace(fresh, labelled=np.arange(51, 60), labels=labels, proba=proba, goal=Goal("recall", 1))

    asked = chance[class_border(known, 5, rng())]

    assert (asked > 0.05).all()
    assert np.median(asked) < 0.5


def test_a_class_to_find_that_has_no_label_is_looked_for(one_missing, blobs):
    asked = class_border(replace(one_missing, goal=Goal("recall", 2)), 4, rng())

    assert 2 in blobs[1][asked[1::2]]


def test_without_a_class_to_find_the_rarest_is_meant(pool):
    assert pool.proba.sum(axis=0).argmin() == 2
    for_rarest = replace(pool, goal=Goal("recall", 2))

    assert class_border(pool, 6, rng()).tolist() == class_border(for_rarest, 6, rng()).tolist()
