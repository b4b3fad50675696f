import contextlib
import fcntl
import os
import signal
import struct
import termios

import pytest

from activelabel.cli.device import Device
from activelabel.cli.keyboard import Key
from activelabel.cli.signals import Interrupted


@pytest.fixture
def person_and_device():
    """A terminal: the end where a person types and reads, and the device at the other end, open."""
    person, terminal = os.openpty()
    device = Device(terminal, terminal)
    device.open()
    yield person, device
    device.close()
    for end in (person, terminal):
        with contextlib.suppress(OSError):
            os.close(end)


def test_keys_come_one_at_a_time_in_their_order(person_and_device):
    person, device = person_and_device
    os.write(person, b"1\x1b[6~\xc3\xa9")

    assert [device.key().name for _ in range(3)] == ["1", "PageDown", "é"]


def test_the_time_that_a_shell_has_the_terminal_is_counted(person_and_device, monkeypatch):
    _, device = person_and_device
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr("os.kill", lambda *_: now.__setitem__(0, now[0] + 60))
    for _ in range(2):
        device.suspend()

    assert device.stopped == 120


def test_going_on_after_a_stop_that_was_asked_for_is_no_key(person_and_device, monkeypatch):
    person, device = person_and_device
    monkeypatch.setattr("os.kill", lambda *_: signal.raise_signal(signal.SIGCONT))
    device.suspend()
    os.write(person, b"1")
    first = device.key()
    os.write(person, b"2")

    assert [first, device.key()] == [Key("1"), Key("2")]


def test_what_was_typed_ahead_is_dropped_but_for_the_wish_to_leave(person_and_device):
    person, device = person_and_device
    os.write(person, b"12")
    assert device.key() == Key("1")
    os.write(person, b"11\x0422")
    device.drop_typed_ahead()
    os.write(person, b"5")

    assert [device.key().name for _ in range(2)] == ["Ctrl-D", "5"]


def test_what_a_terminal_says_is_told_apart_from_what_is_typed(person_and_device):
    person, device = person_and_device
    os.write(person, b"1\x1b[A\x1b_Gi=1;OK\x1b\\2\x1b[?62;4c3")

    assert device.ask("?", "c", 5) == ["\x1b_Gi=1;OK\x1b\\", "\x1b[?62;4c"]
    assert os.read(person, 100) == b"?"
    assert [device.key().name for _ in range(4)] == ["1", "Up", "2", "3"]


def test_a_question_that_is_never_answered_is_given_up(person_and_device):
    person, device = person_and_device
    os.write(person, b"1")

    assert device.ask("?", "c", 0.001) == []
    assert device.key() == Key("1")


def test_an_answer_that_comes_too_late_is_no_key(person_and_device):
    person, device = person_and_device
    os.write(person, b"\x1b[?62;4c1")

    assert device.key() == Key("1")


def test_a_sequence_cut_in_two_by_a_new_card_is_still_one(person_and_device):
    person, device = person_and_device
    os.write(person, b"\x1b[")
    device.drop_typed_ahead()
    os.write(person, b"A1")

    assert [device.key().name for _ in range(2)] == ["Up", "1"]


def test_a_lone_esc_is_told_after_a_moment(person_and_device):
    person, device = person_and_device
    os.write(person, b"\x1b")

    assert device.key() == Key("Esc")


def test_ctrl_s_stops_nothing_and_ctrl_d_ends_no_file(person_and_device):
    person, device = person_and_device
    os.write(person, b"\x13\x04\x0f")

    assert [device.key().name for _ in range(3)] == ["Ctrl-S", "Ctrl-D", "Ctrl-O"]


@pytest.mark.parametrize(
    ("number", "name"), [(signal.SIGWINCH, "Resize"), (signal.SIGCONT, "Resume"), (signal.SIGTSTP, "Ctrl-Z")]
)
def test_a_resized_window_and_a_stop_are_keys(person_and_device, number, name):
    _, device = person_and_device
    os.kill(os.getpid(), number)

    assert device.key() == Key(name)


def test_the_terminal_and_its_signals_are_given_back():
    person, terminal = os.openpty()
    before, handler = termios.tcgetattr(terminal), signal.getsignal(signal.SIGWINCH)
    device = Device(terminal, terminal)
    device.open()
    changed = termios.tcgetattr(terminal)
    device.close()
    device.close()

    assert changed != before
    assert termios.tcgetattr(terminal) == before
    assert signal.getsignal(signal.SIGWINCH) == handler
    os.close(person)
    os.close(terminal)


def test_a_terminal_that_has_gone_is_a_hang_up(person_and_device):
    person, device = person_and_device
    os.close(person)

    with pytest.raises(Interrupted) as gone:
        device.key()
    assert gone.value.exit_code == 129
    with pytest.raises(Interrupted):
        device.write("x")


def test_the_size_of_a_cell_follows_from_that_of_the_window(person_and_device):
    person, device = person_and_device
    assert device.cell() is None
    fcntl.ioctl(person, termios.TIOCSWINSZ, struct.pack("4H", 40, 120, 1200, 800))

    assert device.cell() == (10, 20)


def test_a_terminal_that_does_not_know_its_size_is_taken_for_80_by_24(person_and_device):
    assert person_and_device[1].size() == (80, 24)
