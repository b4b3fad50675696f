"""How pure a group is at least, from a random probe of its members. No numeric library: the asker waits for it."""

from __future__ import annotations

from math import exp, lgamma

__all__ = ["purity_bound"]

SMALLEST = 1e-17
"""Share of a sum below which a further term is lost in rounding, as are all after it: the terms fall."""


def purity_bound(right: int, drawn: int, size: int, level: float = 0.95) -> float:
    """Return the share of the members that are of a class at least, from some that were drawn at random.

    It is the smallest number of members under which so many of the class among those drawn are likelier than
    1 - level, by size: exact for drawing without replacement, at any sizes. A census gives the share itself. As members
    come whole, the share, not their number, may rise a little where size grows by one.

    Parameters
    ----------
    right
        Members of the class among those drawn.
    drawn
        Members drawn without replacement; 0 where nothing was looked at yet, which bounds nothing.
    size
        Members of the group, 1 or more.
    level
        How often the bound is to be right, in (0, 1).

    Returns
    -------
    float
        In [0, 1]; above the true share for at most 1 - level of the probes that can be drawn.

    Raises
    ------
    ValueError
        Unless 0 <= right <= drawn <= size, size >= 1 and 0 < level < 1.

    References
    ----------
    Buonaccorsi (1987), A Note on Confidence Intervals for Proportions in Finite Populations.

    Examples
    --------
    >>> round(purity_bound(10, 10, 1_000_000), 3), purity_bound(10, 10, 40), purity_bound(9, 10, 10)
    (0.741, 0.775, 0.9)
    """
    if not (0 <= right <= drawn <= size and size >= 1 and 0 < level < 1):
        raise ValueError(
            f"a bound needs 0 <= right <= drawn <= size, size >= 1 and a level in (0, 1), "
            f"got {right} of {drawn} of {size} at {level}"
        )
    # those seen are there, and those seen not to be are not
    low, high = right, size - (drawn - right)
    while low < high:
        middle = (low + high) // 2
        if _chance_of_more(right, drawn, middle, size) > 1 - level:
            high = middle
        else:
            low = middle + 1
    return low / size


def _chance_of_more(right: int, drawn: int, there: int, size: int) -> float:
    """Return how likely `right` or more among those drawn are of a class of which there are so many."""
    if right <= max(0, drawn - (size - there)):
        return 1.0
    if right * size <= drawn * there:
        # from the middle the near tail is nearly all, and its first term may be too small to be a number
        return 1.0 - _chance_of_more(drawn - right + 1, drawn, size - there, size)
    chance = exp(_ln_ways(there, right) + _ln_ways(size - there, drawn - right) - _ln_ways(size, drawn))
    total, seen, most = chance, right, min(drawn, there)
    while seen < most and chance > total * SMALLEST:
        chance *= (there - seen) * (drawn - seen) / ((seen + 1) * (size - there - drawn + seen + 1))
        total += chance
        seen += 1
    return total


def _ln_ways(n: int, q: int) -> float:
    """Return the logarithm of the number of ways to draw q of n."""
    return lgamma(n + 1) - lgamma(q + 1) - lgamma(n - q + 1)
