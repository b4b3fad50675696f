import base64
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from activelabel.records.contents import Content, ItemRecord, Picture
from activelabel.records.kinds import Modality
from activelabel.reporting.page.sheet import picture_sheet


def item(number, height=8, width=8, channels=1):
    shades = np.full(height * width * channels, number % 256, np.uint8)
    picture = Picture(height, width, channels, shades.tobytes())
    return ItemRecord(f"i{number}", f"u{number}", Content(Modality.IMAGE, picture=picture))


def drawn(sheet):
    return Image.open(BytesIO(base64.b64decode(sheet.uri.partition(",")[2])))


def tile_of(sheet, item_id):
    left, top, width, height = map(int, sheet.view_box(item_id).split())
    return drawn(sheet).crop((left, top, left + width, top + height))


def test_items_without_pictures_make_no_sheet():
    assert picture_sheet([ItemRecord("i", "u", Content(Modality.TEXT, (("text", "words"),)))]) is None


@pytest.mark.parametrize("count", [1, 2, 5, 10])
def test_every_small_picture_is_found_in_its_place_pixel_by_pixel(count):
    items = [item(number) for number in range(count)]
    sheet = picture_sheet(items)

    assert sheet.is_exact
    assert all(set(tile_of(sheet, f"i{number}").tobytes()) == {number} for number in range(count))


def test_pictures_of_any_shape_fit_their_tile():
    sheet = picture_sheet([item(200, 96, 40, 3), item(100, 30, 96, 3)])

    assert (sheet.tile, sheet.is_exact) == (32, False)
    assert tile_of(sheet, "i200").getpixel((16, 16))[0] == pytest.approx(200, abs=8)
    assert tile_of(sheet, "i200").getpixel((1, 16))[0] == pytest.approx(0, abs=16)


@pytest.mark.slow
def test_three_thousand_noisy_pictures_stay_under_two_megabytes():
    rng = np.random.default_rng(0)
    items = [
        ItemRecord(str(n), str(n), Content(Modality.IMAGE, picture=Picture(96, 96, 3, rng.bytes(96 * 96 * 3))))
        for n in range(3_000)
    ]

    assert len(picture_sheet(items).uri) < 2_000_000
