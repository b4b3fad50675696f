"""How often answers are wrong, from how often they agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from activelabel.learning.accuracy import wilson
from activelabel.records.progress import Estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Agreement", "ceiling", "noise_rate", "self_agreement"]

PRIOR_PAIRS = 5.0
"""Pairs that the prior counts as: about as many repeats as come with the first two hundred answers, so that from there
on what was seen counts for more."""

PRIOR_DIFFERENT = 0.1
"""How many of those differ: one pair in fifty, which is what one wrong answer in a hundred makes."""

WORST = 0.49
"""At one half, an answer would say nothing about two classes."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement beyond chance, in [-1, 1] with its 95 % interval, from n pairs of answers; 0 is chance, 1 is always."""

    kappa: float
    low: float
    high: float
    n: int


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
    return _wrong(share, n_classes)


def self_agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Return how far an annotator agrees with themselves beyond chance (Cohen's kappa), with its 95 % interval.

    The interval is Wilson's for the share of pairs that agree, with chance taken as it was seen: the usual normal
    interval is empty when all pairs agree, which of few pairs says little.

    Parameters
    ----------
    pairs
        What was said about an item, and what was said when it was asked again; one pair or more.

    References
    ----------
    Cohen (1960), A Coefficient of Agreement for Nominal Scales.

    Examples
    --------
    >>> found = self_agreement([("ham", "ham")] * 12 + [("spam", "spam")] * 6 + [("ham", "spam")] * 2)
    >>> round(found.kappa, 2), round(found.low, 2), round(found.high, 2), found.n
    (0.78, 0.35, 0.96, 20)
    """
    n = len(pairs)
    first, again = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    chance = sum(count * again[said] for said, count in first.items()) / n**2
    same = wilson(sum(one == other for one, other in pairs), n)
    if chance == 1.0:
        # one class alone: nothing could be confused, and so nothing is known
        return Agreement(1.0, -1.0, 1.0, n)
    kappa, low, high = ((share - chance) / (1 - chance) for share in (same.value, same.low, same.high))
    return Agreement(kappa, max(low, -1.0), high, n)


def ceiling(same: int, different: int, n_classes: int) -> Estimate:
    """Return the share of this annotator's answers that the right class would agree with: no model is measured higher.

    Two answers to one item differ with probability d = 2 e - e^2 k / (k - 1), where an answer is wrong with probability
    e (`noise_rate`). Wilson's interval for d gives that of 1 - e.

    Parameters
    ----------
    same, different
        Numbers of items whose two answers were the same, and were not; one or more in all.
    n_classes
        k, 2 or more.

    Examples
    --------
    >>> found = ceiling(28, 2, 10)
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
    (0.97, 0.89, 0.99)
    """
    share = wilson(different, same + different)
    value, low, high = (1 - _wrong(differ, n_classes) for differ in (share.value, share.high, share.low))
    return Estimate(value, low, high, share.n)


def _wrong(differ: float, n_classes: int) -> float:
    """Return how often answers are wrong if two of them differ so often."""
    bend = n_classes / (n_classes - 1)
    return min((1 - sqrt(max(1 - bend * differ, 0.0))) / bend, WORST)
