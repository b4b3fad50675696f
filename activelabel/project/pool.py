"""What a working set was drawn from, and what the last sweep over it has told; light enough for a line of status."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from activelabel.project.layout import Layout

__all__ = ["SWEEP_VERSION", "PoolCounts", "last_sweep", "pool_counts", "pool_of_project"]

SWEEP_VERSION = 1
"""Of the form of a sweep's figures, which other versions of the program may have kept."""


@dataclass(frozen=True, slots=True)
class PoolCounts:
    """What a working set was drawn from.

    Attributes
    ----------
    items
        Rows of all files.
    units
        Different contents among them: counted where the working set holds all, else estimated.
    visitors
        Units of the project's copy that are not of the sample: those the model doubts, and answered ones.
    """

    items: int
    units: int
    visitors: tuple[str, ...]


def pool_counts(found: Mapping[str, Any] | None) -> PoolCounts | None:
    """Return the counts that were kept as JSON, None where there are none."""
    return PoolCounts(found["items"], found["units"], tuple(found["visitors"])) if found else None


def pool_of_project(layout: Layout) -> PoolCounts | None:
    """Return what the project's copy was drawn from, None where it is all of the data, or is not there."""
    try:
        return pool_counts(json.loads(layout.copy_facts.read_text(encoding="utf-8")).get("pool"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def last_sweep(layout: Layout) -> dict[str, Any] | None:
    """Return the figures of the last sweep over the pool, None where there was none or they are not those of today."""
    try:
        found = json.loads(layout.sweep.read_text(encoding="utf-8"))
        is_whole = found["version"] == SWEEP_VERSION and all(
            isinstance(found[name], kind) for name, kind in {"out": str, "labels": int, "classes": dict}.items()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if is_whole else None
