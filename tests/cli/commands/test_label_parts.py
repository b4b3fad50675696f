"""`label` of a part: what is refused, what is said while it waits and at the end, and what the status line shows."""

import re

import pytest

from activelabel.project.layout import Layout
from activelabel.session.parts import Part

WHERE = "x > 15"


@pytest.mark.parametrize(
    ("options", "code", "what", "hint"),
    [
        (["--where", "y2 > 3"], 2, "no column named 'y2'", "try "),
        (["--where", "x ="], 2, "--where cannot be read: x =", "as in: "),
        (["--where", "__import__('os') == 1"], 2, "--where: ", "as in: "),
        (["--where", "x == 'a'"], 2, "column 'x' holds numbers, and is compared with the text 'a'", "as in: "),
        (["--where", "x > 1000"], 1, "no item is in this part: x > 1000", "docs/filters.md"),
        (["--class-suggested", "purple"], 2, "no class named 'purple'", "the classes are: red, green, blue"),
        (["--class-suggested", "red"], 1, "the model suggests nothing before it has labels", "label first"),
    ],
)
def test_what_cannot_be_asked_about_is_refused_and_nothing_is_left(refused, blobs, options, code, what, hint):
    found = refused("label", "--project", blobs.layout.root, "--answers", "-", *options)

    assert found[0] == code
    assert found[1].startswith(what)
    assert found[2].startswith(hint)
    assert not blobs.ledger.said
    assert not (blobs.layout.cache / "parts").exists()


@pytest.mark.slow
def test_lines_label_a_part_and_the_farewell_names_it(command, blobs, lines):
    arguments = ["label", "--project", blobs.layout.root, "--where", WHERE, "--class-suggested", "green"]
    blobs.answer(blobs.order[:12])
    code, out, said = command(*arguments, "--plain", "--answers", lines("green", "green"))

    assert code == 0
    assert len([line for line in out if line.startswith("saved")]) == 2
    assert said[0] == "choosing questions ..."
    assert said[-2].startswith("2 answers in the part x > 15, suggested green in ")
    assert said[-1].endswith(" --where 'x > 15' --class-suggested green")
    _, _, again = command(*arguments, "--answers", lines("green"))
    assert "choosing" not in again[0]


@pytest.mark.slow
def test_a_part_that_is_used_up_ends_quietly(command, blobs, lines):
    blobs.answer(
        [row for row in range(blobs.dataset.n_units) if float(blobs.dataset.item(row).content.fields[0][1]) > 15]
    )
    code, _, said = command("label", "--project", blobs.layout.root, "--where", WHERE, "--answers", lines("red"))

    assert (code, said[-1]) == (0, "nothing is left to ask in the part x > 15")


@pytest.mark.slow
def test_a_part_without_items_that_only_the_learner_can_tell_is_one_line(refused, blobs, lines):
    blobs.answer([row for row in blobs.order if blobs.true[row] == "red"][:3])
    options = ["--class-suggested", "green", "--answers", lines("green")]
    for _ in range(2):
        code, what, _ = refused("label", "--project", blobs.layout.root, *options)
        assert (code, what) == (1, "no item is in this part: suggested green")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((120, 40), "part: x > 15, 20 of 64 items"),
        ((80, 24), "part: x > 15, 20 of 64 items"),
        ((40, 12), "part: x > 15"),
    ],
)
def test_the_status_line_names_the_part(in_terminal, blobs, size, words):
    terminal = in_terminal("label", "--project", blobs.layout.root, "--where", WHERE, size=size)
    screen = terminal.shows("[1] red")
    assert words in re.sub(r"\d+ of 64", "20 of 64", screen)
    terminal.press("2")
    terminal.shows("saved: green")
    terminal.press("\x04")
    terminal.reads_until("1 answer in the part x > 15")


@pytest.mark.slow
def test_plainly_the_part_is_a_line(in_terminal, blobs):
    terminal = in_terminal("label", "--project", blobs.layout.root, "--where", WHERE, "--plain")
    terminal.reads_until("choosing questions ...")
    terminal.reads_until("part: x > 15, ")
    terminal.press("\x03")
    terminal.reads_until("0 answers in the part x > 15")


@pytest.mark.slow
def test_ctrl_c_while_questions_are_chosen_leaves_cleanly(in_terminal, blobs):
    terminal = in_terminal("label", "--project", blobs.layout.root, "--where", WHERE)
    terminal.shows("choosing questions ...")
    terminal.press("\x03")
    terminal.reads_until("stopped by Ctrl-C")
    while terminal.reads():
        pass
    terminal.child.close()

    assert terminal.child.exitstatus == 130
    assert "Traceback" not in terminal.written
    assert not Layout(blobs.layout.root).part(Part(WHERE).key).contents.exists()
