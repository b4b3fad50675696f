"""Parts of a cluster, and what the members drawn from a part say about it: pure, from the events.

It is asked between a key and the next card: nothing here takes longer the more there is outside the cluster.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from activelabel.learning.purity import purity_bound
from activelabel.session.clusters.nouns import Choice, Scope

if TYPE_CHECKING:
    from collections.abc import Collection

    from activelabel.project.clusters import Cluster
    from activelabel.project.ledger import Ledger

__all__ = ["Part", "choice_of", "is_bare", "labels_in", "left_in", "part_of", "without_answer"]


@dataclass(frozen=True, slots=True)
class Part:
    """Some members of a cluster, from typical to odd, and those of them that were drawn at random."""

    number: int
    scope: Scope
    members: tuple[str, ...]
    drawn: tuple[str, ...]

    @property
    def core(self) -> Part:
        """The nearer half, with those of the drawn that are in it: a random sample of it too."""
        members = self.members[: (len(self.members) + 1) // 2]
        inside = set(members)
        return Part(self.number, Scope.CORE, members, tuple(unit for unit in self.drawn if unit in inside))


def part_of(cluster: Cluster, scope: Scope) -> Part:
    """Return a part of a cluster with its probe.

    The halves are those members of it that were not drawn for the whole: what was seen of a cluster must not be seen
    again as if it were drawn after the decision to look at its halves.
    """
    if scope is Scope.CORE:
        return Part(cluster.number, scope, _others(cluster.core, cluster.drawn), cluster.drawn_core)
    if scope is Scope.REST:
        return Part(cluster.number, scope, _others(cluster.rest, cluster.drawn), cluster.drawn_rest)
    return Part(cluster.number, Scope.ALL, cluster.members, cluster.drawn)


def is_bare(unit: str, ledger: Ledger) -> bool:
    """Say whether nobody answered a unit and it came without a label."""
    return not (unit in ledger.answers or unit in ledger.doubted or unit in ledger.imported)


def without_answer(part: Part, ledger: Ledger) -> list[str]:
    """Return the members that nobody answered and that came without a label."""
    return [unit for unit in part.members if is_bare(unit, ledger)]


def left_in(part: Part, ledger: Ledger, spread: Collection[str]) -> int:
    """Return how many members have no label, neither of their own nor, as those of `spread` do, with a cluster."""
    return sum(unit not in spread for unit in without_answer(part, ledger))


def labels_in(part: Part, ledger: Ledger) -> dict[str, int]:
    """Return class id -> how many members people gave it, the commonest first."""
    given = (ledger.class_of(ledger.answers[unit]) for unit in part.members if unit in ledger.answers)
    return dict(Counter(known for known in given if known).most_common())


def choice_of(part: Part, class_id: str, ledger: Ledger) -> Choice:
    """Return what a label for all of a part would mean, as far as the probe and all other answers tell.

    A drawn member that is not sure, bad or skipped is not of the class. The bound is a number of members of the class;
    those that are known do not get the label, so they are taken off it.
    """
    right = labels_in(replace(part, members=part.drawn), ledger).get(class_id, 0)
    pure = purity_bound(right, len(part.drawn), len(part.members)) if part.members else 0.0
    members = len(without_answer(part, ledger))
    # a doubted one may be of the class, and gets no label either
    kept = sum(unit in ledger.doubted or _label_of(unit, ledger) == class_id for unit in part.members)
    there = round(pure * len(part.members)) - kept
    bound = min(1.0, max(0.0, there / members)) if members else 0.0
    return Choice(part.scope, members, right, len(part.drawn), len(part.members), pure, round(bound, 4))


def _label_of(unit: str, ledger: Ledger) -> str | None:
    """Return the class of a unit as `Ledger.labels` has it, which looks at all units."""
    if unit in ledger.answers:
        return ledger.class_of(ledger.answers[unit])
    return ledger.resolve(ledger.imported[unit]) if unit in ledger.imported else None


def _others(units: tuple[str, ...], drawn: tuple[str, ...]) -> tuple[str, ...]:
    seen = set(drawn)
    return tuple(unit for unit in units if unit not in seen)
