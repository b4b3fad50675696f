"""`config`: the settings of a project, and where each is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.cli.console import open_streams
from activelabel.cli.rebinding import key_lines, key_table
from activelabel.cli.render.safe import safe
from activelabel.project.config import SETTINGS_OF, read_config
from activelabel.project.layout import find_project
from activelabel.project.recorded import ledger_of
from activelabel.project.settings import settings_to_json

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["run"]


def run(project: Path | None) -> None:
    """Print one setting a line, as `name = value`: first what holds for everybody, then what may differ."""
    streams = open_streams()
    layout = find_project(project)
    settings = ledger_of(layout).settings
    config = read_config(layout.config)
    keys = key_table(config.keys, layout.config)
    shared = settings_to_json(settings) if settings else {}
    streams.emit("# decided for everybody when the project was made")
    for line in _lines(shared):
        streams.emit(line)
    streams.emit(f"# may differ between people: {safe(str(layout.config))}")
    for table, names in SETTINGS_OF.items():
        for line in _lines({name: getattr(config, name) for name in names}, f"{table}."):
            streams.emit(safe(line))
    for line in key_lines(keys):
        streams.emit(safe(f"keys.{line}"))


def _lines(found: dict[str, object], prefix: str = "") -> list[str]:
    lines = []
    for name, value in found.items():
        if isinstance(value, dict):
            lines += _lines(value, f"{prefix}{name}.")
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
            lines.append(f"{prefix}{name} = {safe(str(shown))}")
    return lines
