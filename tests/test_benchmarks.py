"""The claims about speed, held to what is claimed; on demand, on a machine that does nothing else."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def measured(name, *arguments):
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / name), *arguments], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_init_of_a_hundred_thousand_rows_ends_within_three_floors_and_four_matrices():
    found = measured("init_time.py")

    assert found["ratio_without_imports"] < 3
    assert found["memory_above_imports_in_matrices"]["init"] < 4


def test_the_first_card_is_there_within_twice_the_help_whatever_the_pool():
    found = measured("first_card.py")

    assert all(sizes["ratio"] < 2 for sizes in found.values())
