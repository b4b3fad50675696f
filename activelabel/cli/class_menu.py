"""Editing classes beside a card: a menu, then a question at a time, then what will follow, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from activelabel.cli.render.text import wrapped
from activelabel.cli.search import Search
from activelabel.errors import WrongUse
from activelabel.session.classes.edits import ClassEdit, Verb, parse_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from activelabel.cli.face import Face
    from activelabel.cli.render.paper import Paper
    from activelabel.records.cards import Card
    from activelabel.records.events import LabelClass
    from activelabel.records.progress import Progress
    from activelabel.session.annotator import Aids

__all__ = ["edit_classes"]

TITLE: Final = "Edit classes"
OPTIONS: Final = {
    Verb.RENAME: "rename a class",
    Verb.MERGE: "merge two classes",
    Verb.SPLIT: "split a class",
    Verb.DEFINE: "define a class: say what belongs to it",
    Verb.EXAMPLE: "make this item an example of a class",
    Verb.KEY: "change the key of a class",
}
DECIDE: Final = ("do it", "leave everything as it is")


def edit_classes(face: Face, aids: Aids, card: Card, progress: Progress) -> ClassEdit | None:
    """Have the person say what is to be changed, and return it; None if they changed their mind or it cannot be done.

    Parameters
    ----------
    face
        Where the person is asked.
    aids
        Says what an edit would come to.
    card
        The card that is on screen and stays there.
    progress
        The classes and how often they were given.
    """
    if not progress.classes:
        face.tell("there are no classes yet")
        return None
    place = face.choose(TITLE, tuple(OPTIONS.values()))
    if place is None:
        return None
    verb = tuple(OPTIONS)[place]
    try:
        edit = QUESTIONS[verb](face, progress)
        if edit is None:
            face.tell("")  # an empty line leaves its question on the screen
            return None
        return edit if _is_agreed(face, aids.foreseen(card, edit)) else None
    except WrongUse as error:
        face.tell(f"{error}; {error.hint}")
        return None


def _rename(face: Face, progress: Progress) -> ClassEdit | None:
    known = _found(face, progress, "rename")
    name = known and face.ask("new name:")
    return ClassEdit(Verb.RENAME, (known.name,), (name,)) if known and name else None


def _merge(face: Face, progress: Progress) -> ClassEdit | None:
    first = _found(face, progress, "merge")
    second = first and _found(face, progress, "merge with")
    if not (first and second):
        return None
    place = face.choose("What are they called together?", (second.name, first.name, "another name"))
    if place is None:
        return None
    name = (second.name, first.name)[place] if place < 2 else face.ask("name of both:")
    return ClassEdit(Verb.MERGE, (first.name, second.name), (name,)) if name else None


def _split(face: Face, progress: Progress) -> ClassEdit | None:
    known = _found(face, progress, "split")
    parts = known and face.ask("parts, commas between:")
    return ClassEdit(Verb.SPLIT, (known.name,), parse_names(parts)) if known and parts else None


def _define(face: Face, progress: Progress) -> ClassEdit | None:
    known = _found(face, progress, "define")
    text = known and face.ask("what belongs to it:")
    return ClassEdit(Verb.DEFINE, (known.name,), (text,)) if known and text else None


def _example(face: Face, progress: Progress) -> ClassEdit | None:
    known = _found(face, progress, "example of")
    return ClassEdit(Verb.EXAMPLE, (known.name,)) if known else None


def _key(face: Face, progress: Progress) -> ClassEdit | None:
    known = _found(face, progress, "key of")
    key = known and face.ask("its new key, then Enter:")
    return ClassEdit(Verb.KEY, (known.name,), (key,)) if known and key else None


QUESTIONS: Final[dict[Verb, Callable[[Face, Progress], ClassEdit | None]]] = {
    Verb.RENAME: _rename,
    Verb.MERGE: _merge,
    Verb.SPLIT: _split,
    Verb.DEFINE: _define,
    Verb.EXAMPLE: _example,
    Verb.KEY: _key,
}


def _found(face: Face, progress: Progress, what_for: str) -> LabelClass | None:
    return face.find(Search(progress, what_for))


def _is_agreed(face: Face, words: str) -> bool:
    def rows(paper: Paper) -> list[str]:
        return wrapped(paper.foreign(words), paper.width - 2 * len(paper.gutter))

    return face.choose("This will follow", DECIDE, rows) == 0
