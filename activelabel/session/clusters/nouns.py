"""What a cluster card is made of: the cluster as a person sees it, the probe that judges it, what can be decided."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from activelabel.records.cards import Card

if TYPE_CHECKING:
    from collections.abc import Mapping

    from activelabel.records.contents import ItemRecord

__all__ = [
    "AGREEING",
    "OPEN",
    "Choice",
    "ClusterCard",
    "ClusterView",
    "Probe",
    "Scope",
    "Topic",
    "probe_from",
    "topic_from",
]

AGREEING = 2
"""Labels that people gave members, all of one class, from which a cluster is offered."""

OPEN = 20
"""Members without a label from which a cluster is offered: below, answering one by one is no dearer."""


class Scope(StrEnum):
    """Which members of a cluster are meant.

    CORE is the nearer half, REST the farther one. DECLINED is no part of it: what is recorded when an offer is turned
    down.
    """

    ALL = "all"
    CORE = "core"
    REST = "rest"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Topic:
    """The cluster that is spoken of, or half of it, and what all of that is said to be, "" while it is asked."""

    clustering: str
    number: int
    scope: Scope = Scope.ALL
    class_id: str = ""

    def next(self) -> Topic | None:
        """Return what is spoken of after this: of the nearer half the farther one, else nothing."""
        return replace(self, scope=Scope.REST, class_id="") if self.scope is Scope.CORE else None


def topic_from(found: Mapping[str, Any]) -> Topic:
    """Return the topic that a claim keeps, or that the probe of an answer is about."""
    return Topic(found["clustering"], found["number"], Scope(found["scope"]), found["class_id"])


@dataclass(frozen=True, slots=True)
class ClusterView:
    """A cluster, or half of one, as a person is shown it.

    Attributes
    ----------
    number, scope
        Which cluster, and which part of it.
    size, left
        Members, and those of them without an answer.
    labels
        (class id, labels that people gave members), the commonest first.
    says
        (class id, share) of what the model takes the members to be; () where that is withheld.
    likely
        Classes to offer for all of it, at most three.
    typical, atypical
        Members nearest to the middle, the medoid first; members farthest from it, the farthest first.
    """

    number: int
    scope: Scope
    size: int
    left: int
    labels: tuple[tuple[str, int], ...]
    says: tuple[tuple[str, float], ...]
    likely: tuple[str, ...]
    typical: tuple[ItemRecord, ...]
    atypical: tuple[ItemRecord, ...]


@dataclass(frozen=True, slots=True)
class Probe:
    """Some members drawn at random, to judge by them whether all are of a class.

    Attributes
    ----------
    clustering, number, scope
        Which cluster of which clustering, and which part of it.
    class_id
        What all of them are said to be.
    place, drawn
        The place of this member among those drawn, from 1, and how many are drawn.
    size
        Members that they were drawn from.
    """

    clustering: str
    number: int
    scope: Scope
    class_id: str
    place: int
    drawn: int
    size: int


def probe_from(found: Mapping[str, Any]) -> Probe:
    """Return the probe that an answer to one of its members recorded."""
    return Probe(**{**found, "scope": Scope(found["scope"])})


@dataclass(frozen=True, slots=True)
class Choice:
    """A part of a cluster that can be given a label after its probe.

    Attributes
    ----------
    scope
        Which part.
    members
        How many would get the label: those without an answer of their own.
    right, drawn
        Members drawn at random from this part, and how many of them are of the class.
    size
        Members of this part.
    pure
        Share of the part that is of the class at least, 95 % sure.
    bound
        The same of those that would get the label.
    """

    scope: Scope
    members: int
    right: int
    drawn: int
    size: int
    pure: float
    bound: float


@dataclass(frozen=True, slots=True)
class ClusterCard(Card):
    """A card about a cluster.

    With a view and no probe it offers one label for all; with a probe and no view it asks for one member that was
    drawn; with both it asks what the probe is to decide, by its choices. splits says whether halves may be asked.
    """

    view: ClusterView | None = None
    probe: Probe | None = None
    choices: tuple[Choice, ...] = ()
    splits: bool = False

    @classmethod
    def of(cls, card: Card, probe: Probe) -> ClusterCard:
        """Return a card as that of a member which was drawn."""
        return cls(**{part.name: getattr(card, part.name) for part in fields(Card)}, probe=probe)
