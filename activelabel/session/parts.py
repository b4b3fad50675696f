"""Parts of a project: the items that a session asks about, where it does not ask about all."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from activelabel.errors import ProjectError
from activelabel.project.conditions import parse_condition
from activelabel.session.classes.names import class_named

if TYPE_CHECKING:
    from pathlib import Path

    from activelabel.project.ledger import Ledger

__all__ = ["EMPTY", "EVERYTHING", "Part", "check_part", "part_from_json"]

EMPTY = "no item is in this part"


@dataclass(frozen=True, slots=True)
class Part:
    """Which items are asked about: those of which all that is given here is true.

    where is a line of conditions (docs/filters.md), suggested the name of the class that the model takes an item to be
    of, cluster the number of its cluster.

    Examples
    --------
    >>> part = Part("length > 200", cluster=7)
    >>> part.words, part.options
    ('length > 200, cluster 7', "--where 'length > 200' --cluster 7")
    >>> part_from_json(part.as_json()) == part, bool(part), bool(Part())
    (True, True, False)
    """

    where: str = ""
    suggested: str = ""
    cluster: int | None = None

    def __bool__(self) -> bool:
        return self != EVERYTHING

    @property
    def words(self) -> str:
        """What is asked about, for people."""
        suggested = f"suggested {self.suggested}" if self.suggested else ""
        cluster = "" if self.cluster is None else f"cluster {self.cluster}"
        return ", ".join(filter(None, (self.where, suggested, cluster)))

    @property
    def options(self) -> str:
        """The options that ask for this part again, as a shell reads them."""
        given = {"--where": self.where, "--class-suggested": self.suggested, "--cluster": self.cluster}
        return " ".join(f"{name} {shlex.quote(str(value))}" for name, value in given.items() if value not in {"", None})

    @property
    def key(self) -> str:
        """The name of its folder in the cache, "" for no part."""
        return blake2b(self.as_json().encode(), digest_size=8).hexdigest() if self else ""

    def as_json(self) -> str:
        """Return what `part_from_json` reads back."""
        return json.dumps(asdict(self))


EVERYTHING = Part()
"""No part: all items."""


def part_from_json(text: str) -> Part:
    """Return the part that was written so."""
    return Part(**json.loads(text))


def check_part(part: Part, ledger: Ledger, cache: Path) -> None:
    """Raise if a part cannot be asked about.

    What takes no learning is looked up here, in the copy of the data, so that a slip is answered at once and not by the
    learner; conditions are, and whether the class is there.

    Raises
    ------
    WrongUse
        If its line is no condition, or no class is called so.
    ProjectError
        If no item fits it, or nothing is suggested yet.
    """
    if part.suggested:
        class_named(part.suggested, ledger)
        if not ledger.labels():
            hint = "label first without --class-suggested"
            raise ProjectError("the model suggests nothing before it has labels", hint)
    if part.where:
        parse_condition(part.where)
        _check_rows(part, ledger, cache)


def _check_rows(part: Part, ledger: Ledger, cache: Path) -> None:
    # whoever labels everything needs no numeric library
    from activelabel.project.dataset import Dataset
    from activelabel.project.filters import rows_where

    dataset = Dataset.open(cache, ledger.settings) if ledger.settings else None
    if dataset and not rows_where(part.where, dataset).any():
        raise ProjectError(f"{EMPTY}: {part.where}", "docs/filters.md says how a line is read")
