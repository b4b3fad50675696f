"""What an annotator can say about a whole cluster."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["AllAre", "ClusterReply", "OneByOne", "SplitCluster", "TakeCluster"]


@dataclass(frozen=True, slots=True)
class AllAre:
    """All members of a cluster are of a class: a probe is to show whether that is so."""

    number: int
    class_id: str


@dataclass(frozen=True, slots=True)
class TakeCluster:
    """The members of this part (`nouns.Scope`) get the label that its probe was about."""

    scope: str


@dataclass(frozen=True, slots=True)
class SplitCluster:
    """The core and the rest are each looked at again."""


@dataclass(frozen=True, slots=True)
class OneByOne:
    """No label for all: what was answered counts, and nothing else."""


ClusterReply = AllAre | TakeCluster | SplitCluster | OneByOne
