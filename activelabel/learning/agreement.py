"""How often answers are wrong, from how often they agree."""

from __future__ import annotations

from math import sqrt

__all__ = ["noise_rate"]

PRIOR_PAIRS = 5.0
"""Pairs that the prior counts as: about as many repeats as come with the first two hundred answers, so that from there
on what was seen counts for more."""

PRIOR_DIFFERENT = 0.1
"""How many of those differ: one pair in fifty, which is what one wrong answer in a hundred makes."""

WORST = 0.49
"""At one half, an answer would say nothing about two classes."""


def noise_rate(same: int, different: int, n_classes: int) -> float:
    """Return the share of answers that are wrong, from how many answers to a question asked twice agreed and differed.

    An answer is taken to be wrong with probability e, whatever the item, and then to be any of the other classes. Two
    answers to one item agree when both are right, (1 - e)^2, or both wrong in the same way, e^2 / (k - 1). So they
    differ with probability 2 e (1 - e) + e^2 (k - 2) / (k - 1) = 2 e - e^2 k / (k - 1). That is set equal to the
    posterior mean of the share that differ, under a Beta prior worth five pairs, and solved for e.

    Parameters
    ----------
    same, different
        Numbers of items whose two answers were the same, and were not.
    n_classes
        k, 2 or more.

    Returns
    -------
    float
        In [0, 0.5); about 0.01 before any question was asked twice.

    Raises
    ------
    ValueError
        If a count is negative, or there are fewer than two classes to confuse.

    References
    ----------
    Dawid, Skene (1979), Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm: here with one
    observer who answers twice, and one rate for all classes.

    Examples
    --------
    >>> round(noise_rate(0, 0, 10), 3), round(noise_rate(72, 28, 10), 2)
    (0.01, 0.15)
    """
    if min(same, different) < 0 or n_classes < 2:
        raise ValueError(f"a rate needs counts and 2 classes, got {same} and {different} of {n_classes} classes")
    share = (different + PRIOR_DIFFERENT) / (same + different + PRIOR_PAIRS)
    bend = n_classes / (n_classes - 1)
    return min((1 - sqrt(max(1 - bend * share, 0.0))) / bend, WORST)
