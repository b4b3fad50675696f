"""A small picture as a PNG file: what a program can show that knows nothing of ours."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from activelabel.records.contents import Picture

__all__ = ["png"]

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
COLOUR_TYPES: Final = {1: 0, 3: 2}  # channels -> grey, RGB


def png(picture: Picture) -> bytes:
    r"""Return the picture as a PNG file of 8 bits a channel.

    Written by hand, because the one-shot commands would wait longer for an imaging library than for all else they do.

    References
    ----------
    W3C (2003), Portable Network Graphics (PNG) Specification, second edition.

    Examples
    --------
    >>> from activelabel.records.contents import Picture
    >>> png(Picture(1, 2, 1, b"\x00\xff"))[:4]
    b'\x89PNG'
    """
    width = picture.width * picture.channels
    # each row begins with the number of its filter: 0, its bytes as they are
    rows = b"".join(b"\0" + picture.pixels[start : start + width] for start in range(0, picture.height * width, width))
    size = picture.width.to_bytes(4) + picture.height.to_bytes(4)
    header = size + bytes([8, COLOUR_TYPES[picture.channels], 0, 0, 0])
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
