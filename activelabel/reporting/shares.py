"""Shares in words: whole per cents unless more is asked for, never 100 of something that is not whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.records.progress import HEADLINE_FROM

if TYPE_CHECKING:
    from activelabel.records.progress import Estimate

__all__ = ["between", "percent", "share_words"]


def percent(share: float, decimals: int = 0) -> str:
    """Return a share in [0, 1] as per cents; 0 and 100 are said only of shares that are just that.

    Examples
    --------
    >>> percent(0.914), percent(0.9999), percent(1.0), percent(0.0012, decimals=1)
    ('91', '99', '100', '0.1')
    """
    least = 10.0**-decimals
    shown = 100 * share if share in {0.0, 1.0} else min(100 - least, max(least, 100 * share))
    return f"{shown:.{decimals}f}"


def between(estimate: Estimate, decimals: int = 0) -> str:
    """Return the interval of an estimate in per cents.

    Examples
    --------
    >>> from activelabel.records.progress import Estimate
    >>> between(Estimate(0.914, 0.81, 0.96, 62))
    '81-96'
    """
    return f"{100 * estimate.low:z.{decimals}f}-{100 * estimate.high:z.{decimals}f}"


def share_words(estimate: Estimate | None, unknown: str = "-") -> str:
    """Return an estimate with its interval in brackets; from fewer than ten answers the interval alone.

    Examples
    --------
    >>> from activelabel.records.progress import Estimate
    >>> share_words(Estimate(0.914, 0.81, 0.96, 62)), share_words(Estimate(1.0, 0.44, 1.0, 3)), share_words(None)
    ('91 % (81-96)', '44-100 %', '-')
    """
    if estimate is None:
        return unknown
    if estimate.n < HEADLINE_FROM:
        return f"{between(estimate)} %"
    return f"{percent(estimate.value)} % ({between(estimate)})"
