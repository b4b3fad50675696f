"""`review`: what it lists, what it changes by lines, and the walk at a terminal."""

import json

import pytest

from activelabel.records.kinds import EventKind


@pytest.fixture
def reviewed(blobs):
    """A project with two answers of ann, one of them not sure, and one of bob that differs from ann's."""
    first, second = blobs.order[:2]
    blobs.answer([first], colour="red")
    blobs.answer([second], EventKind.NOT_SURE)
    blobs.answer([first], colour="blue", annotator="bob")
    return blobs


@pytest.fixture
def review(command, reviewed, tmp_path):
    """Run the command for ann; lines are what is said to each card."""

    def start(*options, lines=None):
        answers = tmp_path / "answers.txt"
        answers.write_text("".join(f"{line}\n" for line in lines or ()), encoding="utf-8")
        told = () if lines is None else ("--answers", answers, "--plain")
        return command("review", "--project", reviewed.layout.root, "--annotator", "ann", *told, *options)

    return start


def test_list_prints_an_answer_a_line_and_both_where_they_differ(review):
    code, out, _ = review("--list")

    assert code == 0
    assert [line.split("\t")[1:3] for line in out] == [["red", "ann"], ["blue", "bob"]]


def test_json_prints_the_same_for_programs(review):
    _, out, _ = review("--json", "--not-sure")
    fact = json.loads(out[0])

    assert len(out) == 1
    assert (fact["class"], fact["said"], fact["annotator"], fact["disputed"]) == (None, "(not sure)", "ann", False)
    assert fact["time"].startswith("2026-01-01")


def test_an_empty_list_is_one_line_with_its_filters_and_no_failure(review):
    code, out, said = review("--not-sure", "--by", "bob")

    assert (code, out, said) == (0, [], ["nothing to review: not sure, by bob"])


def test_a_project_without_doubts_says_so(command, blobs):
    code, _, said = command("review", "--project", blobs.layout.root)

    assert (code, said) == (0, ["nothing to review: no suspects, and no answers that differ"])


def test_keys_need_a_terminal(refused, reviewed):
    code, what, hint = refused("review", "--project", reviewed.layout.root)

    assert (code, what) == (2, "keys and cards need a terminal")
    assert "--answers" in hint


def test_lines_change_what_they_are_said_to_and_the_session_ends_as_label_does(review, reviewed):
    item = reviewed.dataset.item(reviewed.order[1]).id
    code, out, said = review("--not-sure", lines=["green"])

    assert code == 0
    assert out == [f"item {item}", f"saved {item} = green"]
    assert said[-2].startswith("1 answer in under a minute; ")
    assert not any(answer.kind is EventKind.NOT_SURE for answer in reviewed.ledger.answers.values())


def test_accept_keeps_and_skip_goes_on(review, reviewed):
    before = len(reviewed.ledger.said)
    code, out, _ = review("--not-sure", lines=[":accept"])
    again, _, _ = review("--not-sure", lines=[":skip"])

    assert (code, again) == (0, 0)
    assert out[-1].endswith("= (not sure)")
    assert len(reviewed.ledger.said) == before


def test_answers_that_differ_cannot_be_accepted(review, reviewed):
    code, _, said = review(lines=[":accept"])

    assert code == 1
    assert said[-2].startswith("error: answers line 1: ")
    assert len(reviewed.ledger.disputed()) == 1


@pytest.mark.parametrize("options", [["--class", "rod"], ["--since", "soon"]])
def test_filters_that_cannot_be_meant_are_refused(refused, reviewed, options):
    code, _, hint = refused("review", "--project", reviewed.layout.root, "--list", *options)

    assert code == 2
    assert hint


@pytest.mark.slow
@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
def test_the_walk_shows_its_place_and_each_answer_at_a_terminal(in_terminal, reviewed, size):
    # on a small screen a hint would stand where the keys are
    reviewed.layout.config.write_text("[label]\nhints = false\n", encoding="utf-8")
    terminal = in_terminal("review", "--project", reviewed.layout.root, "--annotator", "ann", "--by", "ann", size=size)
    first = terminal.shows("1 of 2")
    terminal.press(" ")
    second = terminal.shows("2 of 2")
    terminal.press("\x7f")
    terminal.shows("one card back")
    terminal.press("2")
    terminal.shows("2 of 2")
    terminal.press("3")
    terminal.shows("Why did the answers differ?")
    terminal.press("\r")
    terminal.reads_while(lambda: "labels are safe" not in terminal.written)
    said = reviewed.ledger.said[-2:]

    assert "you said not sure" in first
    assert "Enter keep" in first
    assert "you said red" in second
    assert "bob said blue" in second
    assert [event.data["card"] for event in said] == ["second-look", "adjudication"]
    assert said[1].data["reason"] == "slip"


@pytest.mark.slow
def test_the_walk_is_read_aloud(in_terminal, reviewed):
    options = ("--annotator", "ann", "--not-sure", "--plain")
    terminal = in_terminal("review", "--project", reviewed.layout.root, *options)
    for line in ("you said not sure", "1 of 1", "Enter keeps the answer"):
        terminal.reads_until(line)
    terminal.press("\r")
    terminal.reads_until("= (not sure)")
    terminal.reads_until("0 answers")
