"""What the benchmark of the intervals makes of its sessions."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from coverage import BOUNDS, LOOKS, Run, of_set

ROOT = Path(__file__).parents[1]


def figure(held):
    return {"name": "recall of a class", "held": held, "width": 0.2, "off": 0.1}


def run(*held, too_high=False):
    return Run({20: [figure(one) for one in held]}, dict.fromkeys(BOUNDS, too_high))


def test_a_session_counts_once_however_many_intervals_it_has():
    found = of_set([run(True, True, False, False), run(True), run(), run(True, too_high=True)])

    at_20 = found["looks"]["20"]["recall of a class"]
    assert list(found["looks"]) == ["20"]
    assert (at_20["sessions"], at_20["coverage"]) == (3, pytest.approx(2.5 / 3, abs=1e-4))
    assert at_20["coverage_error"] == pytest.approx(1 / 6, abs=1e-4)
    assert found["ever too high"] == dict.fromkeys(BOUNDS, 0.25)


@pytest.mark.slow
def test_sessions_side_by_side_give_every_interval_at_every_look(tmp_path):
    place = tmp_path / "coverage.json"
    command = [sys.executable, ROOT / "benchmarks/coverage.py", ROOT / "sample_data/penguins.csv", "--json", place]

    subprocess.run([*command, "--replicates", "2", "--rows", "150", "--processes", "2"], check=True)

    found = json.loads(place.read_text(encoding="utf-8"))["penguins"]
    assert found["sessions"] == 2
    assert list(found["looks"]) == [str(look) for look in LOOKS]
    assert all({"accuracy", "accuracy, as counted", "propagated"} <= set(those) for those in found["looks"].values())
