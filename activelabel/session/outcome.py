"""What becomes of a reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["SAVED", "Outcome", "saved_words"]

SAVED: Final = "saved: "


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a reply: the item it was about, "" for classes, and in a word what was saved for it."""

    item: str
    said: str


def saved_words(said: str) -> str:
    """Return the news that what was said is on disk; whoever shows it can tell it from all other news."""
    return f"{SAVED}{said}"
