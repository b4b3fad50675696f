"""All that decides what a project asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from activelabel.records.kinds import Modality

__all__ = ["Algorithms", "Roles", "Settings"]


@dataclass(frozen=True, slots=True)
class Roles:
    """What each column is for.

    identity: the columns an item's hash is made from. known: a column of right answers that measures the model and is
    used for nothing else, as in the demonstration.
    """

    identity: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    image: str = ""
    id: str = ""
    label: str = ""
    group: str = ""
    known: str = ""
    pixels: tuple[int, int] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that has a role."""
        single = (self.image, self.id, self.label, self.group, self.known)
        return (*self.identity, *(name for name in single if name))


@dataclass(frozen=True, slots=True)
class Algorithms:
    """The algorithms of a project by name, and their settings; `default` lets the program choose.

    nearest: percentile in (0, 100]; cluster propagation reaches only the rows of each cluster that are as near to its
    centre. optimise: what labels are to be good at: `accuracy`, `macro-f1`, or `recall:CLASS` with the name of a class.
    sample: rows that the clusterer is run on at most, the others following their neighbours; None for all rows.
    """

    clusterer: str = "default"
    clusters: int | None = None
    strategy: str = "default"
    propagator: str = "default"
    nearest: float = 100.0
    learner: str = "default"
    optimise: str = "accuracy"
    sample: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """All that decides what a project asks: recorded as an event, so that it is never lost or changed in silence.

    working_set: units of a pool in Parquet files that are drawn from it and kept; None for all of the data.
    """

    data: str
    format: str
    modality: Modality
    roles: Roles
    encoding: str = "utf-8"
    delimiter: str = ","
    seed: int = 0
    audit: float = 0.2
    algorithms: Algorithms = field(default_factory=Algorithms)
    working_set: int | None = None
