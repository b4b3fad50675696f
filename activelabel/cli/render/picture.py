"""Pictures on a card: how large they are, and drawn with characters: half blocks in colour, shades without."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from rich.color import Color
from rich.style import Style
from rich.text import Text

if TYPE_CHECKING:
    from activelabel.cli.render.paper import Paper
    from activelabel.records.contents import Picture

__all__ = ["FEWEST_COLOURS", "Placed", "picture_rows", "size_in_pixels"]

Pixel = tuple[int, int, int]

HALF_BLOCK = "▀"
SHADES = " ░▒▓█"
ASCII_SHADES = " .:-=+*#%@"
FEWEST_COLOURS = 256
MOST_TIMES = 4  # cells a pixel is enlarged to: the eye puts blocks together only while they are small


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture that is drawn in pixels, and where.

    size is what the whole of it is drawn at and cell that of a character, both width and height in pixels. row and
    column, from 0, are where it begins. `above` rows of characters are scrolled away, the next `rows` are seen.
    """

    picture: Picture
    size: tuple[int, int]
    cell: tuple[int, int]
    row: int
    column: int
    above: int
    rows: int


def size_in_pixels(picture: Picture, columns: int, rows: int, cell: tuple[int, int]) -> tuple[int, int]:
    """Return the width and height that a picture is drawn at in a room of cells, by the rules of `picture_rows`.

    Examples
    --------
    >>> from activelabel.records.contents import Picture
    >>> size_in_pixels(Picture(8, 8, 1, bytes(64)), 20, 10, (10, 20))
    (200, 200)
    """
    return _fitting(picture, columns * cell[0], rows * cell[1], MOST_TIMES * cell[0])


def picture_rows(picture: Picture, columns: int, rows: int, paper: Paper) -> list[Text]:
    """Return the rows of a picture as large as the room allows, in its own proportions.

    A half block is about as wide as high: its upper half has the foreground colour, its lower one the background's.
    Without 256 colours a pixel is two cells of shade, or one where there is no room for two. A picture that is smaller
    than the room is enlarged by a whole number, so that its pixels stay equal; a larger one is averaged down.

    Parameters
    ----------
    picture
        Grey or RGB.
    columns, rows
        The room in cells, 1 or more each.
    paper
        What can be drawn.
    """
    if paper.colours >= FEWEST_COLOURS and not paper.plain_ascii:
        return _half_blocks(scaled(picture, *_fitting(picture, columns, 2 * rows)), paper.colours)
    across = 2 if columns >= 2 * picture.width else 1
    width, height = _fitting(picture, columns // across, rows)
    return _shades(scaled(picture, width, height), across, ASCII_SHADES if paper.plain_ascii else SHADES)


def scaled(picture: Picture, width: int, height: int) -> list[list[Pixel]]:
    """Return the picture as `height` rows of `width` RGB pixels, each the mean of what it covers.

    Examples
    --------
    >>> from activelabel.records.contents import Picture
    >>> scaled(Picture(1, 2, 1, bytes([0, 100])), 1, 1)
    [[(50, 50, 50)]]
    """
    columns = _spans(picture.width, width)
    return [[_mean(picture, top, bottom, *span) for span in columns] for top, bottom in _spans(picture.height, height)]


def _fitting(picture: Picture, width: int, height: int, most: int = MOST_TIMES) -> tuple[int, int]:
    factor = min(width / picture.width, height / picture.height)
    if factor >= 1:
        times = min(int(factor), most)
        return picture.width * times, picture.height * times
    return max(1, round(picture.width * factor)), max(1, round(picture.height * factor))


def _spans(source: int, target: int) -> list[tuple[int, int]]:
    starts = [place * source // target for place in range(target + 1)]
    return [(start, max(end, start + 1)) for start, end in pairwise(starts)]


def _mean(picture: Picture, top: int, bottom: int, left: int, right: int) -> Pixel:
    step = picture.channels
    covered = b"".join(
        picture.pixels[(row * picture.width + left) * step : (row * picture.width + right) * step]
        for row in range(top, bottom)
    )
    count = len(covered) // step
    means = [sum(covered[channel::step]) // count for channel in range(step)]
    return (means[0], means[0], means[0]) if step == 1 else (means[0], means[1], means[2])


def _half_blocks(pixels: list[list[Pixel]], colours: int) -> list[Text]:
    rows = []
    for place in range(0, len(pixels), 2):
        upper = pixels[place]
        lower: list[Pixel] | list[None] = pixels[place + 1] if place + 1 < len(pixels) else [None] * len(upper)
        row = Text()
        for pair, run in groupby(zip(upper, lower, strict=True)):
            row.append(HALF_BLOCK * len(list(run)), _style(*pair, colours))
        rows.append(row)
    return rows


@lru_cache(maxsize=1 << 14)
def _style(upper: Pixel, lower: Pixel | None, colours: int) -> Style:
    return Style(color=_colour(upper, colours), bgcolor=_colour(lower, colours) if lower else None)


@lru_cache(maxsize=1 << 14)
def _colour(pixel: Pixel, colours: int) -> Color:
    if colours > FEWEST_COLOURS:
        return Color.from_rgb(*pixel)
    red, green, blue = pixel
    if red == green == blue:
        # black, 24 greys, white: finer than the six greys of the cube
        step = round(red / 255 * 25)
        return Color.from_ansi({0: 16, 25: 231}.get(step, 231 + step))
    # the 6 x 6 x 6 cube has its levels at 0, 95, 135 ... 255
    r, g, b = (max(0, round((value - 55) / 40)) for value in pixel)
    return Color.from_ansi(16 + 36 * r + 6 * g + b)


def _shades(pixels: list[list[Pixel]], across: int, shades: str) -> list[Text]:
    return [Text("".join(_shade(pixel, shades) * across for pixel in row)) for row in pixels]


def _shade(pixel: Pixel, shades: str) -> str:
    # ITU-R BT.601 luma, 0 to 255
    brightness = (299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2]) / 1000
    return shades[min(int(brightness / 256 * len(shades)), len(shades) - 1)]
