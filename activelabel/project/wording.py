"""Counts in words."""

from __future__ import annotations

__all__ = ["counted"]


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun, which is `one` for 1 and else `many`, or `one` with an s.

    Examples
    --------
    >>> counted(1, "row"), counted(1_500, "row"), counted(0, "class", "classes")
    ('1 row', '1,500 rows', '0 classes')
    """
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
