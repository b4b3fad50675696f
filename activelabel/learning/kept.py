"""What follows from an array alone is made once, and forgotten with it."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["kept"]

Source = TypeVar("Source")
Made = TypeVar("Made")

_made: dict[int, dict[Callable[..., Any], Any]] = {}


def kept(source: Source, make: Callable[[Source], Made]) -> Made:
    """Return ``make(source)``, made the first time and remembered for as long as `source` lives.

    Neighbours, graphs and kernels depend on the features alone, and cost more than everything that is done with them
    between two answers.

    Parameters
    ----------
    source
        An array, dense or sparse, that is not changed any more. It is recognised by identity, not by content.
    make
        A function known by its name, not a lambda: that is what is looked up beside the source.

    Examples
    --------
    >>> import numpy as np
    >>> rows = np.arange(3.0)
    >>> kept(rows, np.cumsum) is kept(rows, np.cumsum)
    True
    >>> kept(rows, np.cumsum) is kept(rows.copy(), np.cumsum)
    False
    """
    place = id(source)
    if place not in _made:
        _made[place] = {}
        # the number of an object is given to another one after its end
        weakref.finalize(source, _made.pop, place, None)
    known = _made[place]
    if make not in known:
        known[make] = make(source)
    return known[make]  # type: ignore[no-any-return]
