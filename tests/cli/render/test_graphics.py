import io
import re
from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from activelabel.cli.render.graphics import KITTY_ID, drawing, picture_in
from activelabel.cli.render.picture import Placed
from activelabel.records.contents import Picture

CELL = (10, 20)


def placed(width, height, channels=3, size=None, **where):
    pixels = np.random.default_rng(0).integers(0, 256, (height, width, channels), dtype=np.uint8)
    size = size or (width, height)
    place = {"row": 4, "column": 3, "above": 0, "rows": -(-size[1] // CELL[1]), **where}
    return Placed(Picture(height, width, channels, pixels.tobytes()), size, CELL, **place)


def kitty(written):
    """Return the keys of the first sequence, and the picture that all of them carry."""
    found = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", written)
    assert [dict(part.split("=") for part in keys.split(","))["m"] for keys, _ in found] == ["1"] * (len(found) - 1) + [
        "0"
    ]
    assert max(len(data) for _, data in found) <= 4096
    keys = dict(part.split("=") for part in found[0][0].split(","))
    return keys, np.asarray(Image.open(io.BytesIO(b64decode("".join(data for _, data in found)))))


def sixels(written):
    """Return the pixels of a Sixel picture, RGB in hundredths."""
    head, body = re.fullmatch(r'\x1bP[\d;]*q"1;1;(\d+;\d+)(.*)\x1b\\', written, re.DOTALL).groups()
    width, height = map(int, head.split(";"))
    drawn, palette, colour, x, y = np.full((height + 6, width, 3), -1), {}, 0, 0, 0
    for token in re.finditer(r"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)(.)|(.)", body):
        if token[1]:
            colour = int(token[1])
            palette[colour] = [int(value) for value in token.groups()[1:4]]
        elif token[5]:
            colour = int(token[5])
        elif token[8] in {"$", "-"}:
            x, y = 0, y + 6 * (token[8] == "-")
        else:
            times, character = int(token[6] or 1), token[7] or token[8]
            for bit in range(6):
                if ord(character) - 63 >> bit & 1:
                    drawn[y + bit, x : x + times] = palette[colour]
            x += times
    return drawn[:height]


def test_kitty_draws_where_the_card_says_and_as_large():
    shown = placed(200, 100)
    written = drawing(shown, "kitty")
    keys, picture = kitty(written)

    assert written.startswith("\x1b[5;4H\x1b_G")
    assert keys["a"] == "T"
    assert (keys["i"], keys["q"], keys["C"]) == (str(KITTY_ID), "2", "1")
    assert (keys["c"], keys["r"]) == ("20", "5")
    assert picture.tobytes() == shown.picture.pixels


@pytest.mark.parametrize("protocol", ["kitty", "iterm2"])
def test_a_picture_is_filled_up_to_whole_cells_and_never_stretched(protocol):
    written = drawing(placed(24, 24, size=(72, 72)), protocol)
    data = re.search(r"doNotMoveCursor=1:(.*)\x07", written)
    picture = np.asarray(Image.open(io.BytesIO(b64decode(data[1])))) if data else kitty(written)[1]

    assert picture.shape == (80, 80, 4)
    assert set(picture[:72, :72, 3].ravel()) == {255}
    assert set(picture[72:, :, 3].ravel()) == set(picture[:, 72:, 3].ravel()) == {0}


def test_enlarged_pixels_are_squares_with_sharp_edges():
    shown = placed(8, 8, 1, size=(320, 320))
    _, picture = kitty(drawing(shown, "kitty"))

    grid = picture.reshape(8, 40, 8, 40)
    assert grid.std(axis=(1, 3)).max() == 0
    assert grid[:, 0, :, 0].tobytes() == shown.picture.pixels


@pytest.mark.parametrize("protocol", ["kitty", "sixel"])
def test_of_a_picture_that_is_scrolled_the_rest_is_drawn(protocol):
    whole = drawing(placed(40, 100), protocol).removeprefix("\x1b[5;4H")
    part = drawing(placed(40, 100, above=2, rows=2), protocol).removeprefix("\x1b[5;4H")

    if protocol == "kitty":
        assert (kitty(part)[1] == kitty(whole)[1][40:80]).all()
    else:
        assert sixels(part).shape == (40, 40, 3)


def test_iterm2_is_given_a_file_and_a_size_in_cells():
    written = drawing(placed(200, 100), "iterm2")

    assert written.startswith("\x1b[5;4H\x1b]1337;File=inline=1;width=20;height=5;")
    assert written.endswith("\x07")


@pytest.mark.parametrize("size", [(1, 1), (7, 13), (300, 6)])
def test_sixel_draws_every_pixel_in_its_colour(size):
    shown = placed(*size)
    few = np.random.default_rng(1).choice([0, 255], (size[1], size[0], 3)).astype(np.uint8)
    shown = replace(shown, picture=replace(shown.picture, pixels=few.tobytes()))
    drawn = sixels(drawing(shown, "sixel").removeprefix("\x1b[5;4H"))

    assert np.abs(drawn - few / 2.55).max() <= 1


def test_what_a_protocol_sends_holds_no_control_character_of_its_own():
    for protocol in ("kitty", "iterm2", "sixel"):
        written = drawing(placed(64, 64), protocol)
        bare = re.sub(r"\x1b\[5;4H|\x1b_G|\x1b\\|\x1b\]|\x07|\x1bP", "", written)
        assert bare.isprintable()


@pytest.mark.parametrize("content", [b"", b"text", "png", "huge"])
def test_what_is_no_picture_of_a_sane_size_is_none(content):
    if isinstance(content, str):
        file = io.BytesIO()
        Image.new("1", (8, 8) if content == "png" else (3000, 3000)).save(file, "PNG" if content == "png" else "JPEG")
        content = file.getvalue()

    assert picture_in(content) is None
