"""JSON Lines: one object a line with every column as a key, null where a cell has no value. Exact."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from activelabel.reporting.exports.sheet import Sheet

__all__ = ["write_jsonlines"]


def write_jsonlines(file: BinaryIO, sheet: Sheet) -> None:
    """Write a sheet."""
    names = [column.name for column in sheet.columns]
    for row in sheet.rows:
        line = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)
        # what UTF-8 cannot hold is a lone surrogate, and its backslash form is just how JSON writes one
        file.write(line.encode("utf-8", "backslashreplace") + b"\n")
