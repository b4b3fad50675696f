"""What the benchmarks of stopping and of what-if do with what they measure."""

import subprocess
import sys
from pathlib import Path

import pytest
from stopping import by_set, by_sign, each_sign, stops_of

ROOT = Path(__file__).parents[1]


def course(*looks, whole=0.9):
    """Return a course whose looks are (answers, accuracy, the signs that say stop)."""
    return {
        "looks": [
            {"answers": answers, "accuracy": accuracy, "says": {name: name in said for name in ("gain", "advice")}}
            for answers, accuracy, said in looks
        ],
        "all labels": whole,
        "rows": 160,
    }


RISING = course((20, 0.7, ()), (40, 0.8, ("gain",)), (60, 0.85, ("gain", "advice")), (80, 0.88, ("advice",)))


def test_a_stop_is_the_first_time_that_a_sign_says_so_and_is_measured_by_the_best():
    assert stops_of(RISING, "gain") == {"answers": 40, "accuracy": 0.8, "short": pytest.approx(0.1)}
    assert stops_of(RISING, "advice")["answers"] == 60


def test_the_best_may_be_on_the_way():
    assert stops_of(course((20, 0.9, ("gain",)), (40, 0.95, ()), whole=0.85), "gain")["short"] == pytest.approx(0.05)


def test_a_sign_that_never_says_stop_has_none():
    never = course((20, 0.7, ()), (40, 0.75, ()))

    assert stops_of(never, "gain") is None
    assert "| hard, 160 | 0 of 1 | never | - | - |" in by_set({"hard": [never]})
    assert "| gain | 0 of 1 | never | - | - | - | - |" in by_sign({"hard": [never]})


def test_each_sign_is_told_apart_and_says_what_it_saved():
    rows = {line.split(" | ")[0]: line for line in by_sign({"a": [RISING], "b": [RISING]}).splitlines()}

    assert rows["| gain"] == "| gain | 2 of 2 | 40 ±0 | 0.800 ±0.000 | 10.0 ±0.0 | 10.0 | 75% |"
    assert rows["| all of them"].startswith("| all of them | 2 of 2 | 60 ±0 |")


def test_each_sign_of_each_set_says_when_it_stops_and_how_often_if_not_always():
    never = course((20, 0.7, ()), (40, 0.75, ()))

    assert each_sign({"easy": [RISING], "hard": [RISING, never]}).splitlines()[2:] == [
        "| easy | 40, 10.0 | 60, 5.0 |",
        "| hard | 40, 10.0 (1 of 2) | 60, 5.0 (1 of 2) |",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ["stopping.py", "--sets", "iris", "--cap", "40", "--seeds", "1", "--learner", "logistic-regression"],
        ["what_if.py", "--sets", "iris", "--seeds", "2", "--answers", "100", "--strategies", "margin"],
    ],
    ids=["stopping", "what-if"],
)
def test_both_benchmarks_run(command):
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT / "benchmarks", capture_output=True, text=True, check=True
    )

    assert "| iris" in done.stdout
