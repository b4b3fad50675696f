"""`label` with lines: what is refused before a session opens, what is kept when a line is wrong, what it says."""

import re
import shutil

import numpy as np
import pytest
from support.picture import correlation, pixels_of

from activelabel.project.layout import Layout
from activelabel.records import EventKind


@pytest.fixture
def lines(tmp_path):
    """Write lines to a file of answers."""

    def write(*each):
        path = tmp_path / "answers.txt"
        path.write_text("".join(f"{line}\n" for line in each), encoding="utf-8")
        return path

    return write


def labels_in(blobs):
    return [event.kind for event in blobs.ledger.said]


@pytest.mark.parametrize(
    ("options", "code"), [([], 2), (["--answers", "nonsense.txt"], 1), (["--annotator", "a\x1bb", "--answers", "-"], 2)]
)
def test_what_cannot_be_answered_is_refused_before_a_session_opens(refused, blobs, options, code):
    found, _, _ = refused("label", "--project", blobs.layout.root, *options)

    assert found == code
    assert not blobs.layout.locks.exists() or not any(blobs.layout.locks.glob("annotator-*"))


@pytest.mark.parametrize("wrong", ["purple", ":nonsense", "", ":undo 3", ":accept", ":new RED"])
def test_a_line_that_cannot_be_carried_out_ends_with_its_number_and_keeps_what_came_before(
    refused, blobs, lines, wrong
):
    code, what, _ = refused("label", "--project", blobs.layout.root, "--answers", lines("red", "green", wrong, "red"))

    assert code == 1
    assert what.startswith("answers line 3: ")
    assert labels_in(blobs) == [EventKind.LABEL] * 2


def test_undo_before_the_first_answer_is_a_wrong_line(refused, blobs, lines):
    code, what, _ = refused("label", "--project", blobs.layout.root, "--answers", lines(":undo"))

    assert (code, what) == (1, "answers line 1: there is no answer to take back")


def test_a_session_counts_the_answers_of_its_annotator_alone(command, blobs, lines):
    blobs.answer(blobs.order[:3], annotator="bob")
    code, _, said = command("label", "--project", blobs.layout.root, "--annotator", "ann", "--answers", lines("red"))

    assert code == 0
    assert said[-2].startswith("1 answer in under a minute; 4 labels are safe in ")


def test_a_pool_that_is_used_up_ends_quietly(command, blobs, lines):
    blobs.answer(range(blobs.dataset.n_units))
    code, _, said = command("label", "--project", blobs.layout.root, "--answers", lines("red"))

    assert (code, said[-1]) == (0, "nothing is left to ask")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["plan.json", "contents.jsonl", "claims.db"])
def test_a_damaged_file_of_the_cache_costs_no_answer(command, blobs, lines, name):
    (blobs.layout.cache / name).write_bytes(b"\x00\xffnoise" * 200)
    code, out, _ = command("label", "--project", blobs.layout.root, "--answers", lines("red", "green"), "--plain")

    assert code == 0
    assert len([line for line in out if line.startswith("saved")]) == 2


@pytest.mark.slow
def test_without_data_and_cache_there_are_no_cards_and_the_reason_is_named(refused, command, blobs, lines, tmp_path):
    data = tmp_path / "data.csv"
    data.write_text("x,y\n1,2\n3,4\n5,6\n", encoding="utf-8")
    command("init", data, "--classes", "a,b", "--project", tmp_path / "p")
    command("label", "--project", tmp_path / "p", "--answers", lines("a"))
    data.unlink()
    shutil.rmtree(tmp_path / "p" / "cache")
    code, what, hint = refused("label", "--project", tmp_path / "p", "--answers", lines("b"))

    assert (code, what) == (1, f"no more cards can be planned: {data}: not found")
    assert hint.endswith("what was answered is safe")


@pytest.mark.slow
def test_a_digit_on_the_screen_is_the_digit_of_its_item(in_terminal, command, tmp_path):
    rng = np.random.default_rng(0)
    header = ",".join(f"pixel_{row}_{column}" for row in range(8) for column in range(8))
    blocks = rng.integers(0, 17, size=(12, 64))
    text = "\n".join([header, *(",".join(map(str, block)) for block in blocks)])
    (tmp_path / "digits.csv").write_text(text + "\n", encoding="utf-8")
    command("init", tmp_path / "digits.csv", "--classes", "0,1", "--project", tmp_path / "p")
    terminal = in_terminal("label", "--project", tmp_path / "p")
    item = re.search(r"^ ([0-9a-f]{20}-1)", terminal.shows("[0] 0"), flags=re.MULTILINE)[1]
    drawn = pixels_of(terminal.model)
    command("export", tmp_path / "items.jsonl", "--project", tmp_path / "p")
    row = next(line for line in (tmp_path / "items.jsonl").read_text().splitlines() if item in line)
    pixels = [float(value) for value in re.findall(r'"pixel_\d_\d": ?"?([\d.]+)', row)]

    assert correlation(drawn, 24, 24, pixels) > 0.9


def test_the_longest_name_of_an_annotator_has_a_lock(tmp_path):
    layout = Layout(tmp_path)
    names = ["ann/../bob", "\u65e5" * 200, "\u65e5" * 199, "x" * 200]
    locks = {layout.annotator_lock(name) for name in names}

    assert len(locks) == len(names)
    for lock in locks:
        assert lock.parent == layout.locks
        assert len(lock.name.encode()) < 255


@pytest.mark.slow
def test_lines_answer_a_blind_repeat_like_any_other_card(command, lines, tmp_path):
    data = tmp_path / "data.csv"
    data.write_text("wide\n" + "".join(f"{row}\n" for row in range(60)), encoding="utf-8")
    command("init", data, "--classes", "a,b", "--seed", 12, "--project", tmp_path / "p")
    # with this seed the card after 22 answers asks again
    said = lines(*["a"] * 22, "b", "a")
    code, out, _ = command("label", "--project", tmp_path / "p", "--answers", said, "--plain")
    items = [line.removeprefix("item ") for line in out if line.startswith("item ")][:24]
    _, status, _ = command("status", "--project", tmp_path / "p")

    assert code == 0
    assert items[22] in items[:2]
    assert f"saved {items[22]} = b" in out
    assert len(set(items)) == 23
    assert "23 answered, 37 left" in status[0]
    assert status[1:3] == ["labels: a: 23, b: 0", "asked again unmarked: 0 of 1 answer the same"]
