"""The picture on the screen: drawn with what the terminal has for it, and taken away again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from activelabel.cli.probe import BLOCKS, KITTY, Ability, ability_of

if TYPE_CHECKING:
    from pathlib import Path

    from activelabel.cli.device import Device
    from activelabel.cli.render.picture import Placed
    from activelabel.records.cards import Card

__all__ = ["Pictures"]

USUAL_CELL: Final = (10, 20)  # pixels: that of a VT340, whose Sixel it was, and near that of most others
STRING_ENDS: Final = "\x1b\\"


class Pictures:
    """What is drawn in pixels, one at a time.

    Parameters
    ----------
    device
        The terminal.
    protocol
        "kitty", "iterm2" or "sixel"; "blocks" draws none; "auto" asks the terminal, when the first picture comes.
    views
        The folder of pictures that are larger than their cards hold, if there is one.
    """

    def __init__(self, device: Device, protocol: str = BLOCKS, views: Path | None = None) -> None:
        self._device = device
        self._ability = None if protocol == "auto" else Ability(protocol)
        self._views = views
        self._shown: Placed | None = None

    def prepared(self, card: Card) -> Card:
        """Return the card with its picture as large as it is known, where the terminal can make use of that."""
        content = card.item.content
        if content.picture is None:
            return card
        if self._ability is None:
            self._ability = ability_of(self._device)
        unit = card.item.unit
        # the name comes from a file that may be anybody's
        if self._ability.protocol == BLOCKS or self._views is None or not unit.isalnum():
            return card
        try:
            file = (self._views / f"{unit}.jpg").read_bytes()
        except OSError:
            return card
        from activelabel.cli.render.graphics import picture_in

        larger = picture_in(file) or content.picture
        return replace(card, item=replace(card.item, content=replace(content, picture=larger)))

    def cell(self) -> tuple[int, int] | None:
        """Return the width and height of a character in pixels; None where pictures are drawn with characters."""
        if self._ability is None or self._ability.protocol == BLOCKS:
            return None
        return self._device.cell() or self._ability.cell or USUAL_CELL

    def keeps(self, placed: Placed | None) -> bool:
        """Whether a picture is on the screen already, and just there."""
        return placed is not None and placed == self._shown

    def turned_to(self, placed: Placed | None) -> str:
        """Return what takes the picture that is there off the screen and draws another, or none."""
        if self._ability is None or (placed or self._shown) is None:
            return ""
        from activelabel.cli.render.graphics import KITTY_GONE, drawing

        gone = KITTY_GONE if self._ability.protocol == KITTY and self._shown else ""
        self._shown = placed
        return gone + (drawing(placed, self._ability.protocol) if placed else "")

    def left(self) -> str:
        """Return what leaves no picture behind, and ends one of which only a part was written."""
        return STRING_ENDS + self.turned_to(None) if self._shown else ""
