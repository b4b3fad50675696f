"""How a session behaves to one person: plainly or drawn, with which keys, and what it tells them on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from activelabel.cli.keys import DEFAULT_KEYS, KeyTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from activelabel.records import Card, Progress

__all__ = ["AS_IT_COMES", "Guide", "Manner", "silent"]

Guide: TypeAlias = "Callable[[Card, Progress, int], str]"
"""Says one line about a card that is about to be shown, or "": after so many answers of this person here."""


def silent(_card: Card, _progress: Progress, _given: int) -> str:
    """Say nothing: the guide of whoever needs none."""
    return ""


@dataclass(frozen=True, slots=True)
class Manner:
    """What may differ between people at a terminal.

    plain writes lines and draws nothing; keys are those in force; guide says a line where there is no other news.
    """

    plain: bool = False
    keys: KeyTable = DEFAULT_KEYS
    guide: Guide = silent


AS_IT_COMES: Final = Manner()
