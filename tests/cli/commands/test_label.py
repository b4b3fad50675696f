"""`label` with lines: what is refused before a session opens, what is kept when a line is wrong, what it says."""

import re
import shutil

import numpy as np
import pytest
from support.picture import correlation, pixels_of

from activelabel.project.layout import Layout
from activelabel.records.kinds import EventKind


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


# --- how long ---


@pytest.mark.parametrize(
    ("option", "value"), [("--budget", "soon"), ("--until", "40%"), ("--until", "100%"), ("--at-least", "-1")]
)
def test_what_no_session_can_end_by_is_refused_before_one_opens(command, blobs, option, value):
    code, _, said = command("label", "--project", blobs.layout.root, option, value, "--answers", "-")

    assert code == 2
    assert option in "\n".join(said)
    assert not any(blobs.layout.locks.glob("annotator-*"))


def test_a_share_to_reach_needs_questions_drawn_at_random(refused, command, lines, tmp_path):
    data = tmp_path / "data.csv"
    data.write_text("x,y\n1,2\n3,4\n5,6\n", encoding="utf-8")
    command("init", data, "--classes", "a,b", "--audit", 0, "--project", tmp_path / "p")
    code, what, hint = refused("label", "--project", tmp_path / "p", "--until", "95%", "--answers", lines("a"))

    assert (code, what) == (2, "--until in a project that draws none")
    assert "--audit 0.2" in hint


def test_the_farewell_says_which_end_came_first(command, blobs, lines):
    given = lines(*["red", "green", "blue"] * 10)
    _, _, by_max = command("label", "--project", blobs.layout.root, "--max", 3, "--budget", "1h", "--answers", given)
    _, _, by_each = command("label", "--project", blobs.layout.root, "--at-least", 2, "--max", 9, "--answers", given)

    assert by_max[-3] == "3 answers, as many as were wanted"
    assert by_each[-3] == "every class has 2 labels or more"
    assert by_each[-2].startswith("3 answers in under a minute; 6 labels are safe")


def test_whoever_stops_before_is_told_what_is_short(command, blobs, lines):
    given = lines("red", "green", ":quit")
    _, _, said = command("label", "--project", blobs.layout.root, "--at-least", 2, "--answers", given)

    assert said[-3] == "still short: red 1 of 2, green 1 of 2, blue 0 of 2"


def test_ends_can_be_set_for_a_project_and_the_command_line_stands_above_them(command, blobs, lines):
    blobs.layout.config.write_text('[label]\nmax = 2\nbudget = "1h"\nat_least = 50\n', encoding="utf-8")
    given = lines(*["red"] * 10)
    _, _, said = command("label", "--project", blobs.layout.root, "--answers", given)
    _, _, more = command("label", "--project", blobs.layout.root, "--max", 4, "--answers", given)

    assert said[-4] == "2 answers, as many as were wanted"
    assert more[-4] == "4 answers, as many as were wanted"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "keys", "reason"),
    [
        (["--max", "2"], "12", "2 answers, as many as were wanted"),
        (["--budget", "1s"], "1", "the time is used up"),
        (["--at-least", "1"], "123", "every class has 1 label or more"),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
def test_a_session_at_a_terminal_ends_by_itself_and_says_why(in_terminal, blobs, options, keys, reason, size):
    terminal = in_terminal("label", "--project", blobs.layout.root, *options, size=size)
    for answered, key in enumerate(keys):
        terminal.shows(f" {answered} of " if size[0] == 40 else f" {answered} answered")
        terminal.press(key)
    while terminal.reads():
        pass

    assert reason in terminal.written
    assert f"{len(keys)} answer{'s' * (len(keys) > 1)} in under a minute" in terminal.written
