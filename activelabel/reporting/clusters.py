"""The groups of like items as plain values."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ClusterSummary"]


@dataclass(frozen=True, slots=True)
class ClusterSummary:
    """One group of like items.

    Attributes
    ----------
    number, size
        Its name, and how many units are in it.
    labels
        Class name -> units in it that people gave this label, the commonest first.
    purity
        Share of those labels that are the commonest one; None without labels. Labels are seldom drawn at random, so it
        says what was seen, and no more.
    accepted
        Units that have a label because the whole was given one.
    says, share
        The class that the model takes most units to be of, and their share of all; "" and None before there is a model.
    typical, atypical
        Ids of the item nearest to the middle, and of the one farthest from it.
    """

    number: int
    size: int
    labels: dict[str, int]
    purity: float | None
    accepted: int
    says: str
    share: float | None
    typical: str
    atypical: str
