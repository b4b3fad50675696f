"""`algorithms`: everything that can be named, from the registry."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from activelabel.cli.console import open_streams
from activelabel.learning.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from activelabel.learning.registry import Entry

__all__ = ["run"]


def run(*, as_json: bool) -> None:
    """Print the registry, for people or as JSON."""
    streams = open_streams()
    if as_json:
        found = {kind: {name: asdict(entry) for name, entry in entries.items()} for kind, entries in KINDS.items()}
        streams.emit(json.dumps(found, indent=2))
        return
    for kind, entries in KINDS.items():
        streams.data.print(Text(f"--{kind}", "title"))
        _list(entries, streams.data)
        streams.emit("")


def _list(entries: Mapping[str, Entry], console: Console) -> None:
    for name, entry in entries.items():
        line = Text.assemble("  ", (name, "field"), f"  {entry.summary}")
        console.print(line)
        for head, words in (("when", entry.when), ("cost", entry.cost), ("source", entry.source)):
            console.print(Padding(Text.assemble((f"{head}: ", "faint"), words), (0, 0, 0, 6)))
