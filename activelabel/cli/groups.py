"""Groups of classes: the name `fruit/apple` is a path, and `fruit/` the group that it is in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from activelabel.records.events import LabelClass

__all__ = ["Group", "grouped", "path_of"]

KEPT: Final = 1 << 16  # names split once and remembered: more than anyone has classes
SLASH: Final = re.compile(r"(?<=[^\s/])/(?=[^\s/])")


@dataclass(frozen=True, slots=True)
class Group:
    """Two classes or more whose paths begin alike: the parts that they share, as the first of them writes them."""

    path: tuple[str, ...]
    classes: tuple[LabelClass, ...]


@lru_cache(KEPT)
def path_of(name: str) -> tuple[str, ...]:
    """Return the parts of a name; one with spaces around its slash, or two slashes together, is no path.

    Examples
    --------
    >>> path_of("fruit/citrus/lemon"), path_of("either / or"), path_of("http://x")
    (('fruit', 'citrus', 'lemon'), ('either / or',), ('http://x',))
    """
    return tuple(SLASH.split(name))


def grouped(classes: Iterable[LabelClass], depth: int = 0) -> tuple[list[Group], list[LabelClass]]:
    """Return the groups among classes, and the classes that are in none; a group of one class is none.

    Parameters
    ----------
    classes
        Classes that share the first `depth` parts of their paths, in order of creation.
    depth
        Parts to pass over.

    Examples
    --------
    >>> from activelabel.records.events import LabelClass
    >>> names = ["fruit/apple", "ham", "Fruit/pear", "cheese/brie"]
    >>> groups, alone = grouped([LabelClass(name, name, "") for name in names])
    >>> [group.path for group in groups], [known.name for known in alone]
    ([('fruit',)], ['ham', 'cheese/brie'])
    """
    listed = list(classes)
    alike: dict[str, list[LabelClass]] = {}
    for known in listed:
        path = path_of(known.name)
        if len(path) > depth + 1:
            alike.setdefault(path[depth].casefold(), []).append(known)
    groups = [
        Group(path_of(members[0].name)[: depth + 1], tuple(members)) for members in alike.values() if len(members) > 1
    ]
    together = {known.id for group in groups for known in group.classes}
    return groups, [known for known in listed if known.id not in together]
