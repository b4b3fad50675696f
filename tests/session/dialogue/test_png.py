import io

import pytest
from PIL import Image

from activelabel.records.contents import Picture
from activelabel.session.dialogue.png import png


@pytest.mark.parametrize(
    ("height", "width", "channels", "mode"), [(2, 3, 1, "L"), (4, 1, 3, "RGB"), (96, 64, 3, "RGB")]
)
def test_a_picture_is_read_back_pixel_by_pixel(height, width, channels, mode):
    pixels = bytes(place * 7 % 256 for place in range(height * width * channels))
    with Image.open(io.BytesIO(png(Picture(height, width, channels, pixels)))) as image:
        image.load()

        assert (image.format, image.mode, image.size) == ("PNG", mode, (width, height))
        assert image.tobytes() == pixels
