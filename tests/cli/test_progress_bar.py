import pty

import pytest
from rich.console import Console

from activelabel.cli.progress_bar import counting, followed


@pytest.mark.parametrize(("terminal", "plain"), [("xterm", False), ("xterm", True), ("dumb", False)])
def test_how_many_there_are_is_asked_where_a_line_says_how_much_is_left(terminal, plain, monkeypatch):
    monkeypatch.setenv("TERM", terminal)
    asked = []
    master, slave = pty.openpty()
    with (
        open(master, "rb"),
        open(slave, "w", encoding="utf-8") as screen,
        counting(Console(file=screen), "rows", lambda: asked.append("total") or 10, plain=plain) as on_rows,
    ):
        on_rows(10)

    assert asked == ["total"] * (terminal == "xterm" and not plain)


def test_what_was_done_is_told_when_the_next_part_is_asked_for():
    told = []
    parts = followed(["ab", "", "cde"], told.append, len)

    assert next(parts) == "ab"
    assert told == []
    assert list(parts) == ["", "cde"]
    assert told == [2, 2, 5]


def test_parts_without_a_size_are_one_thing_each():
    told = []

    assert list(followed("abc", told.append)) == ["a", "b", "c"]
    assert told == [1, 2, 3]
