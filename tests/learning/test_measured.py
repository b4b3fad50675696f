from __future__ import annotations

import json
from importlib.resources import files

import pytest

from activelabel.learning.catalogue.measured import MEASURED, Figure, figures, measure
from activelabel.learning.registry import KINDS

every_algorithm = pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in KINDS for name in KINDS[kind]])
# what a list at the terminal has left of 80 columns, after the indent and the word "measured"
LINE = 80 - len("      measured: ")


@every_algorithm
def test_every_algorithm_is_measured_on_both_sets_or_says_why_not(kind, name):
    found = figures(kind, name)

    assert list(found) == ["digits", "austen"]
    for place, figure in found.items():
        assert figure.refused or 0 < figure.mean <= 1
        assert len(f"{place} {figure}") <= LINE or figure.refused


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_measured_that_cannot_be_named(kind):
    made = json.loads(files("activelabel.learning.catalogue").joinpath(MEASURED).read_text(encoding="utf-8"))["kinds"]

    assert set(made) == set(KINDS)
    assert set(made[kind]["algorithms"]) == set(KINDS[kind])
    assert made[kind]["made_by"]["splits"] >= 5
    assert measure(kind)


@pytest.mark.parametrize("words", ["loses to random", "no better than random"])
@every_algorithm
def test_what_is_said_of_random_beforehand_was_measured_on_a_set(kind, name, words):
    if words in KINDS[kind][name].when:
        assert words in [figure.verdict for figure in figures(kind, name).values()]


def test_all_choosers_but_random_are_compared_with_it():
    verdicts = {name: {figure.verdict for figure in figures("strategy", name).values()} for name in KINDS["strategy"]}

    assert [name for name, said in verdicts.items() if said == {""}] == ["random"]


@pytest.mark.parametrize(
    ("ahead", "verdict"),
    [
        (0.05, "beats random"),
        (0.04, "no better than random"),
        (-0.04, "no better than random"),
        (-0.05, "loses to random"),
    ],
)
def test_a_verdict_needs_more_than_two_standard_errors(ahead, verdict):
    assert Figure(0.5, 0.01, 0.5 - ahead, ahead=ahead, ahead_error=0.02).verdict == verdict


def test_what_was_left_out_and_how_many_clusters_there_were_is_said():
    figure = Figure(0.5, 0.01, 0.4, ahead=0.1, ahead_error=0.01, rival="guessing", reached=0.75, clusters=1.0)

    assert str(figure) == ".500 ±.010, 1 cluster, .750 reached, beats guessing (.400)"
