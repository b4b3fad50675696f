"""What becomes of a reply."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Outcome"]


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
        How many more answers to items there are: 1 for an answer, -1 where one was taken back, 0 for anything else.
    """

    item: str
    said: str
    answers: int = 0
