"""The map of the pool as plain values, and what its items show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.learning.pool_map import PoolMap
    from activelabel.records.contents import Content
    from activelabel.records.events import LabelClass

__all__ = ["Pool", "PoolPoint", "pool_of", "words_of"]

LONGEST = 160
"""Characters of what an item shows: enough to know it by."""


@dataclass(frozen=True, slots=True)
class PoolPoint:
    """One unit on the map.

    Attributes
    ----------
    item
        Its id.
    x, y
        Its place, in the units of the features.
    label
        The name of its class; "" before there is a label.
    kind
        ``human``, ``imported``, ``propagated`` or ``predicted``; "" before there is a label.
    sure
        The model's probability of that class; None before there is a model.
    """

    item: str
    x: float
    y: float
    label: str
    kind: str
    sure: float | None

    @property
    def is_given(self) -> bool:
        """Whether people gave the label, here or before."""
        return self.kind in {"human", "imported"}


@dataclass(frozen=True, slots=True)
class Pool:
    """The map: its points, and the share of the variance of the features that its two axes keep."""

    spread: float
    points: tuple[PoolPoint, ...]


def pool_of(found: PoolMap, classes: Sequence[LabelClass]) -> Pool:
    """Return the map as plain values.

    Parameters
    ----------
    found
        As `session/judging/mapping.py` finds it.
    classes
        In order of creation.
    """
    return Pool(
        found.spread,
        tuple(
            PoolPoint(
                item=point.item.id,
                x=round(point.x, 4),
                y=round(point.y, 4),
                label=classes[point.label].name if point.kind else "",
                kind=point.kind.value if point.kind else "",
                sure=round(point.sure, 4) if point.kind else None,
            )
            for point in found.items
        ),
    )


def words_of(content: Content) -> str:
    r"""Return the beginning of what an item shows, in one line: the text itself, or name and value of each field.

    Examples
    --------
    >>> from activelabel.records.contents import Content
    >>> from activelabel.records.kinds import Modality
    >>> words_of(Content(Modality.TEXT, (("text", "two\n lines"),)))
    'two lines'
    >>> words_of(Content(Modality.TABLE, (("sex", "male"), ("year", "2007"))))
    'sex: male, year: 2007'
    """
    is_prose = content.modality.value == "text" and len(content.fields) == 1
    parts = [value if is_prose else f"{name}: {value}" for name, value in content.fields if value]
    words = " ".join(", ".join(filter(None, [content.path, *parts])).split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
