"""Two consoles and one theme: data goes to standard output, what people read around it to standard error."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TextIO

from rich.console import Console
from rich.text import Text
from rich.theme import Theme

from activelabel.cli.render.paper import Paper
from activelabel.cli.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Streams", "colours_of", "console_on", "emit_line", "is_screen", "open_streams", "paper_on"]

THEME: Final = Theme(
    {
        "status": "dim",
        "title": "bold",
        "frame": "dim",
        "faint": "dim",
        "field": "cyan",
        "key": "bold cyan",
        "class": "none",
        "suggestion": "bold",
        "given": "bold",
        "pull": "underline",
        "message": "yellow",
        "error": "bold red",
    },
)
COLOURS: Final = {"standard": 16, "256": 256, "truecolor": 1 << 24}
MUTE_TERMINALS: Final = frozenset({"", "dumb", "unknown"})


@dataclass(frozen=True, slots=True)
class Streams:
    """Where a command writes: `data` is standard output, `talk` standard error."""

    data: Console
    talk: Console

    def emit(self, line: str) -> None:
        """Write one line of data as it is, at once, so that a program at the other end of a pipe can follow."""
        emit_line(self.data, line)

    def say(self, words: str | Text) -> None:
        """Tell the person something; a string is foreign until proven otherwise, and made safe."""
        shown = words if isinstance(words, Text) else Text(safe(words, newlines=True))
        self.talk.print(shown, soft_wrap=True)


def open_streams(*, no_color: bool = False) -> Streams:
    """Return the consoles of this process.

    Parameters
    ----------
    no_color
        Write no colours whatever the environment says. Without it NO_COLOR, FORCE_COLOR and TERM decide.
    """
    return Streams(console_on(sys.stdout, no_color=no_color), console_on(sys.stderr, no_color=no_color))


def console_on(stream: TextIO | None, *, no_color: bool = False, environ: Mapping[str, str] | None = None) -> Console:
    """Return a console on a stream that takes text as it is: no markup, no highlighting, no emoji codes.

    Parameters
    ----------
    stream
        Where to write; None, as Python has it for a closed standard stream, swallows all.
    no_color
        Write no colours.
    environ
        Instead of the process's environment.
    """
    environ = os.environ if environ is None else environ
    if isinstance(stream, io.TextIOWrapper):
        # a name from the data must not end the program because the locale cannot write it
        stream.reconfigure(errors="replace")
    mute = environ.get("TERM", "").lower() in MUTE_TERMINALS and "FORCE_COLOR" not in environ
    return Console(
        file=stream if stream is not None else io.StringIO(),
        theme=THEME,
        markup=False,
        highlight=False,
        emoji=False,
        no_color=True if no_color or environ.get("NO_COLOR") else None,
        color_system=None if mute else "auto",
        _environ=environ,
    )


def emit_line(console: Console, line: str) -> None:
    """Write one line as it is, at once."""
    console.file.write(f"{line}\n")
    console.file.flush()


def colours_of(console: Console) -> int:
    """Return how many colours a console shows, 0 where none are wanted."""
    return 0 if console.no_color else COLOURS.get(console.color_system or "", 0)


def paper_on(console: Console) -> Paper:
    """Return what a command may draw on a console."""
    return Paper(console.width, console.height, console.encoding, colours_of(console))


def is_screen(console: Console) -> bool:
    """Return whether a console writes to a terminal that can be drawn on: one that obeys escape sequences."""
    term = os.environ.get("TERM", "").lower()
    return console.file.isatty() and term not in MUTE_TERMINALS
