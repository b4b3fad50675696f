"""An annotator made of a person, keys and a terminal: one key is an answer."""

from __future__ import annotations

import unicodedata
from functools import partial
from typing import TYPE_CHECKING, Final, Self, TextIO

from activelabel.cli.class_menu import edit_classes
from activelabel.cli.cluster_menu import ClusterMenu, asks_about_all
from activelabel.cli.console import is_screen
from activelabel.cli.device import Device
from activelabel.cli.face import Face, Left
from activelabel.cli.going import go_to
from activelabel.cli.keys import Action, key_words
from activelabel.cli.manner import AS_IT_COMES, Manner
from activelabel.cli.page import Page
from activelabel.cli.pictures import Pictures
from activelabel.cli.probe import BLOCKS
from activelabel.cli.rebinding import check_classes
from activelabel.cli.render.given import enter_means
from activelabel.cli.render.help import help_rows
from activelabel.cli.render.precedents import NO_PRECEDENTS, precedent_rows
from activelabel.cli.render.reasons import is_withheld
from activelabel.cli.screen import Screen
from activelabel.cli.search import Search
from activelabel.errors import ActivelabelError, WrongUse
from activelabel.records.kinds import CardKind
from activelabel.session.classes.names import checked_name
from activelabel.session.clock import utc_now
from activelabel.session.clusters.replies import OneByOne
from activelabel.session.outcome import saved_words
from activelabel.session.replies import (
    REASONS,
    Accepted,
    BadItem,
    Chosen,
    ClassEdit,
    Decided,
    Flagged,
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
    from types import TracebackType

    from rich.console import Console

    from activelabel.cli.keyboard import Key
    from activelabel.records.cards import Card
    from activelabel.records.contents import ItemRecord
    from activelabel.records.progress import Progress
    from activelabel.session.annotator import Aids

__all__ = ["TerminalAnnotator", "check_terminal"]

SIMPLE: Final[dict[Action, Reply]] = {
    Action.SKIP: Skipped(),
    Action.NOT_SURE: NotSure(),
    Action.BAD_ITEM: BadItem(),
    Action.FLAG: Flagged(),
    Action.UNDO: Undo(),
    Action.REDO: Redo(),
}
ABOUT_CLUSTERS: Final = {Action.CLUSTER, Action.UNDO, Action.REDO, Action.HELP, Action.SCROLL}
"""What a key can do on a card that asks about a cluster, not about an item."""


def check_terminal(console: Console, stdin: TextIO) -> None:
    """Raise WrongUse unless keys can be read and cards be shown."""
    if not (stdin.isatty() and console.file.isatty()):
        raise WrongUse("keys and cards need a terminal", "give the answers with --answers FILE or -")


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
        What this person prefers.
    data
        Where plain cards write their `item` and `saved` lines; the console if not given.

    Raises
    ------
    WrongUse
        If keys cannot be read or cards not be shown, because one of the two is no terminal.
    ProjectError
        If the key of a class does something else.
    """

    def __init__(
        self, console: Console, stdin: TextIO, aids: Aids, manner: Manner = AS_IT_COMES, data: Console | None = None
    ) -> None:
        check_terminal(console, stdin)
        check_classes(manner.keys, aids.classes())
        self._aids = aids
        self._keys, self._guide = manner.keys, manner.guide
        leaving = [key for action in (Action.LEAVE, Action.INTERRUPT) for key in self._keys.keys_of(action)]
        self._device = device = Device(stdin.fileno(), console.file.fileno(), console.encoding, leaving)
        if is_screen(console) and not manner.plain:
            protocol = BLOCKS if manner.pictures == "auto" and console.no_color else manner.pictures
            self._face: Face = Screen(console, device, Pictures(device, protocol, manner.views), self._keys)
        else:
            self._face = Page(data or console, device, self._keys)
        self._clusters = ClusterMenu(self._face, aids, self._keys)
        self._stays = False
        self._message = ""
        self._given = aids.answers_given()
        self._counts = False
        self._saved = ""

    def __enter__(self) -> Self:
        self._face.open()
        self._aids.welcome_clusters()
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
            On the key that interrupts.
        Interrupted
            If the terminal has gone.
        """
        fresh, self._stays = not self._stays, False
        message, self._message = self._message or self._told(card, progress, fresh=fresh), ""
        stopped = self._device.stopped
        try:
            self._face.deal(card, progress, message, fresh=fresh)
            reply = self._new_class(progress) if fresh and not progress.classes else None
            if asks_about_all(card):
                reply = self._clusters.about(card, progress)
            while reply is None:
                reply = self._reply_to(self._face.key(), card, progress)
            if card.kind is CardKind.ADJUDICATION and isinstance(reply, Chosen | NewClass):
                reply = self._with_reason(reply)
        except Left:
            return Stop()
        finally:
            self._aids.was_away(self._device.stopped - stopped)
        self._stays = isinstance(reply, Noted | Flagged)
        self._counts = not isinstance(reply, Noted | Flagged | ClassEdit | Undo | Redo)
        return reply

    def acknowledge(self, item_id: str, said: str) -> None:
        """Take note that an answer is on disk."""
        self._given += self._counts
        self._saved = saved_words(said)
        self._face.acknowledge(item_id, said)

    def refuse(self, error: ActivelabelError) -> None:
        """Keep the card and say on it why the answer was not taken."""
        self._stays = True
        self._message = f"{error}; {error.hint}" if error.hint else str(error)

    def _told(self, card: Card, progress: Progress, *, fresh: bool) -> str:
        """Return the news, or where there is none but that the last answer was saved, what the guide says."""
        # without classes the first one is asked for, in the line of the message
        quiet = fresh and progress.classes and progress.message in {"", self._saved}
        return (self._guide(card, progress, self._given) if quiet else "") or progress.message

    def _reply_to(self, key: Key, card: Card, progress: Progress) -> Reply | None:
        action = self._keys.action_of(key.name)
        if asks_about_all(card) and action not in ABOUT_CLUSTERS:
            if action is Action.SKIP:
                return OneByOne()
            self._clusters.remind()
            return None
        if action is None:
            return self._class_of(key, progress)
        if action is Action.GO_TO:
            return go_to(self._face, self._aids)
        if action is Action.SCROLL:
            self._face.scroll(key.name)
        elif action is Action.CLUSTER:
            return self._clusters.about(card, progress)
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
                return self._accept(card, progress)
            case Action.FIND:
                search = Search(progress)
                found = self._face.find(search)
                return Chosen(found.id, search.typed) if found else None
            case Action.NEW_CLASS:
                return self._new_class(progress)
            case Action.CLASSES:
                return edit_classes(self._face, self._aids, card, progress)
            case Action.NOTE:
                return self._note()
            case Action.PRECEDENTS:
                self._show_precedents(card, progress)
        return None

    def _class_of(self, key: Key, progress: Progress) -> Reply | None:
        pressed = unicodedata.normalize("NFC", key.name)
        for known in progress.classes:
            if known.key == pressed:
                return Chosen(known.id)
        if key.name == "Paste":
            self._face.tell("pasted text is not an answer")
        elif key.name not in {"Esc", "Other"}:
            help_key = self._keys.shown(Action.HELP)
            self._face.tell(f"no class has the key {key_words(key.name)}; {help_key} shows all keys")
        return None

    def _accept(self, card: Card, progress: Progress) -> Reply | None:
        if enter_means(card, progress):
            return Accepted()
        self._face.tell("no answer to keep: choose a class" if card.answered else "no suggestion on this card")
        return None

    def _show_precedents(self, card: Card, progress: Progress) -> None:
        found = self._aids.precedents(card)
        if not found and (not card.pulls or is_withheld(card)):
            self._face.tell(NO_PRECEDENTS)
            return
        self._face.read("What you decided nearby", partial(precedent_rows, card, found, utc_now(), progress))

    def _with_reason(self, answer: Chosen | NewClass) -> Reply:
        place = self._face.choose("Why did the answers differ?", REASONS)
        return answer if place is None else Decided(answer, REASONS[place])

    def _note(self) -> Reply | None:
        text = self._face.ask("note:")
        if text and text.strip():
            return Noted(text.strip())
        if text is not None:
            self._face.tell("no note was typed")
        return None

    def _new_class(self, progress: Progress) -> Reply | None:
        name = self._face.ask("new class:")
        if not name:
            self._face.tell("")
            return None
        try:
            kept = checked_name(name, progress.classes)
            if action := self._keys.action_of(kept):
                raise WrongUse(f"{kept} is the key of {action}", "give the class a longer name")
            return NewClass(kept)
        except WrongUse as error:
            self._face.tell(f"{error}; {error.hint}")
            return None
