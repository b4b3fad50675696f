"""Pictures in pixels: the escape sequences of Kitty, iTerm2 and Sixel, which draw one where a card has left room."""

from __future__ import annotations

import io
from base64 import b64encode
from typing import TYPE_CHECKING, Final

from PIL import Image

from activelabel.cli.probe import ITERM2, KITTY
from activelabel.records.contents import Picture

if TYPE_CHECKING:
    from activelabel.cli.render.picture import Placed

__all__ = ["KITTY_GONE", "drawing", "picture_in"]

MOST_PIXELS: Final = 1 << 22  # of a view; those that are made here have a tenth of it

KITTY_ID: Final = 24940  # ours, so that it can be taken away again
KITTY_GONE: Final = f"\x1b_Ga=d,d=I,i={KITTY_ID},q=2\x1b\\"
"""Takes our picture off the screen and out of the terminal's memory."""
KITTY_CHUNK: Final = 4096  # the most that the protocol allows in one sequence

SIXEL_COLOURS: Final = 64  # 256 take twice as long, which would be felt between two cards


def picture_in(content: bytes) -> Picture | None:
    """Return the picture in a JPEG file, None if there is none.

    Examples
    --------
    >>> picture_in(b"no picture") is None
    True
    """
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG",)) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            plain = image.convert("L" if image.mode == "L" else "RGB")
    except Exception:  # the cache may be anybody's, and a decoder may raise anything; there is still the thumbnail
        return None
    return Picture(plain.height, plain.width, len(plain.getbands()), plain.tobytes())


def drawing(placed: Placed, protocol: str) -> str:
    """Return what draws a picture, by the protocol that the terminal has; the cursor is anywhere afterwards.

    References
    ----------
    Kitty, Terminal graphics protocol. iTerm2, Inline images protocol. DEC, VT330/VT340 Programmer Reference, part 14.
    """
    image = _seen(placed)
    at = f"\x1b[{placed.row + 1};{placed.column + 1}H"
    if protocol == KITTY:
        return at + _kitty(_png(image, placed), *_cells(image, placed))
    if protocol == ITERM2:
        return at + _iterm2(_png(image, placed), *_cells(image, placed))
    return at + _sixel(image)


def _seen(placed: Placed) -> Image.Image:
    """Return the part that is not scrolled away, at the size it is drawn at."""
    picture = placed.picture
    image = Image.frombytes("L" if picture.channels == 1 else "RGB", (picture.width, picture.height), picture.pixels)
    # pixels that are enlarged stay squares with sharp edges
    how = Image.Resampling.NEAREST if placed.size[0] >= picture.width else Image.Resampling.LANCZOS
    width, height = placed.size
    top = placed.above * placed.cell[1]
    bottom = min(top + placed.rows * placed.cell[1], height)
    return image.resize(placed.size, how).crop((0, top, width, bottom))


def _cells(image: Image.Image, placed: Placed) -> tuple[int, int]:
    return -(-image.width // placed.cell[0]), -(-image.height // placed.cell[1])


def _png(image: Image.Image, placed: Placed) -> str:
    """Return a PNG file in base 64, filled up with nothing to whole cells, so that no terminal stretches it."""
    columns, rows = _cells(image, placed)
    whole = (columns * placed.cell[0], rows * placed.cell[1])
    if image.size != whole:
        filled = Image.new("RGBA", whole)
        filled.paste(image, (0, 0))
        image = filled
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=1)
    return b64encode(file.getvalue()).decode("ascii")


def _kitty(data: str, columns: int, rows: int) -> str:
    chunks = [data[start : start + KITTY_CHUNK] for start in range(0, len(data), KITTY_CHUNK)]
    # nothing is to be answered (q), and the cursor not to be moved (C)
    keys = [f"a=T,f=100,i={KITTY_ID},q=2,C=1,c={columns},r={rows}", *["q=2"] * (len(chunks) - 1)]
    more = [1] * (len(chunks) - 1) + [0]
    parts = zip(keys, more, chunks, strict=True)
    return "".join(f"\x1b_G{key},m={follows};{chunk}\x1b\\" for key, follows, chunk in parts)


def _iterm2(data: str, columns: int, rows: int) -> str:
    size = f"width={columns};height={rows};preserveAspectRatio=0"
    return f"\x1b]1337;File=inline=1;{size};doNotMoveCursor=1:{data}\x07"


def _sixel(image: Image.Image) -> str:
    # the module alone: the package around it asks the terminal as soon as it is imported, and this one loads NumPy
    from textual_image._sixel import SixelOptions, image_to_sixels

    return image_to_sixels(image, SixelOptions(colors=SIXEL_COLOURS))
