"""What is kept about a pool is read back, or is taken for not there."""

import json

import pytest

from activelabel.project.layout import Layout
from activelabel.project.pool import SWEEP_VERSION, last_sweep

FIGURES = {"version": SWEEP_VERSION, "out": "pool", "labels": 12, "classes": {"red": 3}, "rows": 3}


@pytest.fixture
def layout(tmp_path):
    (tmp_path / "cache").mkdir()
    return Layout(tmp_path)


def test_figures_of_a_sweep_are_read_back(layout):
    assert last_sweep(layout) is None

    layout.sweep.write_text(json.dumps(FIGURES), encoding="utf-8")

    assert last_sweep(layout) == FIGURES


@pytest.mark.parametrize(
    "found",
    [
        "{",
        "[]",
        "1",
        json.dumps({**FIGURES, "version": SWEEP_VERSION + 1}),
        json.dumps({**FIGURES, "classes": []}),
        *(
            json.dumps({name: value for name, value in FIGURES.items() if name != lost})
            for lost in ("version", "out", "labels", "classes")
        ),
    ],
)
def test_figures_that_are_not_those_of_today_are_none(layout, found):
    layout.sweep.write_text(found, encoding="utf-8")

    assert last_sweep(layout) is None
