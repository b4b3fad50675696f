"""Lines of JSON objects, every value as its canonical text; a key that a line lacks is missing there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from activelabel.errors import BadData
from activelabel.project.readers.files import Reading, check_names, check_regular, unchanged
from activelabel.project.readers.pieces import find_encoding, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["JsonLines", "canonical"]

BATCH_ROWS = 4096


class JsonLines:
    """A JSONL file: one object a line, columns in the order in which their keys first appear.

    `null` and a key that is absent are missing, and differ from "". Numbers, true and false become their JSON text,
    lists and objects their JSON text with sorted keys. A half of a surrogate pair becomes U+FFFD.

    Raises
    ------
    BadData
        With the line number: what is not JSON, not an object, names a key twice, holds a NUL, is nested too deeply or
        has a number of thousands of digits.
    """

    def __init__(self, path: Path, how: Reading) -> None:
        check_regular(path)
        self._path = path
        self.how = Reading(find_encoding(path, how.encoding))
        # one pass for the names alone: every batch needs them all, and the last line may bring a new one
        self.names: tuple[str, ...] = tuple(dict.fromkeys(key for _, record in self._records() for key in record))
        check_names(path, self.names)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows in file order, all columns as text or null."""
        schema = pa.schema([(name, pa.string()) for name in self.names])
        rows: list[dict[str, str | None]] = []
        with unchanged(self._path):
            for line, record in self._records():
                row = {key: canonical(value) for key, value in record.items()}
                if any("\0" in text for text in row.values() if text):
                    raise BadData(f"{self._path}: line {line}: a NUL character", hint="mend that line")
                rows.append(row)
                if len(rows) == BATCH_ROWS:
                    yield pa.RecordBatch.from_pylist(rows, schema)
                    rows = []
        if rows:
            yield pa.RecordBatch.from_pylist(rows, schema)

    def _records(self) -> Iterator[tuple[int, dict[str, Any]]]:
        for piece in pieces(self._path, self.how.encoding):
            for line, text in enumerate(piece.data.split(b"\n"), start=piece.line):
                if text.strip():
                    yield line, self._record(line, text)

    def _record(self, line: int, text: bytes) -> dict[str, Any]:
        try:
            record = json.loads(text.decode("utf-8"), object_pairs_hook=_without_twins)
        except UnicodeDecodeError as error:
            what = f"byte 0x{text[error.start]:02x} is not UTF-8"
        except RecursionError:
            what = "nested too deeply"
        except json.JSONDecodeError as error:
            what = f"not JSON: {error.msg} at character {error.pos + 1}"
        except ValueError as error:  # a key twice, or a number of thousands of digits
            what = str(error).partition(";")[0]  # the rest is advice to a programmer
        else:
            if isinstance(record, dict):
                return record
            what = f"expected an object {{...}}, found {_kind(record)}"
        raise BadData(f"{self._path}: line {line}: {what}", hint="each line holds one JSON object")


def canonical(value: object) -> str | None:
    """Return the text that stands for a JSON value, None for null.

    Examples
    --------
    >>> canonical("007"), canonical(1.50), canonical(True), canonical({"b": 1, "a": None}), canonical(None)
    ('007', '1.5', 'true', '{"a":null,"b":1}', None)
    """
    if value is None:
        return None
    text = (
        value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        keys = [key for key, _ in pairs]
        twin = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twin!r} appears twice")
    return record


def _kind(value: object) -> str:
    return {list: "a list", str: "a text", bool: "true or false", type(None): "null"}.get(type(value), "a number")
