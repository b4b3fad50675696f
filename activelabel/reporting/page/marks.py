"""Marks of classes on the map: told apart by their shape alone, and by their colour."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from activelabel.reporting.pool import PoolPoint

__all__ = ["DOT", "OTHERS", "UNKNOWN", "Mark", "marks_of", "opacity_of"]

SHAPES = 8
"""Each full or hollow."""

OTHERS = "other classes"
UNKNOWN = "no label yet"


@dataclass(frozen=True, slots=True)
class Mark:
    """How a class is drawn: the number of its shape and of its colour, and whether it is hollow."""

    shape: int
    colour: int
    hollow: bool = False


DOT = Mark(SHAPES, SHAPES)
"""What has no mark of its own."""


def marks_of(points: Iterable[PoolPoint], classes: Sequence[str]) -> dict[str, Mark]:
    """Return class name -> its mark: the most common classes have one each, the others share a dot.

    Eight shapes and eight colours, full and hollow: sixteen classes are told apart without colour.

    Parameters
    ----------
    points
        Whose labels are counted.
    classes
        All names, in the order in which marks are given out.

    Examples
    --------
    >>> from activelabel.reporting.pool import PoolPoint
    >>> points = [PoolPoint("a-1", 0, 0, name, "human", 1.0) for name in ("tit", "owl", "tit")]
    >>> marks_of(points, ["owl", "tit", "wren"])
    {'owl': Mark(shape=0, colour=0, hollow=False), 'tit': Mark(shape=1, colour=1, hollow=False)}
    """
    counts = Counter(point.label for point in points if point.label)
    common = {name for name, _ in counts.most_common(2 * SHAPES)}
    own = [name for name in classes if name in common]
    marks = {name: Mark(n % SHAPES, n % SHAPES, n >= SHAPES) for n, name in enumerate(own)}
    return marks | dict.fromkeys(counts.keys() - common, DOT)


def opacity_of(sure: float | None) -> float:
    """Return how strongly a point is drawn, in five steps: a sure one stands out, a doubtful one is still seen.

    Examples
    --------
    >>> opacity_of(None), opacity_of(0.1), opacity_of(0.99)
    (0.5, 0.3, 0.9)
    """
    return 0.5 if sure is None else round(0.3 + 0.15 * min(4, int(5 * sure)), 2)
