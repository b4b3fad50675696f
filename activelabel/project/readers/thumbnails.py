"""Pictures as the project keeps them: small, upright, grey or RGB, and known by the bytes of their file."""

from __future__ import annotations

import io
import warnings
from contextlib import contextmanager
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
from PIL import Image, ImageOps, UnidentifiedImageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

__all__ = ["LONGER_SIDE", "PICTURE", "Thumbnail", "digest_of", "from_array", "from_bytes", "no_picture", "view_of"]

LONGER_SIDE = 96
"""Pixels of a thumbnail: what is learnt from, and enough for a drawing of characters."""

VIEW_SIDE = 640
"""Pixels of a view: a card on a terminal of 120 x 40 has room for some 1,170 x 580."""

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP")
MOST_PIXELS = 50_000_000
BLANK_SIDE = 16
BLANK_GREY = 128

PICTURE = pa.struct(
    [
        ("path", pa.string()),
        ("digest", pa.string()),
        ("height", pa.int32()),
        ("width", pa.int32()),
        ("channels", pa.int32()),
        ("pixels", pa.binary()),
        ("fault", pa.string()),
    ]
)


class Thumbnail(NamedTuple):
    """One value of the Arrow type `PICTURE`.

    path: as the data gives it. digest: what identifies the picture, 20 hex characters. pixels: height x width x
    channels bytes. fault: why the picture could not be read, "" where it could.
    """

    path: str
    digest: str
    height: int
    width: int
    channels: int
    pixels: bytes
    fault: str = ""


def digest_of(content: bytes) -> str:
    """Return 20 hex characters that stand for some bytes."""
    return blake2b(content, digest_size=10).hexdigest()


def no_picture(path: str, fault: str, content: bytes | None = None) -> Thumbnail:
    """Return a grey blank for a picture that cannot be read; without its bytes, the path identifies it.

    Examples
    --------
    >>> no_picture("a.png", "not found").fault
    'not found'
    """
    digest = digest_of(f"no picture: {path}".encode(errors="replace") if content is None else content)
    return Thumbnail(path, digest, BLANK_SIDE, BLANK_SIDE, 1, bytes([BLANK_GREY]) * BLANK_SIDE**2, fault)


def from_bytes(path: str, content: bytes) -> Thumbnail:
    """Return the first frame of a PNG, JPEG, GIF, BMP or WebP file, upright, its longer side 96 pixels at most.

    What cannot be decoded, or would decode to more than 50 million pixels, becomes a blank with its fault named.
    """
    try:
        with _upright(content, LONGER_SIDE) as image:
            pixels = np.asarray(image)
    except UnidentifiedImageError:
        return no_picture(path, f"none of {', '.join(FORMATS)}", content)
    except Image.DecompressionBombError:  # so large that Pillow refuses to say how large
        return no_picture(path, f"more than {MOST_PIXELS // 10**6} million pixels", content)
    except Exception as error:  # a decoder may raise anything on a hostile file
        return no_picture(path, str(error).partition("\n")[0] or type(error).__name__, content)
    return from_array(pixels, digest_of(content), path)


def view_of(content: bytes) -> bytes:
    """Return a picture as a JPEG file, upright, its longer side 640 pixels at most; b"" if it cannot be decoded.

    Examples
    --------
    >>> file = io.BytesIO()
    >>> Image.new("RGBA", (1280, 320)).save(file, "PNG")
    >>> Image.open(io.BytesIO(view_of(file.getvalue()))).size
    (640, 160)
    """
    file = io.BytesIO()
    try:
        with _upright(content, VIEW_SIDE) as image:
            image.thumbnail((VIEW_SIDE, VIEW_SIDE))
            # colours at full resolution: thin coloured lines stay lines
            image.save(file, "JPEG", quality=85, subsampling=0)
    except Exception:  # a decoder may raise anything on a hostile file, and the thumbnail is there
        return b""
    return file.getvalue()


def from_array(pixels: NDArray[np.uint8], digest: str, path: str = "") -> Thumbnail:
    """Return a picture (h, w) or (h, w, 3) as it is, or smaller where its longer side is above 96.

    Examples
    --------
    >>> small = from_array(np.zeros((200, 100), np.uint8), "")
    >>> small.height, small.width, small.channels
    (96, 48, 1)
    """
    if max(pixels.shape[:2]) > LONGER_SIDE:
        image = Image.fromarray(pixels)
        image.thumbnail((LONGER_SIDE, LONGER_SIDE))
        pixels = np.asarray(image)
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    return Thumbnail(path, digest, pixels.shape[0], pixels.shape[1], channels, pixels.tobytes())


@contextmanager
def _upright(content: bytes, side: int) -> Iterator[Image.Image]:
    """Give the first frame, grey or RGB, its longer side at most `side` where that saves work."""
    with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=FORMATS) as image:
        warnings.simplefilter("ignore")  # doubtful metadata; the size is checked here, before decoding
        if image.width * image.height > MOST_PIXELS:
            raise ValueError(f"{image.width} x {image.height} pixels, the limit is {MOST_PIXELS // 10**6} million")
        if image.mode in {"L", "RGB"}:
            image.thumbnail((side, side))  # before all else: JPEG decodes straight to a small size
        yield _grey_or_rgb(ImageOps.exif_transpose(image))


def _grey_or_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        deep = np.asarray(image, dtype=np.float64)
        # 16 bits of grey: the upper eight are what a screen shows
        return Image.fromarray(np.clip(deep / 256, 0, 255).astype(np.uint8))
    if image.has_transparency_data:
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
    return image.convert("L" if image.mode in {"1", "L", "LA"} else "RGB")
