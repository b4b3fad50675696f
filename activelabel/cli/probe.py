"""Which way of drawing pictures a terminal has: it is asked once, and whoever does not answer at once has none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.cli.device import Device

__all__ = ["BLOCKS", "ITERM2", "KITTY", "SIXEL", "Ability", "ability_of", "understood"]

KITTY, ITERM2, SIXEL, BLOCKS = "kitty", "iterm2", "sixel", "blocks"

SECONDS: Final = 0.1
"""Longest wait for an answer."""

# one pixel that is checked and not kept; the terminal's name; the size of a cell; and what every terminal answers, last
QUESTION: Final = "\x1b_Gi=1,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[>q\x1b[16t\x1b[c"
WITH_INLINE_PICTURES: Final = ("iTerm2", "WezTerm", "mintty")


@dataclass(frozen=True, slots=True)
class Ability:
    """A way of drawing pictures, and the width and height of a cell in pixels where the terminal told it."""

    protocol: str = BLOCKS
    cell: tuple[int, int] | None = None


def ability_of(device: Device) -> Ability:
    """Ask the terminal; 0.1 s without an answer means that it can draw characters only."""
    return understood(device.ask(QUESTION, "c", SECONDS))


def understood(reports: Sequence[str]) -> Ability:
    r"""Return what a terminal says it can do.

    Kitty's protocol comes first, whose pictures can be taken away again one by one; then iTerm2's, in full colour.

    References
    ----------
    Kitty, Terminal graphics protocol. XTerm Control Sequences (DA1, XTVERSION, XTWINOPS).

    Examples
    --------
    >>> understood(["\x1b_Gi=1;OK\x1b\\", "\x1b[6;20;10t", "\x1b[?62;4c"])
    Ability(protocol='kitty', cell=(10, 20))
    >>> understood(["\x1b[?62;4;22c"]).protocol, understood(["\x1b[?1;2c"]).protocol
    ('sixel', 'blocks')
    """
    protocol, cell = BLOCKS, None
    for report in reports:
        body = report[2:].removesuffix("\x1b\\")
        if sizes := re.fullmatch(r"6;(\d+);(\d+)t", body):
            height, width = int(sizes[1]), int(sizes[2])
            cell = (width, height) if width and height else None
        elif body.startswith("G"):
            protocol = KITTY if body.endswith(";OK") else protocol
        elif body.startswith(">|"):
            protocol = ITERM2 if body[2:].startswith(WITH_INLINE_PICTURES) and protocol == BLOCKS else protocol
        elif protocol == BLOCKS and "4" in body.strip("?c").split(";")[1:]:
            protocol = SIXEL
    return Ability(protocol, cell)
