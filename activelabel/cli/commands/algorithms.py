"""`algorithms`: everything that can be named, from the registry, and what it was measured to be worth."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.text import Text

from activelabel.cli.console import open_streams
from activelabel.learning.catalogue.measured import figures, measure
from activelabel.learning.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from activelabel.learning.registry import Entry, Kind

__all__ = ["run"]


def run(*, as_json: bool) -> None:
    """Print the registry, for people or as JSON."""
    streams = open_streams()
    if as_json:
        found = {
            kind: {name: _told(kind, name, entry) for name, entry in those.items()} for kind, those in KINDS.items()
        }
        streams.emit(json.dumps(found, indent=2))
        return
    for kind, entries in KINDS.items():
        streams.data.print(Text(f"--{kind}", "title"))
        streams.data.print(Padding(Text(f"measured: {measure(kind)}", "faint"), (0, 0, 0, 2)))
        _list(kind, entries, streams.data)
        streams.emit("")


def _told(kind: Kind, name: str, entry: Entry) -> dict[str, Any]:
    measured = {place: {**asdict(figure), "verdict": figure.verdict} for place, figure in figures(kind, name).items()}
    return {**asdict(entry), "measured": measured}


def _list(kind: Kind, entries: Mapping[str, Entry], console: Console) -> None:
    for name, entry in entries.items():
        line = Text.assemble("  ", (name, "field"), f"  {entry.summary}")
        console.print(line)
        measured = f"\n{' ' * len('measured: ')}".join(f"{place} {said}" for place, said in figures(kind, name).items())
        lines = {"when": entry.when, "cost": entry.cost, "source": entry.source, "measured": measured}
        for head, words in lines.items():
            console.print(Padding(Text.assemble((f"{head}: ", "faint"), words), (0, 0, 0, 6)))
