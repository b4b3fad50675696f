from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from activelabel.errors import WrongUse
from activelabel.learning.registry import KINDS, find, names


def test_naming_algorithms_loads_none_of_them():
    program = "import sys, activelabel.learning.registry; print(*[m for m in sys.modules if m in sys.argv])"
    heavy = ["numpy", "scipy", "sklearn", "pandas", "activelabel.learning.catalogue.measured"]

    done = subprocess.run([sys.executable, "-c", program, *heavy], capture_output=True, text=True, check=True)

    assert done.stdout.split() == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_default_and_every_row_is_described_and_loads(kind):
    assert names(kind)[0] == "default"
    for name, entry in KINDS[kind].items():
        assert callable(find(kind, name))
        assert all([entry.summary, entry.when, entry.cost, entry.source])


def test_a_name_that_does_not_exist_is_answered_with_the_nearest():
    with pytest.raises(WrongUse, match="no strategy named 'margn'") as refusal:
        find("strategy", "margn")

    assert refusal.value.hint == "try 'margin'"


def test_a_name_like_no_other_is_answered_with_all_of_them():
    with pytest.raises(WrongUse) as refusal:
        find("clusterer", "zzz")

    assert refusal.value.hint == "one of " + ", ".join(names("clusterer"))


def test_any_classifier_with_probabilities_can_be_a_learner():
    learner = find("learner", "sklearn.tree:DecisionTreeClassifier")
    rows, classes = np.arange(8.0)[:, None], np.arange(8) // 4

    model = learner(np.random.default_rng(0)).fit(rows, classes)

    assert model.predict_proba(rows).argmax(axis=1).tolist() == classes.tolist()


def test_the_seed_of_an_outside_learner_comes_from_the_generator():
    learner = find("learner", "sklearn.ensemble:ExtraTreesClassifier")
    rows = np.random.default_rng(1).normal(size=(30, 3))

    same, again, other = (
        learner(np.random.default_rng(seed)).fit(rows, rows[:, 0] > 0).predict_proba(rows[:, ::-1])
        for seed in (0, 0, 1)
    )

    assert (same == again).all()
    assert (same != other).any()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sklearn.svm:LinearSVC", "has no predict_proba"),
        ("sklearn.svm:NoSuchThing", "no learner 'sklearn.svm:NoSuchThing'"),
        ("no_such_module:Thing", "No module named 'no_such_module'"),
        (":Thing", "no learner ':Thing'"),
    ],
)
def test_what_cannot_be_a_learner_is_refused_in_one_sentence(name, said):
    with pytest.raises(WrongUse, match=said):
        find("learner", name)
