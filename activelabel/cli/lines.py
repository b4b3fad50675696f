"""An annotator made of lines: a file, or a program at the other end of a pipe."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, cast

from activelabel.cli.console import emit_line
from activelabel.cli.find import folded_name
from activelabel.cli.page import item_line, saved_line
from activelabel.errors import ActivelabelError, BadData, WrongUse
from activelabel.session.classes.edits import parse_edit
from activelabel.session.replies import (
    Accepted,
    BadItem,
    Chosen,
    GoTo,
    NewClass,
    Noted,
    NotSure,
    Reply,
    Skipped,
    Stop,
    Undo,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from activelabel.records.cards import Card
    from activelabel.records.progress import Progress

__all__ = ["LinesAnnotator"]

COMMANDS: Final[dict[str, Reply]] = {
    "skip": Skipped(),
    "unsure": NotSure(),
    "bad": BadItem(),
    "undo": Undo(),
    "accept": Accepted(),
    "quit": Stop(),
}
GRAMMAR: Final = "a class, or :skip :unsure :bad :undo :accept :note TEXT :new NAME :goto ID :class EDIT :quit"


class LinesAnnotator:
    """Answers each card with one line, read when the card is there and not before.

    A line is a class name, or ``:skip`` ``:unsure`` ``:bad`` ``:undo`` ``:accept`` ``:note TEXT`` ``:new NAME``
    ``:goto ID`` ``:class EDIT`` ``:quit``; a class that begins with a colon doubles it. The end of the lines is a wish
    to stop.

    Parameters
    ----------
    lines
        Where they come from; anything that gives one at a time, such as a file opened as text, which is read as UTF-8.
    plain
        Write ``item ID`` before each card and ``saved ID = LABEL`` after its answer is on disk.
    new_classes
        Add a class that is not known instead of refusing its line.
    data
        Where `plain` writes; nothing is written without it.
    """

    def __init__(
        self, lines: Iterable[str], *, plain: bool = False, new_classes: bool = False, data: Console | None = None
    ) -> None:
        self._lines = _decoded(lines) if isinstance(lines, io.TextIOWrapper) else iter(lines)
        self._number = 0
        self._new_classes = new_classes
        self._data = data if plain else None

    def answer(self, card: Card, progress: Progress) -> Reply:
        """Return what the next line says.

        Raises
        ------
        BadData
            If it says nothing that is understood, with its number; answers before it are kept.
        """
        self._write(item_line(card.item.id))
        try:
            line = next(self._lines)
        except StopIteration:
            return Stop()
        except UnicodeDecodeError as error:
            self._number += 1
            raise self._unusable("not UTF-8", "save the answers as UTF-8") from error
        self._number += 1
        return self._meant(line.strip(), progress)

    def acknowledge(self, item_id: str, said: str) -> None:
        """Write that the answer is on disk."""
        self._write(saved_line(item_id, said))

    def refuse(self, error: ActivelabelError) -> None:
        """End the session: a line that could not be carried out would shift all answers after it.

        Raises
        ------
        ActivelabelError
            The error, with the number of the line.
        """
        # the command was used rightly: what cannot be carried out is in the lines
        kind = BadData if isinstance(error, WrongUse) else type(error)
        raise kind(f"answers line {self._number}: {error}", error.hint) from error

    def _meant(self, line: str, progress: Progress) -> Reply:
        if line.startswith(":") and not line.startswith("::"):
            return self._command(line[1:])
        name = line[1:] if line.startswith("::") else line
        if not name:
            # passed over in silence, it would put every later answer on the wrong item
            raise self._unusable("empty", ":skip passes over a card")
        wanted = folded_name(name)
        for known in progress.classes:
            if folded_name(known.name) == wanted:
                return Chosen(known.id)
        if not self._new_classes:
            raise self._unusable(f"no class named {name!r}", "--new-classes adds classes that are not known")
        return NewClass(name)

    def _command(self, words: str) -> Reply:
        name, _, rest = words.partition(" ")
        if name in COMMANDS and not rest:
            return COMMANDS[name]
        if name == "note" and rest.strip():
            return Noted(rest.strip())
        if name == "new" and rest.strip():
            return NewClass(rest.strip())
        if name == "goto" and rest.strip():
            return GoTo(rest.strip())
        if name == "class":
            return self._edit(rest)
        raise self._unusable(f"not understood: {f':{words}'!r}", f"write {GRAMMAR}")

    def _edit(self, words: str) -> Reply:
        try:
            return parse_edit(words)
        except WrongUse as error:
            raise self._unusable(str(error), error.hint) from error

    def _unusable(self, what: str, hint: str) -> BadData:
        return BadData(f"answers line {self._number}: {what}", hint)

    def _write(self, line: str) -> None:
        if self._data is not None:
            emit_line(self._data, line)


def _decoded(file: io.TextIOWrapper) -> Iterator[str]:
    # line by line: a file opened as text decodes ahead, and one bad byte would hide the good lines before it
    for place, line in enumerate(cast("Iterable[bytes]", file.buffer)):
        yield line.decode("utf-8-sig" if place == 0 else "utf-8")
