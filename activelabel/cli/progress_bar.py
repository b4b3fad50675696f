"""A line that counts while something long runs; nothing where there is no terminal to rewrite it on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from rich.progress import (
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from activelabel.cli.console import is_screen
from activelabel.learning.progress import listening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import Console

__all__ = ["counting", "followed", "waiting"]

Part = TypeVar("Part")


@contextmanager
def counting(
    console: Console, things: str, total: Callable[[], int | None] = lambda: None, *, plain: bool = False
) -> Iterator[Callable[[int], None]]:
    """Yield a function to tell how many things were done so far; the line goes away at the end. `plain` has no line.

    With the total, about, the line says how much time is left; without it, how much has gone by. To find the total may
    take a pass over a file: it is asked for where there is a line.
    """
    shut = plain or not is_screen(console)
    most = None if shut else total()
    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} {task.description}"))
    clock = (TimeElapsedColumn(),) if most is None else (TimeRemainingColumn(), TextColumn("left"))
    with Progress(*columns, *clock, console=console, transient=True, disable=shut) as line:
        task = line.add_task(things, total=most)
        yield lambda done: line.update(task, completed=done)


def followed(
    parts: Iterable[Part], on_things: Callable[[int], None], size: Callable[[Part], int] = lambda _: 1
) -> Iterator[Part]:
    """Yield parts as they come, and tell after each how many things were done so far; a part is one unless sized."""
    done = 0
    for part in parts:
        yield part
        done += size(part)
        on_things(done)


@contextmanager
def waiting(console: Console, words: str, *, on_screen: bool = False, plain: bool = False) -> Iterator[None]:
    """Say what is waited for, with the time that it takes; of long work in it, how far it is and how much is left.

    Where a terminal cannot rewrite it, or is not to, as it is `plain`, that is one line that stays, or none if it is
    wanted `on_screen` alone.
    """
    if plain or not is_screen(console):
        if not on_screen:
            console.print(f"{words} ...", soft_wrap=True)
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), _Clock())
    with Progress(*columns, console=console, transient=True) as lines:
        lines.add_task(f"{words} ...", total=None)
        with listening(_Parts(lines).on_part):
            yield


class _Parts:
    """A second line, for the part of the work that has begun last and has told how much there is of it."""

    def __init__(self, lines: Progress) -> None:
        self._lines = lines
        self._what = ""
        self._line: TaskID | None = None

    def on_part(self, what: str, done: int, total: int) -> None:
        if self._line is not None and (what != self._what or done >= total):
            self._lines.remove_task(self._line)
            self._line = None
        if done < total:
            words = f"{done:,} of {total:,} {what}"
            if self._line is None:
                self._what, self._line = what, self._lines.add_task(words, total=total)
            self._lines.update(self._line, completed=done, description=words)


class _Clock(ProgressColumn):
    """How much time has gone by, or is left where that can be said."""

    def __init__(self) -> None:
        super().__init__()
        self._elapsed, self._left = TimeElapsedColumn(), TimeRemainingColumn()

    def render(self, task: Task) -> Text:
        """Return the time of a line."""
        return self._elapsed.render(task) if task.total is None else self._left.render(task) + Text(" left")
