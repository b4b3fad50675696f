from __future__ import annotations

import pytest

from activelabel.errors import LearningError
from activelabel.learning.limits import Quadratic


def test_what_fits_passes_and_what_does_not_is_refused_with_its_cost_and_a_way_out():
    limits = Quadratic("slow-one", 10, "fast-one", seconds_a_pair=60.0, bytes_a_pair=1e9)

    limits.check(10)
    with pytest.raises(LearningError, match=r"slow-one .*: 11 would take about 121 GB and 121 minutes") as refusal:
        limits.check(11)

    assert refusal.value.hint == "it goes up to 10 rows; above, use fast-one"
