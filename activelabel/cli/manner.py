"""How a session behaves to one person: plainly or drawn, with which keys, and what it tells them on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from activelabel.cli.keys import DEFAULT_KEYS, KeyTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from activelabel.records.cards import Card
    from activelabel.records.progress import Progress

__all__ = ["AS_IT_COMES", "Guide", "Manner", "silent"]

Guide: TypeAlias = "Callable[[Card, Progress, int], str]"
"""Says one line about a card that is about to be shown, or "": after so many answers of this person here."""


def silent(_card: Card, _progress: Progress, _given: int) -> str:
    """Say nothing: the guide of whoever needs none."""
    return ""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a person wants cards to be shown and answered.

    plain writes lines and draws nothing; so it is too on a terminal that obeys no escape sequences. pictures says how
    they are drawn, as for `Pictures`; "auto" draws them with characters too where no colours are wanted. views is the
    folder of pictures that are larger than their cards hold. keys are those in force; guide says a line where there is
    no other news.
    """

    plain: bool = False
    pictures: str = "auto"
    views: Path | None = None
    keys: KeyTable = DEFAULT_KEYS
    guide: Guide = silent


AS_IT_COMES: Final = Manner()
