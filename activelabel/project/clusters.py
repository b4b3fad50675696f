"""The clusters of a project on disk: who belongs to each, from typical to odd, and who is drawn to judge it by.

One file a clustering, one JSON line a cluster. It says nothing that labels could change, so it is written once; a plan
names the byte at which a cluster begins, and the asker reads that one line, whatever the size of the pool.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from activelabel.project.files import written_aside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from activelabel.project.layout import Layout

__all__ = ["ATYPICAL", "TYPICAL", "Cluster", "ClusterReader", "PlannedCluster", "planned_cluster", "write_clusters"]

TYPICAL = 5
"""Members nearest to the middle that a person is shown, the medoid first."""

ATYPICAL = 4
"""Members farthest from the middle that a person is shown."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One group of like units.

    Attributes
    ----------
    number
        Its name, from 0; clusters are numbered from the biggest.
    members
        Its units, from the one nearest to the middle (the medoid) to the farthest.
    drawn
        Members drawn at random to judge the whole cluster by.
    drawn_core, drawn_rest
        Members drawn at random from those of either half that are not in `drawn`.
    distances
        Distance to the middle of the nearest member, at the quartiles, and of the farthest.
    """

    number: int
    members: tuple[str, ...]
    drawn: tuple[str, ...]
    drawn_core: tuple[str, ...]
    drawn_rest: tuple[str, ...]
    distances: tuple[float, ...]

    @property
    def core(self) -> tuple[str, ...]:
        """The nearer half.

        Examples
        --------
        >>> Cluster(0, ("a", "b", "c"), (), (), (), ()).core
        ('a', 'b')
        """
        return self.members[: (len(self.members) + 1) // 2]

    @property
    def rest(self) -> tuple[str, ...]:
        """The farther half."""
        return self.members[(len(self.members) + 1) // 2 :]

    @property
    def shown(self) -> tuple[str, ...]:
        """Every member that a card may show, each once, in an order that follows from the cluster alone."""
        seen = (self.members[:TYPICAL], self.members[-ATYPICAL:], self.drawn, self.drawn_core, self.drawn_rest)
        return tuple(dict.fromkeys(unit for units in seen for unit in units))


@dataclass(frozen=True, slots=True)
class PlannedCluster:
    """What a plan says about a cluster.

    Attributes
    ----------
    number, size
        Its name, and how many members it has.
    offset
        Where its line begins, in bytes.
    says
        (class id, share) of the members that the model takes to be of a class, at most three, the commonest first.
    offered
        Whether it looks so pure that a label for all of it is worth offering.
    contents
        Where what `Cluster.shown` shows begins in the contents, in bytes and in that order; () before it is written.
    """

    number: int
    size: int
    offset: int
    says: tuple[tuple[str, float], ...] = ()
    offered: bool = False
    contents: tuple[int, ...] = ()


def planned_cluster(found: Mapping[str, Any]) -> PlannedCluster:
    """Return the planned cluster that was written as `found`."""
    says = tuple((class_id, share) for class_id, share in found["says"])
    return PlannedCluster(**{**found, "says": says, "contents": tuple(found["contents"])})


def write_clusters(layout: Layout, key: str, clusters: Iterable[Cluster]) -> None:
    """Write a clustering whole, and drop those that were made from something else."""
    path = layout.clusters(key)
    with written_aside(path, durable=False) as file:
        for cluster in clusters:
            file.write(json.dumps(asdict(cluster), separators=(",", ":")).encode() + b"\n")
    for stale in layout.cache.glob(layout.clusters("*").name):
        if stale != path:
            stale.unlink(missing_ok=True)


class ClusterReader:
    """Reads the clusters of a project one by one; of those read, the last two are kept.

    Parameters
    ----------
    layout
        The project.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._kept: dict[tuple[str, int], Cluster] = {}

    def read(self, key: str, offset: int) -> Cluster | None:
        """Return the cluster whose line begins there; None when the file is gone or damaged."""
        place = key, offset
        if place not in self._kept:
            try:
                with self._layout.clusters(key).open("rb") as file:
                    file.seek(offset)
                    found = _cluster(file.readline())
            except (OSError, ValueError, KeyError, TypeError):
                return None
            self._kept = {**dict(list(self._kept.items())[-1:]), place: found}
        return self._kept[place]

    def offsets(self, key: str) -> list[int]:
        """Return where the line of each cluster begins, by number; [] where there is no such clustering."""
        try:
            with self._layout.clusters(key).open("rb") as file:
                lengths = [len(line) for line in file]
        except OSError:
            return []
        return list(accumulate(lengths[:-1], initial=0)) if lengths else []

    def number_of(self, key: str, unit: str) -> int:
        """Return the number of the cluster that a unit is in, -1 for none."""
        wanted = json.dumps(unit).encode()
        try:
            with self._layout.clusters(key).open("rb") as file:
                return next((number for number, line in enumerate(file) if wanted in line), -1)
        except OSError:
            return -1

    def all(self, key: str) -> Iterator[Cluster]:
        """Yield every cluster, by number."""
        for offset in self.offsets(key):
            found = self.read(key, offset)
            if found:
                yield found


def _cluster(line: bytes) -> Cluster:
    found = json.loads(line)
    number = found.pop("number")
    return Cluster(number, **{name: tuple(values) for name, values in found.items()})
