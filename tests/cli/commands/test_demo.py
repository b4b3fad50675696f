"""`demo`: at a terminal a tour, without one a play; both end with the report and the way to data of one's own."""

import re

import pytest

from activelabel.cli.tour import LENGTH


@pytest.mark.slow
@pytest.mark.parametrize(("size", "plain"), [((40, 12), False), ((80, 24), True)])
def test_the_tour_ends_by_itself_with_the_report_and_the_next_commands(in_terminal, tmp_path, size, plain):
    terminal = in_terminal("demo", "--project", tmp_path / "digits", *["--plain"] * plain, size=size)
    terminal.reads_until("the middle of a group")
    for number in range(LENGTH):
        terminal.reads_while(lambda number=number: answered(terminal, plain) != number)
        terminal.press(str(number % 10))
    terminal.reads_until("how good")
    terminal.reads_until("activelabel init DATA")

    for words in ("one answer speaks", "takes the last answer back", "then the report"):
        assert words in terminal.written
    assert "40 answers in" in terminal.written
    assert not plain or "\x1b" not in terminal.written


def answered(terminal, plain):
    found = re.findall(r"^(\d+) answered", terminal.written, re.MULTILINE)
    if plain:
        return int(found[-1]) if found else None
    found = re.match(r" (\d+) (?:of|answered)", terminal.display)
    return int(found[1]) if found else None


@pytest.mark.slow
def test_whoever_leaves_the_tour_early_sees_the_report_too(in_terminal, tmp_path):
    terminal = in_terminal("demo", "--project", tmp_path / "digits")
    terminal.shows("the middle of a group")
    terminal.press("\x04")
    terminal.reads_until("how good")
    terminal.reads_until("activelabel report ")

    while terminal.reads():
        pass
    assert "0 answers in under a minute" in terminal.written


@pytest.mark.slow
def test_without_a_terminal_it_plays_itself_and_prints_the_report(activelabel, tmp_path):
    written = activelabel("demo", "--project", tmp_path / "digits")

    assert written.count("saved ") == 30
    assert len(re.findall(r"^\d+ answers: ", written, re.MULTILINE)) == 5
    assert re.search(r"^answers +\d+ labels", written, re.MULTILINE)
