"""The fields in which a row of a table departs from those it lies among."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from activelabel.learning.features.moments import usable
from activelabel.learning.sampling import evenly_spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from activelabel.records.contents import ColumnTable

__all__ = ["Departure", "departures"]

FAR = 3.0
"""Robust deviations from the median beyond which a number departs: of normal ones three in a thousand do."""

RARE = 0.05
"""Share of the members below which what a field holds departs: fewer than twenty members cannot say so."""

DEVIATION = 1.4826
"""Standard deviation of a normal distribution by its median absolute deviation."""

ENOUGH = 10
"""Numbers from which a median absolute deviation is worth something."""

MEMBERS = 2_000
"""Members that are looked at, an even sample: more would not move a median."""


class Departure(NamedTuple):
    """A field in which a row departs.

    Attributes
    ----------
    name
        Of the column.
    strength
        By how many times it is beyond the threshold, above 1: robust deviations by three, or surprise (the negative
        logarithm of a share of the members) by that of one in twenty.
    """

    name: str
    strength: float


def departures(table: ColumnTable, row: int, members: NDArray[np.intp]) -> tuple[Departure, ...]:
    """Return the fields in which a row departs from the members of its cluster, the strongest first.

    - A number departs when it is more than three robust deviations from the members' median, the deviation being 1.4826
      times their median absolute deviation, and fewer than one in twenty are as far; where tails are long, many are.
      Where the deviation is zero, as more than half hold the same, the share alone decides.
    - A category departs when fewer than one in twenty hold one as rare: in a column of names, where each is there once,
      none does.
    - What is missing, or there, in numbers, dates and texts departs when that is so for fewer than one in twenty.

    The row counts as one of those in all shares, so that what nobody else holds is no surprise without end. Equals come
    in the order of the columns.

    Parameters
    ----------
    table
        n rows.
    row
        A row of it.
    members
        Shape (m,): the rows of its cluster or neighbourhood, the row itself among them or not; of more than 2,000 some.

    Returns
    -------
    tuple[Departure, ...]
        No field twice.

    References
    ----------
    Iglewicz, Hoaglin (1993), How to Detect and Handle Outliers (deviations from the median).

    Examples
    --------
    >>> from activelabel.records.contents import ColumnTable
    >>> from activelabel.records.kinds import Modality
    >>> lengths = np.append(np.linspace(4, 6, 40), [9.0]).astype(np.float32)[:, None]
    >>> colours = np.array(["red", "blue"] * 20 + ["teal"], dtype=object)
    >>> table = ColumnTable(Modality.TABLE, 41, ("length",), lengths, {"colour": colours})
    >>> [(name, round(strength, 1)) for name, strength in departures(table, 40, np.arange(40))]
    [('length', 1.8), ('colour', 1.2)]
    """
    members = np.sort(members[members != row])
    members = members[evenly_spaced(len(members), MEMBERS)]
    beyond = [departure for departure in _judged(table, row, members) if departure.strength > 1.0]
    return tuple(sorted(beyond, key=lambda departure: -departure.strength))


def _judged(table: ColumnTable, row: int, members: NDArray[np.intp]) -> Iterator[Departure]:
    """Yield every column with its strength, beyond the threshold or not."""
    for place, name in enumerate(table.number_names):
        column, own = table.numbers[members, place], table.numbers[row, place]
        there, is_there = usable(column), bool(usable(own))
        far = _distance(column[there].astype(np.float64), float(own)) if is_there else 0.0
        yield Departure(name, max(_surprise(there == is_there), far))
    for name, levels in table.categories.items():
        yield Departure(name, _surprise(_as_rare(levels[members], levels[row])))
    for name, cells in [*table.dates.items(), *table.texts.items()]:
        yield Departure(name, _surprise((cells[members] == "") == (cells[row] == "")))


def _distance(column: NDArray[np.float64], own: float) -> float:
    """Return how far a number is from those of the members, by the distance beyond which it departs."""
    if len(column) < ENOUGH:
        return 0.0
    middle = float(np.median(column))
    away, own_away = np.abs(column - middle), abs(own - middle)
    deviation = DEVIATION * float(np.median(away))
    if deviation == 0:
        return _surprise(away >= own_away)
    return own_away / deviation / FAR if (away >= own_away).mean() < RARE else 0.0


def _as_rare(levels: NDArray[np.object_], own: str) -> NDArray[np.bool_]:
    """Return which members hold a category that is no more common than the row's, the row counted; shape (m,)."""
    _, codes, counts = np.unique(np.append(levels, own).astype(str), return_inverse=True, return_counts=True)
    return np.asarray(counts[codes[:-1]] <= counts[codes[-1]])


def _surprise(alike: NDArray[np.bool_]) -> float:
    """Return the surprise of what is so for some of the members and the row, by that of one in twenty."""
    return float(np.log((alike.sum() + 1) / (len(alike) + 1)) / np.log(RARE))
