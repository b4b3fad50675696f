import os

import pytest

from activelabel.cli.incoming import Incoming
from activelabel.session.dialogue.said import LONGEST


@pytest.fixture
def pipe():
    """A pipe: where to read, where to write, and how to close the far end."""
    near, far = os.pipe()
    open_ends = {near, far}

    def leave():
        open_ends.discard(far)
        os.close(far)

    yield near, far, leave
    for end in open_ends:
        os.close(end)


def test_lines_come_one_by_one_and_the_last_needs_no_end(pipe):
    near, far, leave = pipe
    os.write(far, b"one\n\ntw\xffo\nthree")
    leave()

    assert list(Incoming(near)) == [b"one", b"", b"tw\xffo", b"three"]


def test_a_line_is_there_before_the_next_is_written(pipe):
    near, far, _ = pipe
    lines = Incoming(near)
    os.write(far, b"one\n")

    assert next(lines) == b"one"


def test_an_endless_line_comes_cut_and_the_next_one_whole(tmp_path):
    path = tmp_path / "lines"
    path.write_bytes(b"x" * (7 * LONGEST) + b"\nnext\n")
    with path.open("rb") as file:
        cut, after = Incoming(file.fileno())

    assert LONGEST < len(cut) < 2 * LONGEST
    assert after == b"next"


def test_it_is_over_once_the_other_end_has_gone_and_nothing_is_left(pipe):
    near, far, leave = pipe
    lines = Incoming(near)
    os.write(far, b"one\ntwo\n")

    assert not lines.is_over
    leave()
    assert not lines.is_over
    assert next(lines) == b"one"
    assert not lines.is_over
    assert next(lines) == b"two"
    assert lines.is_over


def test_a_silent_program_has_not_gone(pipe):
    assert not Incoming(pipe[0]).is_over
