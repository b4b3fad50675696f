"""Refusing what grows with the square of the rows, before it is begun."""

from __future__ import annotations

from dataclasses import dataclass

from activelabel.errors import LearningError

__all__ = ["Quadratic"]


@dataclass(frozen=True, slots=True)
class Quadratic:
    """An algorithm that compares every row with every other, and how far that goes.

    Attributes
    ----------
    name
        As in the registry.
    limit
        Rows up to which it is done.
    instead
        What does the same for more rows.
    seconds_a_pair, bytes_a_pair
        What a pair of rows costs on one core; 0 where that is not what hurts.
    """

    name: str
    limit: int
    instead: str
    seconds_a_pair: float = 0.0
    bytes_a_pair: float = 0.0

    def check(self, n: int) -> None:
        """Refuse n rows if they are above the limit.

        Raises
        ------
        LearningError
            Says what it would take, and what to use instead.

        Examples
        --------
        >>> Quadratic("slow-one", 1_000, "k-means", bytes_a_pair=8).check(1_000)
        >>> Quadratic("slow-one", 1_000, "k-means", bytes_a_pair=8).check(50_000)
        Traceback (most recent call last):
        activelabel.errors.LearningError: slow-one compares all rows with each other: 50,000 would take about 20 GB
        """
        if n <= self.limit:
            return
        costs = []
        if self.bytes_a_pair:
            costs.append(f"{max(round(self.bytes_a_pair * n**2 / 1e9), 1):,} GB")
        if self.seconds_a_pair:
            costs.append(f"{max(round(self.seconds_a_pair * n**2 / 60), 1):,} minutes")
        raise LearningError(
            f"{self.name} compares all rows with each other: {n:,} would take about {' and '.join(costs)}",
            hint=f"it goes up to {self.limit:,} rows; above, use {self.instead}",
        )
