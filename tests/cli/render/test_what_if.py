import pytest
from rich.cells import cell_len

from activelabel.cli.render.paper import Paper
from activelabel.cli.render.what_if import what_if_rows
from activelabel.learning.what_if import PairedDifference
from activelabel.records.progress import Estimate
from activelabel.reporting.what_if import WhatIf, WhatIfPoint

POINT = WhatIfPoint(
    32, Estimate(0.97, 0.87, 1, 41), Estimate(0.82, 0.7, 0.9, 41), PairedDifference(-0.15, -0.26, 0, 41)
)
RANDOM = WhatIf("random", (POINT,), True, "the 41 audit answers are a random sample: without bias")
UNKNOWN = WhatIf("margin", (), None, "cannot be known from these answers: needs 20 audit answers, there are 7")


def shown(found, width=80, encoding="utf-8"):
    return [row.plain for row in what_if_rows(found, Paper(width, 24, encoding))]


def test_each_number_of_answers_has_a_row_and_each_strategy_a_sentence():
    title, head, row, sentence = shown([RANDOM])

    assert title == "more or less right, in points, had as many answers been chosen otherwise"
    assert head.split("  ")[0] == "chosen by"
    assert row.split(None, 2)[:2] == ["random", "32"]
    assert "-15 (-26 to 0)" in row
    assert sentence == "random: the 41 audit answers are a random sample: without bias"


def test_what_cannot_be_known_has_a_sentence_alone():
    assert shown([UNKNOWN]) == [
        "more or less right, in points, had as many answers been chosen otherwise",
        "margin: cannot be known from these answers: needs 20 audit answers, there are 7",
    ]


def test_unless_it_was_asked_for_nothing_is_shown():
    assert shown([]) == []


@pytest.mark.parametrize("width", [20, 40, 80])
def test_no_row_is_wider_than_the_paper(width):
    assert max(map(cell_len, shown([RANDOM, UNKNOWN], width, "ascii"))) <= width
