"""The formats labels can be exported to: one dict by the suffix of the file."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

from activelabel.errors import WrongUse

if TYPE_CHECKING:
    from pathlib import Path

    from activelabel.reporting.exports.sheet import Sheet

__all__ = ["FORMATS", "Format", "format_for"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes
    ----------
    target
        ``module:function`` in this package, loaded when it is used.
    spreadsheet
        Whether people open such files in spreadsheets, so that formulas are defused unless exactness is asked for.
    """

    target: str
    spreadsheet: bool = False

    def write(self, file: BinaryIO, sheet: Sheet) -> None:
        """Write a sheet to an open file, and leave that open."""
        module, _, name = self.target.partition(":")
        getattr(import_module(f"activelabel.reporting.exports.{module}"), name)(file, sheet)


FORMATS: dict[str, Format] = {
    "csv": Format("delimited:write_csv", spreadsheet=True),
    "tsv": Format("delimited:write_tsv", spreadsheet=True),
    "jsonl": Format("jsonlines:write_jsonlines"),
    "parquet": Format("parquet:write_parquet"),
}


def format_for(path: Path) -> Format:
    """Return the format that a file's suffix stands for.

    Raises
    ------
    WrongUse
        If it stands for none.

    Examples
    --------
    >>> from pathlib import Path
    >>> format_for(Path("labels.CSV")).spreadsheet
    True
    """
    found = FORMATS.get(path.suffix.lower().lstrip("."))
    if found is None:
        known = ", ".join(f".{suffix}" for suffix in FORMATS)
        raise WrongUse(f"no export format {path.suffix or 'without a suffix'!r}: {path}", f"end the name in {known}")
    return found
