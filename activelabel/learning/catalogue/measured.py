"""What each algorithm reached on two named sets: read from `measured.json`, which `benchmarks/algorithms.py` writes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from activelabel.learning.registry import Kind

__all__ = ["MEASURED", "Figure", "figures", "measure"]

MEASURED = "measured.json"
"""The file of figures, beside this one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How right an algorithm was on one set, over several splits, and whether that beats choosing at random.

    Attributes
    ----------
    mean, error
        The share that was right, and its standard error.
    beside
        The mean of what it is compared with on the same splits; None where it is that itself.
    ahead, ahead_error
        The mean paired difference to it, and its standard error.
    rival
        What it is compared with: random rows, or a guess.
    reached
        The share of rows that were given a label at all; None where all were.
    clusters
        How many were found, on the mean; None where nothing is clustered.
    refused
        Why it was not measured; empty where it was.
    """

    mean: float = 0.0
    error: float = 0.0
    beside: float | None = None
    ahead: float = 0.0
    ahead_error: float = 0.0
    rival: str = "random"
    reached: float | None = None
    clusters: float | None = None
    refused: str = ""

    @property
    def verdict(self) -> str:
        """Whether it beats its rival, by a difference of more than two standard errors.

        Examples
        --------
        >>> Figure(0.9, 0.01, 0.8, ahead=0.1, ahead_error=0.02).verdict
        'beats random'
        >>> Figure(0.9, 0.01, 0.8, ahead=0.1, ahead_error=0.06).verdict
        'no better than random'
        """
        if self.beside is None or self.refused:
            return ""
        if self.ahead > 2 * self.ahead_error:
            return f"beats {self.rival}"
        return f"loses to {self.rival}" if self.ahead < -2 * self.ahead_error else f"no better than {self.rival}"

    def __str__(self) -> str:
        """Return it as a phrase.

        Examples
        --------
        >>> print(Figure(0.9571, 0.0049, 0.8671, ahead=0.09, ahead_error=0.019))
        .957 ±.005, beats random (.867)
        >>> print(Figure(refused="slow-one compares all rows with each other"))
        not measured: slow-one compares all rows with each other
        """
        if self.refused:
            return f"not measured: {self.refused}"
        said = [f"{_share(self.mean)} ±{_share(self.error)}"]
        if self.clusters is not None:
            said.append(f"{self.clusters:.0f} cluster{'s' * (round(self.clusters) != 1)}")
        if self.reached is not None:
            said.append(f"{_share(self.reached)} reached")
        if self.beside is not None:
            said.append(f"{self.verdict} ({_share(self.beside)})")
        return ", ".join(said)


def figures(kind: Kind, name: str) -> dict[str, Figure]:
    """Return what an algorithm reached on each set, by the name of the set; nothing where it was not measured.

    Examples
    --------
    >>> list(figures("strategy", "margin"))
    ['digits', 'austen']
    """
    found = _measured()["kinds"].get(kind, {}).get("algorithms", {}).get(name, {})
    return {place: Figure(**figure) for place, figure in found.items()}


def measure(kind: Kind) -> str:
    """Return in words what is measured of a kind.

    Examples
    --------
    >>> measure("strategy")
    'accuracy of logistic regression after 50 answers; random: after 50 random ones'
    """
    return str(_measured()["kinds"][kind]["measure"])


@cache
def _measured() -> dict[str, Any]:
    text = files("activelabel.learning.catalogue").joinpath(MEASURED).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _share(share: float) -> str:
    """Return a share of 1 to three digits, without the nought before the point."""
    return f"{share:.3f}".removeprefix("0")
