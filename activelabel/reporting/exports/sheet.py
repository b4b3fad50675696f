"""What every export format is given: named columns of text and numbers, and rows that come one after another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Cell", "CellKind", "Column", "Sheet"]

Cell = str | int | float | None
"""One value of a row; None where there is none."""


class CellKind(StrEnum):
    """What the cells of a column are, for the formats that say so."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, unique in its sheet, and what its cells are."""

    name: str
    kind: CellKind = CellKind.TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns, and rows with a cell for each of them. The rows can be read once, in bounded memory."""

    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]
