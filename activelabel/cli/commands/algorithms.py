"""`algorithms`: everything that can be named, from the registry."""

from __future__ import annotations

import json
from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from activelabel.cli.console import open_streams
from activelabel.learning.registry import KINDS

__all__ = ["run"]


def run(*, as_json: bool) -> None:
    """Print the registry, as a table a kind or as JSON."""
    streams = open_streams()
    if as_json:
        found = {kind: {name: asdict(entry) for name, entry in entries.items()} for kind, entries in KINDS.items()}
        streams.emit(json.dumps(found, indent=2))
        return
    for kind, entries in KINDS.items():
        table = Table(title=Text(f"--{kind}", "title"), title_justify="left", box=None, pad_edge=False, padding=(0, 2))
        for head in ("name", "what it does", "when", "cost", "source"):
            table.add_column(Text(head, "faint"), overflow="fold")
        for name, entry in entries.items():
            cells = (entry.summary, entry.when, entry.cost, entry.source)
            table.add_row(Text(name, "field"), *(Text(cell) for cell in cells))
        streams.data.print(table)
        streams.emit("")
