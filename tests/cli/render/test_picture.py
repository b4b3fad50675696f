import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activelabel.cli.render.paper import Paper
from activelabel.cli.render.picture import ASCII_SHADES, MOST_TIMES, SHADES, picture_rows, scaled
from activelabel.records.contents import Picture

COLOUR, GREY, ASCII = Paper(80, 24), Paper(80, 24, colours=0), Paper(80, 24, encoding="ascii")


def picture(height, width, channels=1, seed=0):
    drawn = np.random.default_rng(seed).integers(0, 256, (height, width, channels), dtype=np.uint8)
    return Picture(height, width, channels, drawn.tobytes())


@given(
    st.integers(1, 40),
    st.integers(1, 40),
    st.sampled_from([1, 3]),
    st.integers(1, 60),
    st.integers(1, 30),
    st.sampled_from([COLOUR, GREY, ASCII]),
)
def test_a_picture_of_any_shape_fits_its_room(height, width, channels, columns, rows, paper):
    drawn = picture_rows(picture(height, width, channels), columns, rows, paper)

    assert 1 <= len(drawn) <= rows
    assert 1 <= max(row.cell_len for row in drawn) <= columns


@pytest.mark.parametrize("room", [(8, 4), (18, 9), (60, 60)])
def test_every_pixel_of_a_small_picture_is_as_large_as_every_other(room):
    drawn = picture_rows(picture(8, 8), *room, COLOUR)
    size = drawn[0].cell_len // 8

    assert 1 <= size <= MOST_TIMES
    assert drawn[0].cell_len == 8 * size
    assert len(drawn) == 4 * size


def test_a_larger_picture_is_averaged_down():
    checkers = Picture(4, 4, 1, bytes([0, 200] * 2 + [200, 0] * 2) * 2)

    assert scaled(checkers, 2, 2) == [[(100, 100, 100)] * 2] * 2


def test_rgb_keeps_its_channels_and_grey_has_three_alike():
    assert scaled(Picture(1, 1, 3, bytes([1, 2, 3])), 1, 1) == [[(1, 2, 3)]]
    assert scaled(Picture(1, 1, 1, bytes([7])), 1, 1) == [[(7, 7, 7)]]


@pytest.mark.parametrize(("paper", "shades"), [(GREY, SHADES), (ASCII, ASCII_SHADES)])
def test_shades_go_from_dark_to_bright(paper, shades):
    ramp = Picture(1, len(shades), 1, bytes(round(255 * step / (len(shades) - 1)) for step in range(len(shades))))

    assert picture_rows(ramp, len(shades), 1, paper)[0].plain == shades


def test_256_colours_hold_grey_and_colour():
    colours = [
        span.style.color.number
        for pixel in [(0, 0, 0), (255, 255, 255), (128, 128, 128), (255, 0, 0), (0, 0, 255)]
        for span in picture_rows(Picture(1, 1, 3, bytes(pixel)), 1, 1, Paper(80, 24, colours=256))[0].spans
    ]

    assert colours == [16, 231, 244, 196, 21]
