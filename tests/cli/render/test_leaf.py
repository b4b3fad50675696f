"""A leaf over the card: what is to be read scrolls, the menu under it stays, and the marked option is in sight."""

import pytest

from activelabel.cli.render.leaf import Leaf, leaf_frame, nothing
from activelabel.cli.render.paper import Paper


def lines(leaf, width, height):
    return [row.plain for row in leaf_frame(leaf, Paper(width, height)).rows]


def many(paper):
    return [f"line {number}" for number in range(50)]


@pytest.mark.parametrize(("width", "height"), [(120, 40), (80, 24), (40, 12), (20, 6)])
def test_a_menu_is_whole_and_fits_any_terminal(width, height):
    shown = lines(Leaf("What now?", many, ("accept all", "accept the core", "split", "one by one"), 2), width, height)

    assert len(shown) == height
    assert " > split" in shown
    assert all(len(line) <= width for line in shown)


def test_a_long_menu_keeps_the_chosen_option_in_sight():
    options = tuple(f"option {number}" for number in range(30))

    assert " > option 29" in lines(Leaf("Which?", nothing, options, 29), 40, 12)
    assert " > option 0" in lines(Leaf("Which?", nothing, options, 0), 40, 12)


def test_what_is_to_be_read_scrolls_and_counts_what_is_hidden():
    frame = leaf_frame(Leaf("Precedents", many, scroll=10), Paper(40, 12))
    shown = [row.plain for row in frame.rows]

    assert shown[0] == " Precedents"
    assert any("line 12" in line for line in shown)
    assert any("above" in line for line in shown)
    assert frame.last_scroll > 10


def test_hostile_titles_and_options_are_shown_not_obeyed():
    shown = lines(Leaf("\x1b[2J", nothing, ("\x1b]0;x\x07",)), 40, 12)

    assert not any("\x1b" in line for line in shown)
