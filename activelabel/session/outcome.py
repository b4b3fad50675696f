"""What becomes of a reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["SAVED", "Outcome", "saved_words"]

SAVED: Final = "saved: "


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a reply.

    Attributes
    ----------
    item
        What it was about, "" for classes.
    said
        In a word what was saved for it.
    answers
        How many more items are done: 1 for an answer, or one that a review lets stand; -1 where that was taken back; 0
        for anything else.
    """

    item: str
    said: str
    answers: int = 0


def saved_words(said: str) -> str:
    """Return the news that what was said is on disk; whoever shows it can tell it from all other news."""
    return f"{SAVED}{said}"
