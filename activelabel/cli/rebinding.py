"""Keys as a person wants them: the `[keys]` table of activelabel.toml laid over the table in `keys`."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from activelabel.cli.keyboard import NAMED
from activelabel.cli.keys import BINDINGS, SCROLL_KEYS, Action, Binding, KeyTable, key_words
from activelabel.errors import ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from activelabel.records.events import LabelClass

__all__ = ["check_classes", "key_lines", "key_table"]

WHILE_TYPING: Final = (Action.LEAVE, Action.INTERRUPT, Action.REDRAW, Action.SUSPEND)
"""What is heard while text is typed too, so that no key of text may do it."""
EDITING: Final = ("Ctrl-U", "Ctrl-W")
WAYS_OUT: Final = (Action.LEAVE, Action.INTERRUPT)
INTERRUPT_KEY: Final = "Ctrl-C"  # a signal, sent by the terminal itself: no table can take it away
NAMES: Final = {name.casefold().replace("-", ""): name for name in (*NAMED, "Space")}
LIKE_OTHERS: Final = {"ctrlh": "Backspace", "ctrli": "Tab", "ctrlj": "Enter", "ctrlm": "Enter"}


def key_table(wanted: Mapping[str, Sequence[str]], path: Path, bindings: Sequence[Binding] = BINDINGS) -> KeyTable:
    """Return the keys in force: the rows of `bindings` with what is wanted otherwise.

    Parameters
    ----------
    wanted
        Name of an action -> names of its keys. An action is written with hyphens, as in `bad-item`; the six that scroll
        by the key that does it by default, as in `page-down`. Without keys an action can be done by none.
    path
        The file that says so, for the words of an error.
    bindings
        The defaults.

    Raises
    ------
    ProjectError
        If an action or a key is unknown, a key is a letter or digit, does two things, or cannot do what it is to do,
        or if no way out would be left.

    Examples
    --------
    >>> from pathlib import Path
    >>> keys = key_table({"skip": ["ctrl-n"], "page-down": ["Ctrl-T"]}, Path("activelabel.toml"))
    >>> keys.action_of("Ctrl-N").value, keys.action_of(" "), keys.scroll_of("Ctrl-T")
    ('skip', None, 'PageDown')
    """
    rows = {_written(binding.action): binding for binding in bindings if binding.action is not Action.SCROLL}
    ways: dict[str, tuple[str, ...]] = {_hyphenated(key): (key,) for key in SCROLL_KEYS}
    for name, written in wanted.items():
        keys = tuple(dict.fromkeys(_key(each, name, path) for each in written))
        if name in ways:
            ways[name] = keys
        elif name in rows:
            rows[name] = _rebound(rows[name], keys, path)
        else:
            near = get_close_matches(name, [*rows, *ways], n=1) or [", ".join([*rows, *ways])]
            raise ProjectError(f"no action named {name!r} in [keys]: {path}", f"try {near[0]}")
    _check_once({**{name: row.keys for name, row in rows.items()}, **ways}, path)
    where = {_hyphenated(key): key for key in SCROLL_KEYS}
    scrolls = {key: where[name] for name, keys in ways.items() for key in keys}
    changed = scrolls != SCROLL_KEYS
    return KeyTable([rows.get(_written(row.action)) or _scrolling(row, scrolls, changed) for row in bindings], scrolls)


def check_classes(keys: KeyTable, classes: Iterable[LabelClass]) -> None:
    """Raise ProjectError where the key of a class does something else."""
    for known in classes:
        action = keys.action_of(known.key)
        if action:
            both = f"of the class {known.name!r} and of {_written(action)}"
            hint = f"give {_written(action)} another one under [keys] in activelabel.toml"
            raise ProjectError(f"{known.key} is the key {both}", hint)


def key_lines(keys: KeyTable) -> list[str]:
    """Return the keys in force as lines of the `[keys]` table.

    Examples
    --------
    >>> key_lines(KeyTable())[:2]
    ['accept = Enter', 'skip = Space']
    """
    lines = []
    for binding in keys.bindings:
        if binding.action is Action.SCROLL:
            for where in SCROLL_KEYS.values():
                bound = [key_words(key) for key in binding.keys if keys.scroll_of(key) == where]
                lines.append(f"{_hyphenated(where)} = {', '.join(bound)}")
        else:
            lines.append(f"{_written(binding.action)} = {', '.join(map(key_words, binding.keys))}")
    return lines


def _written(action: Action) -> str:
    return action.value.replace(" ", "-")


def _hyphenated(key: str) -> str:
    return key_words(key).lower().replace(" ", "-")


def _key(written: str, action: str, path: Path) -> str:
    """Return the name that a key has when it is pressed."""
    name = unicodedata.normalize("NFC", written)
    folded = name.casefold().replace("-", "").replace(" ", "")
    if len(name) == 1 and name.isalnum():
        raise ProjectError(
            f"{action} is {written!r} in [keys]: {path}", "letters and digits belong to classes; take another key"
        )
    if len(name) == 1 and name.isprintable() and not unicodedata.combining(name):
        return name
    if folded in NAMES:
        return " " if NAMES[folded] == "Space" else NAMES[folded]
    if folded in LIKE_OTHERS:
        raise ProjectError(
            f"{action} is {written!r} in [keys]: {path}", f"a terminal sends {LIKE_OTHERS[folded]} for it; write that"
        )
    near = get_close_matches(folded, NAMES, n=1) or ["ctrln"]
    raise ProjectError(f"no key named {written!r} in [keys]: {path}", f"try {key_words(NAMES[near[0]])!r}")


def _rebound(row: Binding, keys: tuple[str, ...], path: Path) -> Binding:
    name = _written(row.action)
    if row.action in WAYS_OUT and not keys:
        raise ProjectError(f"{name} has no key in [keys]: {path}", "give it one: there must be a way out")
    if row.action in WHILE_TYPING:
        text = next((key for key in keys if not key.startswith("Ctrl-") or key in EDITING), None)
        if text:
            raise ProjectError(
                f"{name} is {key_words(text)!r} in [keys]: {path}",
                "it is heard while text is typed too; take a key with Ctrl other than Ctrl-U and Ctrl-W",
            )
    if row.action is Action.INTERRUPT:
        keys = tuple(dict.fromkeys([INTERRUPT_KEY, *keys]))
    return _with_keys(row, keys)


def _scrolling(row: Binding, scrolls: Mapping[str, str], changed: bool) -> Binding:
    return _with_keys(row, tuple(scrolls)) if changed else row


def _with_keys(row: Binding, keys: tuple[str, ...]) -> Binding:
    return replace(row, keys=keys, shown=", ".join(map(key_words, keys)) or "(no key)")


def _check_once(keys_of: Mapping[str, tuple[str, ...]], path: Path) -> None:
    does: dict[str, str] = {}
    for name, keys in keys_of.items():
        for key in keys:
            if key in does:
                hint = "it always interrupts" if key == INTERRUPT_KEY else "give each its own"
                raise ProjectError(f"{key_words(key)} is the key of {does[key]} and of {name} in [keys]: {path}", hint)
            does[key] = name
