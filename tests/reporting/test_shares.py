import pytest

from activelabel.records.progress import Estimate
from activelabel.reporting.shares import between, percent


@pytest.mark.parametrize(
    ("share", "decimals", "shown"),
    [
        (0.0, 0, "0"),
        (0.0012, 0, "1"),
        (0.9999, 0, "99"),
        (1.0, 0, "100"),
        (0.0, 1, "0.0"),
        (0.0012, 1, "0.1"),
        (0.0001, 1, "0.1"),
        (0.1234, 1, "12.3"),
        (0.9999, 1, "99.9"),
        (1.0, 1, "100.0"),
    ],
)
def test_nothing_and_all_are_said_only_of_what_is_just_that(share, decimals, shown):
    assert percent(share, decimals) == shown


def test_an_interval_has_as_many_decimals_as_asked_for():
    few = Estimate(0.0012, 0.0004, 0.0231, 900)

    assert (between(few), between(few, decimals=1)) == ("0-2", "0.0-2.3")


def test_a_bound_that_rounds_to_nothing_has_no_sign():
    assert between(Estimate(0.1, -1e-18, 0.2, 40)) == "0-20"
