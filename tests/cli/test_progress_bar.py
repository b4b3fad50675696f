import io
import pty

import pytest
from rich.console import Console
from rich.progress import Progress

from activelabel.cli.progress_bar import counting, followed, waiting
from activelabel.learning.progress import tell


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


def test_long_work_that_is_waited_for_has_a_line_with_the_time_left(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    made = []

    class Lines(Progress):
        def __init__(self, *columns, **options):
            super().__init__(*columns, **options)
            made.append(self)

    monkeypatch.setattr("activelabel.cli.progress_bar.Progress", Lines)

    def seen(done: int) -> str:
        tell("rows looked at", done, 3)
        paper = Console(file=io.StringIO(), width=80)
        paper.print(made[0].get_renderable())
        return paper.file.getvalue()

    master, slave = pty.openpty()
    with (
        open(master, "rb"),
        open(slave, "w", encoding="utf-8") as screen,
        waiting(Console(file=screen), "the model is fitted"),
    ):
        first, second, last = seen(1), seen(2), seen(3)

    assert "1 of 3 rows looked at" in first
    assert "2 of 3 rows looked at" in second
    assert "left" in second
    assert "rows looked at" not in last
    assert "the model is fitted ..." in last
