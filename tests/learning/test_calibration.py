import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from activelabel.learning.calibration import calibration


def test_fewer_than_ten_rows_make_no_band():
    assert calibration(np.full(9, 0.5), np.ones(9, dtype=bool)) == ()


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=10, max_size=300))
def test_every_row_is_in_one_band_of_ten_or_more_and_bands_ascend(rows):
    sure, right = (np.array(column) for column in zip(*rows, strict=True))
    bands = calibration(sure, right)

    assert sum(band.right.n for band in bands) == len(rows)
    assert all(band.right.n >= 10 for band in bands)
    assert len(bands) <= 10
    assert all(one.high <= other.low for one, other in itertools.pairwise(bands))
    assert sum(round(band.right.value * band.right.n) for band in bands) == right.sum()


def test_a_model_that_knows_how_sure_to_be_lies_on_the_diagonal():
    rng = np.random.default_rng(0)
    sure = rng.uniform(0.3, 1, 2_000)
    bands = calibration(sure, rng.random(2_000) < sure)

    assert sum(band.right.low <= band.said <= band.right.high for band in bands) >= 9
