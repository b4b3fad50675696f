"""The terminal as a device: keys in, bytes out, and given back as it was found."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import struct
import termios
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Final

from activelabel.cli.keyboard import LEAVING, Decoder, Key
from activelabel.cli.signals import Interrupted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import FrameType

__all__ = ["Device"]

ESCAPE_SECONDS: Final = 0.05  # within which the rest of an escape sequence follows its Esc
SIGNAL_KEYS: Final[dict[int, Key]] = {
    signal.SIGWINCH: Key("Resize"),
    signal.SIGCONT: Key("Resume"),
    signal.SIGTSTP: Key("Ctrl-Z"),
}
IFLAG, OFLAG, _CFLAG, LFLAG = range(4)


class Device:
    """A terminal from which keys are read one at a time.

    Between `open` and `close` keys are not echoed and not edited by the terminal. Ctrl-C stays a signal, so that it is
    heard even while nobody reads keys; Ctrl-Z comes as a key, because the screen has to be given back first.

    Parameters
    ----------
    keys
        File descriptor to read from, a terminal.
    paper
        File descriptor to write to.
    encoding
        What the terminal is written in.
    leaving
        Names of the keys that are heard even if they were typed ahead.
    """

    def __init__(
        self, keys: int, paper: int, encoding: str = "utf-8", leaving: Iterable[str] = LEAVING.values()
    ) -> None:
        self._keys = keys
        self._paper = paper
        self._encoding = encoding
        self._leaving = frozenset(leaving)
        self._decoder = Decoder()
        self._waiting: deque[Key] = deque()
        self._found: list[Any] = []
        self._handlers: dict[int, Any] = {}
        self._bell: tuple[int, int] = (-1, -1)
        self._bell_before = -1
        self.stopped = 0.0
        """Seconds that `suspend` took in all."""

    def open(self) -> None:
        """Take the terminal over."""
        self._found = termios.tcgetattr(self._keys)
        self._bell = os.pipe()
        for end in self._bell:
            os.set_blocking(end, False)
        self._handlers = {number: signal.signal(number, _heard) for number in SIGNAL_KEYS}
        # rung by the signal itself: a handler in Python may wait until a key is read, which may never be pressed
        self._bell_before = signal.set_wakeup_fd(self._bell[1], warn_on_full_buffer=False)
        # Ctrl-\ would end the program and leave the terminal as it is now
        self._handlers[signal.SIGQUIT] = signal.signal(signal.SIGQUIT, signal.SIG_IGN)
        self._take_keys()

    def close(self) -> None:
        """Give the terminal back; keys that nobody has read are dropped, so that they do not reach the shell."""
        if not self._found:
            return
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self._keys, termios.TCSAFLUSH, self._found)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._bell_before)
        for end in self._bell:
            os.close(end)
        self._found = []

    def key(self) -> Key:
        """Wait for a key and return it. A resized window, and coming back from a stop, count as keys.

        What the terminal itself says when nobody asks, as an answer that came too late, is no key.

        Raises
        ------
        Interrupted
            If the terminal has gone.
        """
        while not self._waiting:
            ready, _, _ = select.select(
                [self._keys, self._bell[0]], [], [], ESCAPE_SECONDS if self._decoder.waits else None
            )
            if self._keys in ready:
                self._waiting.extend(key for key in self._decoder.feed(self._read()) if key.name != "Report")
            if self._bell[0] in ready:
                self._waiting.extend(self._rung())
            if not ready:
                self._waiting.extend(self._decoder.flush())
        return self._waiting.popleft()

    def ask(self, question: str, last: str, seconds: float) -> list[str]:
        """Return what the terminal says to a question, up to the report that ends with `last`, or for so long.

        Keys that are typed meanwhile are read later, in their order.
        """
        self.write(question)
        reports: list[str] = []
        until = time.monotonic() + seconds
        while not (reports and reports[-1].endswith(last)):
            left = until - time.monotonic()
            if left <= 0 or not select.select([self._keys], [], [], left)[0]:
                break
            for key in self._decoder.feed(self._read()):
                if key.name == "Report":
                    reports.append(key.text)
                else:
                    self._waiting.append(key)
        return reports

    def drop_typed_ahead(self) -> None:
        """Forget every key typed until now, but for the wish to leave."""
        while select.select([self._keys], [], [], 0)[0]:
            self._waiting.extend(self._decoder.feed(self._read()))
        kept = [key for key in self._waiting if key.name in self._leaving or key in SIGNAL_KEYS.values()]
        self._waiting = deque(kept)

    def suspend(self) -> None:
        """Give the terminal back, stop until someone says go on, and take it over again."""
        termios.tcsetattr(self._keys, termios.TCSADRAIN, self._found)
        ours = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        began = time.monotonic()
        try:
            # the whole group, as the terminal would: what started this program waits for all of it
            os.kill(0, signal.SIGTSTP)
        finally:
            signal.signal(signal.SIGTSTP, ours)
        self.stopped += time.monotonic() - began
        # whoever suspends shows all anew: that it goes on, and in a window of what size, is no news
        self._rung()
        self.resume()

    def resume(self) -> None:
        """Take the keys over again, after a stop in which a shell had them."""
        self._take_keys()

    def size(self) -> tuple[int, int]:
        """Return columns and rows; 80 x 24 from a terminal that does not know."""
        try:
            columns, rows = os.get_terminal_size(self._paper)
        except OSError:
            return 80, 24
        return (columns, rows) if columns and rows else (80, 24)

    def cell(self) -> tuple[int, int] | None:
        """Return the width and height of a character in pixels; None from a terminal that does not know."""
        try:
            found = fcntl.ioctl(self._paper, termios.TIOCGWINSZ, bytes(8))
        except OSError:
            return None
        rows, columns, width, height = struct.unpack("4H", found)
        return (width // columns, height // rows) if rows and columns and width >= columns and height >= rows else None

    def write(self, text: str) -> None:
        """Write a text at once.

        Raises
        ------
        Interrupted
            If the terminal has gone.
        """
        data = text.encode(self._encoding, "replace")
        try:
            while data:
                data = data[os.write(self._paper, data) :]
        except OSError as error:
            raise Interrupted(signal.SIGHUP) from error

    def _rung(self) -> list[Key]:
        """Return the keys that stand for the signals heard since the last look."""
        try:
            heard = os.read(self._bell[0], 4096)
        except BlockingIOError:
            return []
        return [SIGNAL_KEYS[number] for number in set(heard) & SIGNAL_KEYS.keys()]

    def _take_keys(self) -> None:
        mode = termios.tcgetattr(self._keys)
        mode[IFLAG] &= ~(termios.IXON | termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP | termios.BRKINT)
        mode[OFLAG] |= termios.OPOST | termios.ONLCR
        mode[LFLAG] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
        # signals throw nothing away that was already written, such as half a frame
        mode[LFLAG] |= termios.ISIG | termios.NOFLSH
        termios.tcsetattr(self._keys, termios.TCSADRAIN, mode)

    def _read(self) -> bytes:
        try:
            data = os.read(self._keys, 1024)
        except OSError as error:
            raise Interrupted(signal.SIGHUP) from error
        if not data:
            raise Interrupted(signal.SIGHUP)
        return data


def _heard(_number: int, _frame: FrameType | None) -> None:
    """Let a signal be: that it came is read from the bell."""
