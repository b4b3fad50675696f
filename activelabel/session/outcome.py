"""What becomes of a reply."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a reply: the item it was about, "" for classes, and in a word what was saved for it."""

    item: str
    said: str
