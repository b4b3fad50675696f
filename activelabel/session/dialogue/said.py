"""Answers that come through a pipe: JSON that anybody may have written, read strictly."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from activelabel.errors import WrongUse
from activelabel.session.replies import Accepted, BadItem, NotSure, Reply, Skipped

__all__ = ["LONGEST", "SIMPLE", "Said", "parsed"]

LONGEST: Final = 100_000
"""Bytes in one message."""

SIMPLE: Final[dict[str, Reply]] = {"skip": Skipped(), "not_sure": NotSure(), "bad": BadItem(), "accept": Accepted()}
"""The answers that need no word, by their names."""

TEXTS: Final = ("card", "label", "note")
FLAGS: Final = (*SIMPLE, "undo")
FIELDS: Final = (*TEXTS, *FLAGS, "new_class", "seconds")
LONGEST_SECONDS: Final = 86_400  # a day: longer, nobody looked at a card
ONE_OF: Final = "label, skip, not_sure, bad, accept or undo"
EXAMPLE: Final = 'write {"card": TOKEN, "label": "CLASS"}, or "skip": true in place of the label, or {"undo": true}'
SHOWN: Final = 60  # characters of a value that an error quotes


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was written.

    what is ``label``, ``skip``, ``not_sure``, ``bad``, ``accept`` or ``undo``; label is the name of a class with the
    first; seconds is how long the card was on screen, None where that was not said.
    """

    what: str
    card: str = ""
    label: str = ""
    new_class: bool = False
    seconds: float | None = None
    note: str = ""


def parsed(text: str | bytes) -> Said:
    """Return what an answer says.

    Raises
    ------
    WrongUse
        If it is no answer: no JSON, a field that means nothing, a value of the wrong kind, several answers in one.

    Examples
    --------
    >>> parsed('{"card": "3f2a", "label": "ham"}').label
    'ham'
    >>> parsed('{"undo": true}').what
    'undo'
    """
    found = _object(text)
    for name, value in found.items():
        _check(name, value)
    given = [name for name in ("label", *SIMPLE, "undo") if name in found]
    if len(given) != 1:
        what = f"{' and '.join(given)} in one answer" if given else "nothing is answered"
        raise WrongUse(what, f"give one of {ONE_OF}")
    _check_beside(given[0], found)
    return Said(
        what=given[0],
        card=found.get("card", ""),
        label=found.get("label", ""),
        new_class=found.get("new_class", False),
        seconds=found.get("seconds"),
        note=found.get("note", "").strip(),
    )


def _object(text: str | bytes) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise WrongUse(f"longer than {LONGEST:,} bytes", "an answer is a short JSON object")
    try:
        found = json.loads(text, object_pairs_hook=_distinct, parse_constant=_refused)
    except RecursionError:
        raise WrongUse("not JSON: nested too deeply", EXAMPLE) from None
    except ValueError as error:
        raise WrongUse(f"not JSON: {error}", EXAMPLE) from None
    if not isinstance(found, dict):
        raise WrongUse(f"not a JSON object: {_quoted(found)}", EXAMPLE)
    return found


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is given twice")
    return found


def _refused(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _check(name: str, value: object) -> None:
    if name in TEXTS:
        is_right, wanted = isinstance(value, str), "a text"
    elif name == "new_class":
        is_right, wanted = isinstance(value, bool), "true or false"
    elif name in FLAGS:
        is_right, wanted = value is True, "true"
    elif name == "seconds":
        is_right, wanted = _is_duration(value), f"a number from 0 to {LONGEST_SECONDS:,}"
    else:
        near = get_close_matches(name, FIELDS, n=1)
        raise WrongUse(f"unknown field {_quoted(name)}", f"try {near[0]!r}" if near else EXAMPLE)
    if not is_right:
        raise WrongUse(f"{name} is {_quoted(value)}", f"give {wanted}")


def _check_beside(what: str, found: dict[str, Any]) -> None:
    """Refuse what means nothing beside an answer of this kind, and an answer that names no card."""
    if what == "undo" and len(found) > 1:
        raise WrongUse("undo stands alone", 'it takes back your last answer, whatever card that was: {"undo": true}')
    if what != "label" and "new_class" in found:
        raise WrongUse(f"new_class beside {what}", "it means something beside a label only")
    if what != "undo" and not found.get("card"):
        raise WrongUse("no card is named", "give the token of the question as its card")


def _is_duration(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LONGEST_SECONDS


def _quoted(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."
