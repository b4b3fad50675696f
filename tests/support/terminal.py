"""A program in a real terminal, and a model of what is on its screen."""

import contextlib
import json
import os
import re
import sys
import time
import unicodedata
from pathlib import Path

import pexpect
import pyte
from wcwidth import wcwidth

ROOT = Path(__file__).parents[2]
SECONDS = 10  # for a machine that is busy; nothing here waits on purpose

# what a frame may hold: text, colours, cursor moves, clearing, and the modes of the second screen
OURS = re.compile(
    r"\x1b_G[^\x1b]*\x1b\\|\x1b\[(>q|16t|c)|\x1b\[(\d+;\d+)?H|\x1b\[[KJ]|\x1b\[[\d;]*m|\x1b\[\?(1049|2004|25|7)[hl]|[\r\n]"
)
# a string for the terminal itself, such as a picture, which the model would take for text; the last may be unfinished
STRING = re.compile(r"\x1b[_P\]].*?(?:\x1b\\|\x07|(?P<rest>$))", re.DOTALL)


# a frame begins by hiding the cursor and going home, and ends by clearing what is below it
HALF_DRAWN = re.compile(r"\x1b\[\?25l\x1b\[H(?!.*\x1b\[J)", re.DOTALL)


class Model(pyte.Screen):
    """A screen on which format characters take no room; the library's own leaves out what follows one in a piece."""

    def draw(self, data):
        super().draw("".join(letter for letter in data if wcwidth(letter) or unicodedata.combining(letter)))


def interpreter(arguments, **options):
    """Start Python itself with these arguments."""
    return pexpect.spawn(sys.executable, arguments, **options)


class Terminal:
    """A program in a terminal of a known size, with a model of what is on its screen; `start` is what starts it."""

    def __init__(self, arguments, columns, rows, environ, start=interpreter):
        self.model = Model(columns, rows)
        self.stream = pyte.Stream(self.model)
        self.written = self.attributes = self._unfed = ""
        self._read_up_to = 0
        environ = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "NO_COLOR": "", **environ}
        for name in ("COLORTERM", "FORCE_COLOR", "COLUMNS", "LINES"):
            if name not in environ or environ[name] == os.environ.get(name):
                environ.pop(name, None)
        self.child = start(
            [str(argument) for argument in arguments],
            dimensions=(rows, columns),
            env=environ,
            encoding="utf-8",
            timeout=SECONDS,
        )
        self.child.delaybeforesend = None

    @property
    def display(self):
        return "\n".join(row.rstrip() for row in self.model.display)

    def shows(self, words):
        """Read until the words are on the screen, which is then returned."""
        while words not in self.display or HALF_DRAWN.search(self.written):
            self._read()
        return self.display

    def shows_no(self, words):
        while words in self.display:
            self._read()
        return self.display

    def _read(self):
        try:
            self._feed(self.child.read_nonblocking(65536, timeout=SECONDS))
        except (pexpect.TIMEOUT, pexpect.EOF) as error:
            raise AssertionError(f"{type(error).__name__} with this on the screen:\n{self.display}") from error

    def _feed(self, text):
        self.written += text
        self._unfed += text
        unfinished = [found[0] for found in STRING.finditer(self._unfed) if found["rest"] is not None]
        self.stream.feed(STRING.sub("", self._unfed))
        self._unfed = "".join(unfinished)

    def reads(self):
        """Read what there is, waiting for it; say whether the program is still there."""
        try:
            self._feed(self.child.read_nonblocking(65536, timeout=SECONDS))
        except pexpect.EOF:
            return False
        return True

    def reads_while(self, condition):
        """Read for as long as something is true."""
        while condition():
            assert self.reads(), self.written

    def reads_until(self, words):
        """Read until the words were written since the last such call; for output that only grows."""
        self.reads_while(lambda: words not in self.written[self._read_up_to :])
        self._read_up_to = self.written.index(words, self._read_up_to) + len(words)

    def listens(self, seconds):
        """Read whatever comes within a time."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            with contextlib.suppress(pexpect.TIMEOUT):
                self._feed(self.child.read_nonblocking(65536, timeout=left))

    def press(self, keys):
        self.child.send(keys)

    def resize(self, columns, rows):
        self.model.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def replies(self):
        """Read to the end and return what was replied, as [card, kind, value ...]."""
        return self.ended()[0]

    def ended(self):
        """Read to the end and return the replies and the exception that ended the session, if one did."""
        while True:
            try:
                self._feed(self.child.read_nonblocking(65536, timeout=SECONDS))
            except pexpect.EOF:
                break
        found = re.search(r"replied (.*) (\w*), terminal (\w+)\.\r", self.written)
        assert found, self.written
        self.attributes = found[3]
        return json.loads(found[1]), found[2]

    def restored(self):
        """Say whether the terminal is as it was, in its attributes and its modes."""
        modes = {"1049": "l", "2004": "l", "25": "h", "7": "h"}
        last = dict(re.findall(r"\x1b\[\?(\d+)([hl])", self.written))
        return self.attributes == "restored" and all(last.get(mode, end) == end for mode, end in modes.items())

    def foreign_codes(self):
        """Return the control characters written that belong to none of our own sequences."""
        before_the_end = self.written.split("replied ")[0]
        return [character for character in OURS.sub("", before_the_end) if not character.isprintable()]
