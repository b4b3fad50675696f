"""An annotator made of a person, keys and a terminal: one key is an answer."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Self, TextIO

from activelabel.cli.class_menu import edit_classes
from activelabel.cli.console import is_screen
from activelabel.cli.device import Device
from activelabel.cli.face import Face, Left
from activelabel.cli.going import go_to
from activelabel.cli.keys import Action, action_of
from activelabel.cli.page import Page
from activelabel.cli.pictures import Pictures
from activelabel.cli.probe import BLOCKS
from activelabel.cli.render.help import help_rows
from activelabel.cli.screen import Screen
from activelabel.cli.search import Search
from activelabel.errors import ActivelabelError, WrongUse
from activelabel.session.names import checked_name
from activelabel.session.replies import (
    Accepted,
    BadItem,
    Chosen,
    NewClass,
    Noted,
    NotSure,
    Redo,
    Reply,
    Skipped,
    Stop,
    Undo,
)

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from rich.console import Console

    from activelabel.cli.keyboard import Key
    from activelabel.records import Card, ItemRecord, Progress
    from activelabel.session.annotator import Aids

__all__ = ["Manner", "TerminalAnnotator", "check_terminal"]

SIMPLE: Final[dict[Action, Reply]] = {
    Action.SKIP: Skipped(),
    Action.NOT_SURE: NotSure(),
    Action.BAD_ITEM: BadItem(),
    Action.UNDO: Undo(),
    Action.REDO: Redo(),
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a person wants cards to be shown.

    plain writes lines and draws nothing; so it is too on a terminal that obeys no escape sequences. pictures says how
    they are drawn, as for `Pictures`; "auto" draws them with characters too where no colours are wanted. views is the
    folder of pictures that are larger than their cards hold.
    """

    plain: bool = False
    pictures: str = "auto"
    views: Path | None = None


def check_terminal(console: Console, stdin: TextIO) -> None:
    """Raise WrongUse unless keys can be read and cards be shown."""
    if not (stdin.isatty() and console.file.isatty()):
        raise WrongUse("label needs a terminal for its keys and cards", "give the answers with --answers FILE or -")


class TerminalAnnotator:
    """A person at a terminal; a context manager, which gives the terminal back on every way out.

    Parameters
    ----------
    console
        Where cards are drawn, a terminal.
    stdin
        Where keys come from, a terminal.
    aids
        What can be asked for beside a card.
    manner
        How cards are shown.
    data
        Where plain cards write their `item` and `saved` lines; the console if not given.

    Raises
    ------
    WrongUse
        If keys cannot be read or cards not be shown, because one of the two is no terminal.
    """

    def __init__(
        self, console: Console, stdin: TextIO, aids: Aids, manner: Manner = Manner(), data: Console | None = None
    ) -> None:
        check_terminal(console, stdin)
        self._aids = aids
        self._device = device = Device(stdin.fileno(), console.file.fileno(), console.encoding)
        if is_screen(console) and not manner.plain:
            protocol = BLOCKS if manner.pictures == "auto" and console.no_color else manner.pictures
            self._face: Face = Screen(console, device, Pictures(device, protocol, manner.views))
        else:
            self._face = Page(data or console, device)
        self._stays = False
        self._message = ""

    def __enter__(self) -> Self:
        self._face.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._face.close()

    def answer(self, card: Card, progress: Progress) -> Reply:
        """Show the card and return what the person says to it.

        Keys pressed before the card could be seen are dropped, but for the wish to leave.

        Raises
        ------
        KeyboardInterrupt
            On Ctrl-C.
        Interrupted
            If the terminal has gone.
        """
        fresh, self._stays = not self._stays, False
        message, self._message = self._message or progress.message, ""
        stopped = self._device.stopped
        try:
            self._face.deal(card, progress, message, fresh=fresh)
            reply = self._new_class(progress) if fresh and not progress.classes else None
            while reply is None:
                reply = self._reply_to(self._face.key(), card, progress)
        except Left:
            return Stop()
        finally:
            self._aids.was_away(self._device.stopped - stopped)
        self._stays = isinstance(reply, Noted)
        return reply

    def acknowledge(self, item_id: str, said: str) -> None:
        """Take note that an answer is on disk."""
        self._face.acknowledge(item_id, said)

    def refuse(self, error: ActivelabelError) -> None:
        """Keep the card and say on it why the answer was not taken."""
        self._stays = True
        self._message = f"{error}; {error.hint}" if error.hint else str(error)

    def _reply_to(self, key: Key, card: Card, progress: Progress) -> Reply | None:
        action = action_of(key.name)
        if action is None:
            return self._class_of(key, progress)
        if action is Action.GO_TO:
            return go_to(self._face, self._aids)
        if action is Action.SCROLL:
            self._face.scroll(key.name)
        elif action is Action.HELP:
            self._face.read("Keys and classes", partial(help_rows, card, progress, self._examples(progress)))
        return SIMPLE.get(action) or self._more_than_a_key(action, card, progress)

    def _examples(self, progress: Progress) -> dict[str, ItemRecord]:
        """Return the items that are examples of classes, by id: looked up once, and not at each scroll."""
        found = {item_id: self._aids.example(item_id) for known in progress.classes for item_id in known.examples}
        return {item_id: item for item_id, item in found.items() if item}

    def _more_than_a_key(self, action: Action, card: Card, progress: Progress) -> Reply | None:
        match action:
            case Action.ACCEPT:
                return self._accept(card)
            case Action.FIND:
                search = Search(progress)
                found = self._face.find(search)
                return Chosen(found.id, search.typed) if found else None
            case Action.NEW_CLASS:
                return self._new_class(progress)
            case Action.CLASSES:
                return edit_classes(self._face, self._aids, card, progress)
            case Action.NOTE:
                text = self._face.ask("note:")
                return Noted(text.strip()) if text and text.strip() else None
            case _:
                return None

    def _class_of(self, key: Key, progress: Progress) -> Reply | None:
        pressed = unicodedata.normalize("NFC", key.name)
        for known in progress.classes:
            if known.key == pressed:
                return Chosen(known.id)
        if key.name == "Paste":
            self._face.tell("pasted text is not an answer")
        elif key.name not in {"Esc", "Other"}:
            self._face.tell(f"no class has the key {key.name}; ? shows all keys")
        return None

    def _accept(self, card: Card) -> Reply | None:
        if card.suggestion is None or card.suggestion_hidden:
            self._face.tell("no suggestion on this card")
            return None
        return Accepted()

    def _new_class(self, progress: Progress) -> Reply | None:
        name = self._face.ask("new class:")
        if not name:
            self._face.tell("")
            return None
        try:
            return NewClass(checked_name(name, progress.classes))
        except WrongUse as error:
            self._face.tell(f"{error}; {error.hint}")
            return None
