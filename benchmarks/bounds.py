"""How often bounds of a share that are looked at after every answer ever miss it, and how wide they are at the end.

    python benchmarks/bounds.py [--sequences 1000]

A sequence is a hundred answers, each right with the same chance, or drawn from so many rows of which that share is
right. Printed for each share: how often the bounds by betting (`learning/betting.py`) missed it at any look, and
Wilson's interval at any look from the tenth on; and the mean width of both after the hundredth answer.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from activelabel.learning.accuracy import wilson
from activelabel.learning.betting import confidence_sequence
from activelabel.records.progress import HEADLINE_FROM

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Bounds", "drawn", "measured"]

ANSWERS = 100
CASES = ((0.5, None), (0.8, None), (0.9, None), (0.95, None), (0.5, 200), (0.8, 200), (0.95, 200))
EDGE = 1e-9


class Bounds(NamedTuple):
    """The share of sequences in which two kinds of bounds ever missed the truth, and their mean width at the end."""

    missed: float
    wilson_missed: float
    width: float
    wilson_width: float


def drawn(draw: int, share: float, population: int | None, m: int = ANSWERS) -> NDArray[np.bool_]:
    """Return m answers, right or wrong: with that chance each, or from a population of which that share is right."""
    rng = np.random.default_rng(draw)
    if population is None:
        return rng.random(m) < share
    return rng.permutation(np.arange(population) < round(share * population))[:m]


def measured(sequences: int, share: float, population: int | None) -> Bounds:
    """Return how the bounds of so many sequences did."""
    found = [_one(drawn(draw, share, population), share, population) for draw in range(sequences)]
    return Bounds(*np.mean(found, axis=0).tolist())


def _one(outcomes: NDArray[np.bool_], share: float, population: int | None) -> Bounds:
    ours = confidence_sequence(outcomes, population)
    rights = np.cumsum(outcomes).tolist()
    fixed = [wilson(rights[m - 1], m, population) for m in range(HEADLINE_FROM, len(outcomes) + 1)]
    return Bounds(
        missed=bool((ours.lower > share + EDGE).any() or (ours.upper < share - EDGE).any()),
        wilson_missed=any(not look.low - EDGE <= share <= look.high + EDGE for look in fixed),
        width=float(ours.upper[-1] - ours.lower[-1]),
        wilson_width=fixed[-1].high - fixed[-1].low,
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sequences", type=int, default=1_000)
    given = parser.parse_args()
    print("| share | rows | ever missed | Wilson ever missed | width | of Wilson's |")
    print("|---|---|---|---|---|---|")
    for share, population in CASES:
        found = measured(given.sequences, share, population)
        rows = population or "endless"
        missed = f"{found.missed:.3f} | {found.wilson_missed:.3f}"
        print(f"| {share:.2f} | {rows} | {missed} | {found.width:.2f} | {found.wilson_width:.2f} |", flush=True)


if __name__ == "__main__":
    main()
