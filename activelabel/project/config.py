"""activelabel.toml: what may differ between people. The command line stands above it, the environment between."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from activelabel.errors import ProjectError
from activelabel.project.files import written_aside

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DEFAULT_CONFIG", "PICTURES", "SETTINGS_OF", "Config", "read_config", "write_scheduler"]

TABLES = ("label", "keys", "cluster")

PICTURES = ("auto", "kitty", "iterm2", "sixel", "blocks")
"""Ways to draw pictures; auto asks the terminal what it has."""

DEFAULT_CONFIG = """\
# What may differ between the people who share this project. A command-line option stands above a line here,
# ACTIVELABEL_ANNOTATOR, ACTIVELABEL_PLAIN and ACTIVELABEL_PICTURES between the two. What was decided for everybody is
# in labels.db.

[label]
# annotator = "ann"    # who answers; default: the name of the user
# plain = false        # one fact a line, no boxes, nothing redrawn: for screen readers
# max = 0              # answers in a session; 0 is no limit
# budget = "20m"       # time for a session; default: no limit
# until = "95%"        # a session ends when at least this share is right for sure; default: it does not
# at_least = 0         # a session ends when each class has so many labels; 0: it does not
# pictures = "auto"    # as the terminal can; or draw them with "kitty", "iterm2", "sixel" or "blocks"
# hints = true         # a line now and then, in the first answers, about a key that has not been needed yet

[keys]
# Any key but letters and digits, which are the classes'. `activelabel config` lists all actions with their keys.
# skip = "Ctrl-N"
# leave = ["Ctrl-X", "Ctrl-D"]     # both do it
# page-down = "Ctrl-V"

[cluster]
# scheduler = "local"  # who works on a pool of Parquet files: local, local:2 for two workers, or tcp://HOST:PORT
"""


@dataclass(frozen=True, slots=True)
class Config:
    """What may differ between people.

    The `[label]` table: who answers, whether plainly, what ends a session (0 or "": nothing), how pictures look, and
    whether newcomers are given hints. The `[keys]` table: the name of an action -> the keys it is to have, as written.
    The `[cluster]` table: which scheduler has the parts of a pool worked on ("": this process does it).
    """

    annotator: str = ""
    plain: bool = False
    max: int = 0
    budget: str = ""
    until: str = ""
    at_least: int = 0
    pictures: str = "auto"
    hints: bool = True
    scheduler: str = ""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


SETTINGS_OF = {
    "label": tuple(field.name for field in fields(Config) if field.name not in {"keys", "scheduler"}),
    "cluster": ("scheduler",),
}
"""The settings of each table but that of keys, in the order in which `Config` has them."""


def read_config(path: Path) -> Config:
    """Return the settings of a file, under those of the environment; defaults where both are silent.

    Raises
    ------
    ProjectError
        If the file is not TOML, holds a name that means nothing, or a value that is none for its name.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (OSError, ValueError, RecursionError) as error:
        raise ProjectError(f"cannot be read ({error}): {path}", "mend the line, or delete the file") from None
    stray = [name for name in found if name not in TABLES]
    if stray:
        raise ProjectError(
            f"unknown table [{stray[0]}]: {path}", f"the tables are {', '.join(f'[{name}]' for name in TABLES)}"
        )
    for name, table in found.items():
        if not isinstance(table, dict):
            hint = f"write it as [{name}], with one setting a line below"
            raise ProjectError(f"[{name}] is not a table: {path}", hint)
    keys = {action: _keys(action, written, path) for action, written in found.get("keys", {}).items()}
    given = {name: value for table in SETTINGS_OF for name, value in _checked(table, found, path).items()}
    config = Config(**{**given, **_environment(), "keys": keys})
    if config.pictures not in PICTURES:
        where = "ACTIVELABEL_PICTURES" if os.environ.get("ACTIVELABEL_PICTURES") else path
        raise ProjectError(f"pictures is {config.pictures!r}: {where}", f"write one of {', '.join(PICTURES)}")
    return config


def write_scheduler(path: Path, address: str) -> None:
    """Write the settings of a new project, with the scheduler that has its pool worked on."""
    text = DEFAULT_CONFIG.replace('# scheduler = "local" ', f"scheduler = {json.dumps(address)} ")
    with written_aside(path) as file:
        file.write(text.encode())


def _environment() -> dict[str, Any]:
    given: dict[str, Any] = {}
    if name := os.environ.get("ACTIVELABEL_ANNOTATOR"):
        given["annotator"] = name
    if pictures := os.environ.get("ACTIVELABEL_PICTURES"):
        given["pictures"] = pictures
    if plain := os.environ.get("ACTIVELABEL_PLAIN"):
        given["plain"] = plain not in {"0", "false", "no"}
    return given


def _checked(table: str, found: dict[str, Any], path: Path) -> dict[str, Any]:
    kinds = {name: type(getattr(Config(), name)) for name in SETTINGS_OF[table]}
    given: dict[str, Any] = found.get(table, {})
    for name, value in given.items():
        if name not in kinds:
            near = get_close_matches(name, kinds, n=1) or sorted(kinds)
            raise ProjectError(f"unknown setting {name!r}: {path}", f"try {near[0]!r}")
        if type(value) is not kinds[name]:
            raise ProjectError(f"{name} is {value!r}, not a {kinds[name].__name__}: {path}", "mend the line")
    return given


def _keys(action: str, written: object, path: Path) -> tuple[str, ...]:
    keys = written if isinstance(written, list) else [written]
    if not all(isinstance(key, str) for key in keys):
        raise ProjectError(f"{action} is {written!r} in [keys]: {path}", 'write "Ctrl-N", or a list of such names')
    return tuple(keys)
