"""Counts and lists in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["counted", "joined"]


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun, which is `one` for 1 and else `many`, or `one` with an s.

    Examples
    --------
    >>> counted(1, "row"), counted(1_500, "row"), counted(0, "class", "classes")
    ('1 row', '1,500 rows', '0 classes')
    """
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def joined(names: Sequence[str]) -> str:
    """Return names as a sentence lists them.

    Examples
    --------
    >>> joined(["owl"]), joined(["owl", "tit", "wren"])
    ('owl', 'owl, tit and wren')
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
