"""What is said of an algorithm before it is loaded."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Entry"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One algorithm: where it is, and what a person needs to choose it.

    Attributes
    ----------
    target
        ``module:object`` below `activelabel.learning`.
    summary, when
        What it does; when to use it, and when not.
    cost
        Growth with n rows, m labels, d features, k classes or clusters.
    source
        The paper or the documentation it follows.
    reads_proba
        Whether it needs a model that knows two classes or more.
    """

    target: str
    summary: str
    when: str
    cost: str
    source: str
    reads_proba: bool = False
