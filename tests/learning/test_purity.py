from __future__ import annotations

import subprocess
import sys
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from activelabel.learning.purity import purity_bound

LEVELS = [0.8, 0.95, 0.99]


@given(st.integers(1, 200), st.data(), st.sampled_from(LEVELS))
def test_the_bound_allows_for_what_was_seen_and_is_no_more_than_it(size, data, level):
    drawn = data.draw(st.integers(1, size))
    right = data.draw(st.integers(0, drawn))

    bound = purity_bound(right, drawn, size, level)

    # members that were not drawn may all be right, and never are fewer right than were seen
    assert right / size <= bound <= (size - drawn + right) / size


@given(st.integers(1, 10_000), st.data())
def test_more_members_of_the_class_seen_raise_the_bound(size, data):
    drawn = data.draw(st.integers(1, min(size, 60)))

    bounds = [purity_bound(right, drawn, size) for right in range(drawn + 1)]

    assert bounds == sorted(bounds)


@pytest.mark.parametrize(("right", "drawn"), [(0, 3), (1, 1), (5, 5), (9, 10), (20, 30)])
def test_in_a_bigger_group_as_many_members_or_more_are_bound_to_be_there(right, drawn):
    members = [round(purity_bound(right, drawn, size) * size) for size in range(drawn, 400)]

    assert members == sorted(members)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("right", "drawn"), [(0, 10), (10, 10), (9, 10), (40, 50), (299, 300)])
def test_of_an_endless_group_it_is_the_bound_of_clopper_and_pearson(right, drawn, level):
    endless = beta.ppf(1 - level, right, drawn - right + 1) if right else 0.0

    assert purity_bound(right, drawn, 1_000_000, level) == pytest.approx(endless, abs=2e-4)
    # the smaller the group, the more a probe says of it
    assert all(purity_bound(right, drawn, size, level) >= endless for size in (300, 400, 1_000, 50_000))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("size", [1, 2, 7, 12, 20])
def test_over_all_probes_the_bound_is_above_the_truth_as_rarely_as_it_says(size, level):
    for drawn in range(1, size + 1):
        bounds = [purity_bound(right, drawn, size, level) for right in range(drawn + 1)]
        for there in range(size + 1):
            too_high = sum(
                comb(there, right) * comb(size - there, drawn - right)
                for right in range(drawn + 1)
                if bounds[right] > there / size
            )

            assert too_high / comb(size, drawn) <= 1 - level + 1e-12


@pytest.mark.parametrize("share", [0.02, 0.5, 0.97])
def test_a_probe_of_a_third_of_a_million_bounds_the_share_closely(share):
    right = round(share * 300_000)

    bound = purity_bound(right, 300_000, 1_000_000)

    # a normal distribution is near enough there
    error = (share * (1 - share) / 300_000 * 0.7) ** 0.5
    assert bound == pytest.approx(share - 1.645 * error, abs=error / 20)


def test_no_member_fewer_would_do():
    # 10 of 10 of 40: with 31 of the class one probe in 19 is like this, with 30 one in 28
    assert purity_bound(10, 10, 40) * 40 == 31
    assert comb(31, 10) / comb(40, 10) > 0.05 > comb(30, 10) / comb(40, 10)


def test_a_census_leaves_no_doubt_and_no_probe_says_nothing():
    assert purity_bound(7, 9, 9) == 7 / 9
    assert purity_bound(0, 0, 9) == 0


@pytest.mark.parametrize(
    ("right", "drawn", "size", "level"),
    [(-1, 3, 9, 0.95), (4, 3, 9, 0.95), (3, 10, 9, 0.95), (0, 0, 0, 0.95), (3, 3, 9, 1.0), (3, 3, 9, 0.0)],
)
def test_impossible_counts_are_our_mistake(right, drawn, size, level):
    with pytest.raises(ValueError, match="a bound needs"):
        purity_bound(right, drawn, size, level)


def test_no_numeric_library_is_loaded_for_it():
    code = "import sys, activelabel.learning.purity; print('numpy' in sys.modules, 'scipy' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said.split() == ["False", "False"]
