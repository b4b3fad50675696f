"""What follows from an array alone is made once, and forgotten with it; some of it is kept in a store."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[Any]
    Store = Callable[[str, Callable[[], Array]], Array]

__all__ = ["kept", "lasting", "store_in", "stored_beside"]

Source = TypeVar("Source")
Made = TypeVar("Made")

_made: dict[int, dict[Callable[..., Any], Any]] = {}
_stores: dict[int, Store] = {}


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
    known = _made_of(source)
    if make not in known:
        known[make] = make(source)
    return known[make]  # type: ignore[no-any-return]


def lasting(source: Array, make: Callable[[Array], Array]) -> Array:
    """Return ``make(source)``, an array, as `kept` does; where the source has a store, read from it or put there.

    Examples
    --------
    >>> import numpy as np
    >>> rows, store = np.arange(3.0), {"cumsum": np.array([7.0])}
    >>> store_in(rows, lambda name, make: store[name])
    >>> lasting(rows, np.cumsum)
    array([7.])
    """
    known = _made_of(source)
    if make not in known:
        store = _stores.get(id(source))
        known[make] = make(source) if store is None else store(make.__name__, lambda: make(source))
    return known[make]  # type: ignore[no-any-return]


def store_in(source: Array, store: Store) -> None:
    """Have what `lasting` makes of a source kept by a store, which takes its name and what makes it where it is new."""
    _made_of(source)
    _stores[id(source)] = store


def stored_beside(source: Array, part: Array, name: str) -> None:
    """Have what is made of a part of a source kept where that of the source is, under names that begin with its own."""
    store = _stores.get(id(source))
    if store is not None:
        store_in(part, lambda made, make: store(f"{name}-{made}", make))


def _made_of(source: Any) -> dict[Callable[..., Any], Any]:
    place = id(source)
    if place not in _made:
        _made[place] = {}
        # the number of an object is given to another one after its end
        weakref.finalize(source, _forget, place)
    return _made[place]


def _forget(place: int) -> None:
    _made.pop(place, None)
    _stores.pop(place, None)
