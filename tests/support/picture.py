"""A picture read back from the screen it was drawn on."""

import re

import numpy as np


def pixels_of(model, ramp=""):
    """Return the brightness of every half cell behind the gutter, upper and lower halves as rows of their own.

    Parameters
    ----------
    model
        A pyte screen.
    ramp
        Characters from dark to bright where the picture has no colours.
    """
    halves = []
    for row in model.buffer.values():
        cells = [row[column] for column in range(model.columns)]
        data = "".join(cell.data for cell in cells)
        if "│ " not in data:
            continue
        cells = cells[data.index("│ ") + 2 :]
        if ramp:
            halves += [[float(ramp.index(cell.data)) for cell in cells]] * 2
        else:
            halves += [[level(cell.fg) for cell in cells], [level(cell.bg) for cell in cells]]
    return np.array(halves)


def level(colour):
    return float(int(colour[:2], 16)) if re.fullmatch("[0-9a-f]{6}", colour) else np.nan


def correlation(drawn, rows, columns, digit):
    """Return how alike the picture on screen, whose size in half cells is known, and a digit of 8 x 8 are."""
    size_y, size_x = rows // 8, columns // 8
    grid = drawn[:rows, :columns].reshape(8, size_y, 8, size_x)
    assert grid.std(axis=(1, 3)).max() == 0, "a pixel is not of one colour"
    return np.corrcoef(grid.mean(axis=(1, 3)).ravel(), digit)[0, 1]
